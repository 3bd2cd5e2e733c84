"""What the work came to: persons and villages counted from events, each once; what nobody told is unknown (EV-041)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.personnel.legs.archive import NoteAssessment, PromoteCadre
from services.personnel.legs.secondment import EndTerm
from services.personnel.postings.promotion import PromotePostedCadre
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes, secondments
from tests.kit.evaluation.results import noted
from tests.kit.evaluation.works import ABOUT, COUNTY, NEIGHBOUR, POSTING, VILLAGE
from tests.kit.personnel import cast as jinzhou
from tests.kit.personnel import handover, legs

CITY, OTHER_CITY = organ("city_org", "2107"), organ("city_org", "2113")
PLACE = {"programme": "LN2018", "target": VILLAGE}


def rated(open_desk: Callable[..., Desk]) -> tuple[Desk, str]:
    """The cadre of 义县 and the rating of its first year."""
    desk = schemes.jinzhou(open_desk)
    parts = [
        schemes.part("述职", "report", 200), schemes.part("群众评", "appraisal", 300, masses=True),
        schemes.part("班子评", "appraisal", 200), schemes.part("实地查", "inspection", 300),
    ]  # fmt: skip
    about = {"programme": "LN2018", "county": "210727", "year": 2018, "marks": [], "parts": parts}
    desk.command(COUNTY, "SetScheme", "2018-06-01", **schemes.scheme(**about))
    year = {**ABOUT, "year": 2018}
    for part in parts:
        row = {**year, "part": part["part"], "scores": {"指标1": 9200}, "document": "表"}
        desk.command(COUNTY, "RecordAssessment", "2018-12-20", **row)
    desk.command(COUNTY, "SetRating", "2018-12-28", **year)
    return desk, f"{POSTING}.2018.1"


def figures(desk: Desk, as_of: str, by: Any = COUNTY, programme: str = "LN2018", area: str = "") -> dict[str, Any]:
    (item,) = desk.query(by, "outcomes", programme=programme, as_of=as_of, area=area)
    return item


@pytest.mark.req("EV-041")
def test_a_person_commended_twice_counts_once(open_desk: Callable[..., Desk]) -> None:
    desk, result = rated(open_desk)
    honour = {**ABOUT, "document": "义组发〔2019〕2号", "result": result}
    for title, on in (("优秀第一书记", "2019-01-20"), ("先进个人", "2019-02-20")):
        assert desk.command(COUNTY, "GiveHonour", on, **honour, title=title) == {"HonourGiven": 1}
    for medium in ("锦州日报", "组工简报"):
        desk.command(COUNTY, "RecordMediaItem", "2018-10-08", **ABOUT, medium=medium, title="我在乡村振兴第一线")
    desk.command(COUNTY, "RecordDelisting", "2019-03-01", **PLACE, document="验收报告")
    before = {"commended": 0, "promoted": 0, "weak_villages_fewer": 0, "persons_in_media": 1}
    assert figures(desk, "2019-01-19").items() >= before.items()
    assert figures(desk, "2019-01-20").items() >= {**before, "commended": 1}.items()
    after = {**before, "commended": 1, "weak_villages_fewer": 1}
    assert figures(desk, "2019-03-01").items() >= after.items()
    assert figures(desk, "2019-03-01", by=CITY, area="210727").items() >= after.items()
    for elsewhere in (figures(desk, "2019-03-01", by=CITY, area="210726"), figures(desk, "2019-03-01", by=OTHER_CITY)):
        assert {name: elsewhere[name] for name in after} == dict.fromkeys(after, 0)
    assert desk.replays()


@pytest.mark.req("EV-041")
def test_promotions_that_personnel_decided_are_counted_by_person(open_desk: Callable[..., Desk]) -> None:
    desk, result = rated(open_desk)
    posting = handover.after(
        handover.placed(),
        handover.items("2018-05-02", jinzhou.UNIT_OFFICE, "party_relation", "escort"),
        handover.items("2018-05-02", jinzhou.COUNTY, "host_contact", "board_lodging"),
    )
    noted(posting, desk, "RatingSet", "2018-12-28", lambda on: jinzhou.ctx(on, jinzhou.SYSTEM, area="210727"))
    asked = jinzhou.ctx("2019-02-01", jinzhou.CHANNEL_OFFICE, area="210727")
    promote = PromotePostedCadre(context=asked, posting=POSTING, post="副处长", result=result)
    desk.hear_of("personnel", *(posting.when(promote).types("PostedCadrePromoted").events or ()))
    assert [figures(desk, day)["promoted"] for day in ("2019-01-31", "2019-02-01")] == [0, 1]
    assert figures(desk, "2019-02-01", by=OTHER_CITY)["promoted"] == 0
    assert desk.replays()


@pytest.mark.req("EV-041")
def test_a_cadre_of_a_swap_counts_for_both_sides(open_desk: Callable[..., Desk]) -> None:
    desk: Desk = secondments.opened(open_desk)
    reviewed = NoteAssessment(context=legs.on("2003-06-25", jinzhou.SYSTEM), assessment="evaluation:7")
    ended = EndTerm(context=legs.on("2003-07-15", jinzhou.SYSTEM), as_of=date(2003, 7, 15))
    promote = PromoteCadre(
        context=legs.on("2003-07-18", jinzhou.SENDING_CITY), leg=legs.key(), evaluation="evaluation:7", post="副市长",
        grounds=("outstanding", "recognised", "work_need"),
    )  # fmt: skip
    served = legs.leg(legs.post(), legs.report(), reviewed, ended)
    desk.hear_of("personnel", *(served.when(promote).types("CadrePromoted").events or ()))
    for by, count in ((OTHER_CITY, 1), (organ("city_org", "2102"), 1), (CITY, 0)):
        assert figures(desk, "2003-07-18", by, "LN2002")["promoted"] == count
    assert figures(desk, "2003-07-18", OTHER_CITY, "LN2018")["promoted"] == 0


@pytest.mark.req("EV-041")
def test_a_village_without_a_figure_is_unknown_and_not_below(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    unknown = {"villages_reaching_income": None, "villages_known": 0, "villages_unknown": 1}
    assert figures(desk, "2018-12-31").items() >= unknown.items()
    before = desk.counts()
    income = {**PLACE, "year": "2018", "document": "村级财务年报", "fen": 5_000_000}
    for by, on, wrong, code in (
        (COUNTY, "2018-12-31", {"year": "2019"}, "income_year_ahead"),
        (COUNTY, "2018-12-31", {"fen": -1}, "income_below_nothing"),
        (COUNTY, "2018-12-31", {"target": VILLAGE[:9]}, "income_of_a_village"),
        (COUNTY, "2018-12-31", {"target": f"{VILLAGE[:6]}999999"}, "income_of_a_village"),
        (organ("county_org", "210726"), "2018-12-31", {}, "foreign_area"),
        (NEIGHBOUR, "2018-12-31", {}, "role_not_allowed"),
    ):
        assert desk.refused(by, "RecordVillageIncome", on, **{**income, **wrong})["code"] == code
    assert desk.counts() == before
    for fen, version in ((4_999_999, 1), (5_000_000, 2)):
        desk.command(COUNTY, "RecordVillageIncome", f"2019-01-0{version}", **{**income, "fen": fen})
    known = {"villages_known": 1, "villages_unknown": 0}
    assert figures(desk, "2019-01-01").items() >= {**known, "villages_reaching_income": 0}.items()
    assert figures(desk, "2019-01-02").items() >= {**known, "villages_reaching_income": 1}.items()
    # A late figure of an earlier year changes nothing: the last year counts.
    desk.command(COUNTY, "RecordVillageIncome", "2019-01-03", **{**income, "year": "2017", "fen": 1})
    assert figures(desk, "2019-01-03")["villages_reaching_income"] == 1
    rows = desk.query(COUNTY, "village_incomes", programme="LN2018", year="2018")
    assert [(row["version"], row["fen"], row["reaches"]) for row in rows] == [
        (1, 4_999_999, False),
        (2, 5_000_000, True),
    ]
    elsewhere = {**income, "target": "211302100200"}
    chaoyang = organ("county_org", "211302")
    assert desk.refused(chaoyang, "RecordVillageIncome", "2019-01-03", **elsewhere)["code"] == "rule_unknown"
    assert desk.replays()
