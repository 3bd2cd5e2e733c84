"""Villages merged and moved: targets, bindings and ties follow, old codes stay known, nobody is sent away by a code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
import pytest

from audit.history.cut import Cut
from audit.history.views import folded, writing
from audit.history.walk import Walk
from gateway.feeds.contract import concerned
from kernel.service import Service
from services.allocation.placement.placement_projection import TARGETS
from services.allocation.wiring import SERVICE
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.placing import Placing
from tests.kit.allocation.scenario import AREAS, LN2018, PROVINCE, Year2018, notices_and_areas
from tests.kit.desk import Desk, organ

ORGANS = "省直机关工委"
OFFICE = organ("channel", units=(ORGANS, "U1", "U2", "U3"))
KEPT, MERGED, LONE, NEW = "210727101201", "210727101202", "210727101203", "210727102299"
DOCUMENT = "辽民批〔2019〕7号"
BEFORE, ON, AFTER = "2018-12-31", "2019-03-01", "2019-03-04"


@pytest.fixture(scope="module")
def placing(open_desk: Callable[[Service], Desk]) -> Placing:
    desk = open_desk(SERVICE)
    notices_and_areas(desk)
    year = Year2018(desk)
    year.quotas()
    for unit, tie, villages in (("U1", KEPT, 2), ("U2", MERGED, 1), ("U3", LONE, 316)):
        desk.receipt(OFFICE, "RegisterUnit", "2018-04-17", unit=unit, name=unit, channel=ORGANS, level="province")
        desk.receipt(OFFICE, "RecordHelpTies", "2018-04-17", unit=unit, helped=[tie], contacts=[])
        places = {"townships": 21 if unit == "U3" else 0, "villages": villages, "basis": "编制"}
        desk.receipt(OFFICE, "SetUnitQuota", "2018-04-17", programme=LN2018, unit=unit, **places)
    targets = [{"target": code, "kind": "village", "weak": True} for code in (KEPT, MERGED, LONE)]
    about = {"programme": LN2018, "tier": "province", "synthetic": True}
    desk.receipt(PROVINCE, "OpenTargets", "2018-04-18", **about, targets=targets)
    followers = [open_desk(service) for service in (ATTENDANCE, EVALUATION)]
    placing = Placing(desk, open_desk(PERSONNEL), ORGANS, OFFICE, *followers)
    placing.scheme("U1", "U2", "U3")
    for target, unit in ((KEPT, "U1"), (MERGED, "U2"), (LONE, "U3")):
        posting = placing.confirmed(target, unit, placing.nominated(unit), "2018-04-27")
        placing.handed_over(posting, "2018-05-02")
    return placing


def merger(**changed: Any) -> dict[str, Any]:
    one = {"kind": "merged", "codes": [KEPT, MERGED], "code": KEPT, "name": "新合村", **changed}
    return {"document": DOCUMENT, "changes": [one]}


def shown(desk: Desk, day: str) -> list[str]:
    return sorted(row["target"] for row in desk.query(PROVINCE, "targets_on", programme=LN2018, as_of=day))


def view(desk: Desk, day: str) -> list[str]:
    """The targets that stand as of a day, as the auditor reads them from the log."""
    rows = desk.log.rows("select line from log.events order by position")
    lines = [row["line"].encode() if isinstance(row["line"], str) else bytes(row["line"]) for row in rows]
    tables = folded(Walk(SERVICE, [lines], (Cut(date.fromisoformat(day)),)), writing(SERVICE, (TARGETS,)))
    return sorted(row["target"] for row in tables.of(TARGETS) if row["closed_on"] is None)


@pytest.mark.req("X-056")
def test_two_villages_merged_in_2019_lead_to_one_code_and_stood_apart_in_2018(placing: Placing) -> None:
    desk = placing.desk
    refusals: tuple[tuple[dict[str, Any], str], ...] = (
        ({"codes": [KEPT]}, "change_shape"),
        ({"codes": [KEPT, "210727101999"]}, "area_unknown"),
        ({"code": LONE}, "division_taken"),
        ({"code": "210727199201"}, "division_parent"),
    )
    for changed, code in refusals:
        assert desk.refused(PROVINCE, "ChangeDivisions", ON, **merger(**changed))["code"] == code
    by_city = desk.refused(organ("city_org", "2107"), "ChangeDivisions", ON, **merger())
    assert by_city["kind"] == "forbidden"

    made = desk.command(PROVINCE, "ChangeDivisions", ON, **merger())
    assert made == {
        "DivisionChanged": 1, "TargetClosed": 1, "TargetFollowed": 1, "BindingFollowed": 1, "BindingCreated": 1,
        "HelpTiesRecorded": 1,
    }  # fmt: skip
    # Targets and bindings of both lead to one code; as of 2018 there are two.
    assert shown(desk, AFTER) == [KEPT, LONE]
    assert shown(desk, BEFORE) == [KEPT, MERGED, LONE]
    assert (view(desk, AFTER), view(desk, BEFORE)) == ([KEPT, LONE], [KEPT, MERGED, LONE])
    bound = [(r["unit"], r["target"]) for r in desk.query(PROVINCE, "bindings_on", as_of=AFTER) if r["unit"] != "U3"]
    assert sorted(bound) == [("U1", KEPT), ("U2", KEPT)]
    before = [(r["unit"], r["target"]) for r in desk.query(PROVINCE, "bindings_on", as_of=BEFORE) if r["unit"] != "U3"]
    assert sorted(before) == [("U1", KEPT), ("U2", MERGED)]
    (tier,) = desk.query(PROVINCE, "coverage", programme=LN2018, by="tier")
    assert (tier["targets"], tier["on_post"], tier["unopened"]) == (2, 2, 836)
    (second,) = desk.query(OFFICE, "units", unit="U2")
    assert second["helped"] == [KEPT]

    # The old code and the old name are known as of their day.
    (old,) = desk.query(PROVINCE, "division", code=MERGED, as_of=BEFORE)
    assert (old["stands"], old["leads_to"], bool(old["name"])) == (True, MERGED, True)
    (now,) = desk.query(PROVINCE, "division", code=MERGED, as_of=AFTER)
    assert (now["stands"], now["leads_to"], now["path"][0]["document"]) == (False, KEPT, DOCUMENT)
    names = [desk.query(PROVINCE, "division", code=KEPT, as_of=day)[0]["name"] for day in (BEFORE, AFTER)]
    assert names == [old_name(desk), "新合村"]
    again = desk.refused(PROVINCE, "ChangeDivisions", AFTER, **merger())
    assert (again["code"], KEPT in again["accepted"]) == ("area_unknown", True)

    # Two held the village that is one: who came from the code that is gone is listed for decision.
    (waiting,) = desk.query(PROVINCE, "division_decisions", programme=LN2018)
    assert (waiting["what"], waiting["concerned"]) == ("occupant", f"{LN2018}.{MERGED}.1")
    ended(placing, f"{LN2018}.{MERGED}.1")
    assert desk.query(PROVINCE, "division_decisions", programme=LN2018) == []
    vacated = [row["target"] for row in desk.stored("TargetVacated")]
    assert (vacated, desk.stored("CoverageGapFound")) == ([MERGED], [])
    (closed,) = desk.query(PROVINCE, "targets", programme=LN2018, target=MERGED)
    assert (closed["state"], closed["posting"], closed["leads_to"]) == ("closed", "", KEPT)
    assert desk.replays()


def old_name(desk: Desk) -> str:
    (row,) = [row for row in desk.query(PROVINCE, "areas", code=KEPT) if row["edition"] == "2023-06"]
    return str(row["name"])


def ended(placing: Placing, posting: str, on: str = "2019-04-01") -> None:
    about = {"posting": posting, "ground": "target_closed", "organ": "省委组织部", "document": "合成文件"}
    placing.personnel.receipt(PROVINCE, "WithdrawCadre", on, **about)
    placing.services.settle()


def test_a_moved_village_takes_its_cadre_along_and_its_unit_owes_the_next(placing: Placing) -> None:
    desk, posting = placing.desk, f"{LN2018}.{LONE}.1"
    moved = {"kind": "moved", "codes": [LONE], "code": NEW, "name": "迁移村"}
    made = desk.command(PROVINCE, "ChangeDivisions", "2019-05-01", document="辽民批〔2019〕9号", changes=[moved])
    assert (made["OccupantFollowed"], made["TargetFollowed"], made["TargetClosed"]) == (1, 1, 1)
    (target,) = desk.query(PROVINCE, "targets", programme=LN2018, target=NEW)
    assert (target["state"], target["posting"], target["opened_on"]) == ("on_post", posting, "2019-05-01")
    placing.services.settle()
    ended(placing, posting, "2019-05-13")
    assert desk.stored("SuccessorDue")[-1] == {"target": NEW, "unit": "U3"}
    # The next one is numbered at the new code.
    person = placing.nominated("U3")
    assert placing.confirmed(NEW, "U3", person, "2019-05-20") == f"{LN2018}.{NEW}.1"
    assert [row["posting"] for row in desk.stored("PlacementConfirmed")][-1] == f"{LN2018}.{NEW}.1"
    assert desk.replays()


def told_of(desk: Desk, kind: str) -> list[list[str]]:
    """The cities whose feeds hold the events of a type, the oldest first."""
    cities = tuple(city.code for city in AREAS.children("21"))
    lines = [orjson.loads(row["line"]) for row in desk.log.rows("select line from log.events order by position")]
    service = desk.opened.service.name
    return [
        concerned(service, kind, tuple(line["areas"]), line["data"], cities) for line in lines if line["type"] == kind
    ]


def test_an_event_belongs_to_the_city_of_its_day(placing: Placing) -> None:
    desk, posting, there = placing.desk, f"{LN2018}.{KEPT}.1", "211302101299"
    moved = {"kind": "moved", "codes": [KEPT], "code": there, "name": "划出村"}
    made = desk.command(PROVINCE, "ChangeDivisions", "2019-07-01", document="国函〔2019〕1号", changes=[moved])
    assert (made["DivisionChanged"], made["DivisionGone"]) == (1, 1)
    placing.services.settle()
    # Both cities hear of the change; what was decided before is the one's, what comes after the other's.
    assert told_of(desk, "DivisionChanged")[-1] == ["2107", "2113"]
    assert told_of(desk, "TargetOpened") == [["2107"]] * 3
    assert told_of(desk, "TargetFollowed")[-1] == ["2107", "2113"]
    for follower, kind in zip(placing.followers, ("RegisterMoved", "RecallClockMoved"), strict=True):
        assert follower.stored(kind)[-1] == {"posting": posting, "target": there, "before": KEPT}
        assert follower.replays()
    assert [row["target"] for row in placing.personnel.stored("PostingMoved")] == [NEW, there]
    foreign = organ("county_org", KEPT[:6])
    about = {"posting": posting, "ground": "illness", "organ": "县委组织部", "document": "合成文件"}
    refused = placing.personnel.refused(foreign, "WithdrawCadre", "2019-07-02", **about)
    assert refused["kind"] == "forbidden"
    placing.personnel.receipt(organ("county_org", there[:6]), "WithdrawCadre", "2019-07-02", **about)
    placing.services.settle()
    assert told_of(placing.personnel, "CadreOnPost") == [["2107"]] * 3
    assert told_of(desk, "TargetVacated")[-1] == ["2113"]
    assert desk.stored("SuccessorDue")[-1] == {"target": there, "unit": "U1"}


def test_nobody_is_left_behind_under_a_township_that_is_gone(placing: Placing) -> None:
    township = {"kind": "moved", "codes": ["210727103"], "code": "210727199", "name": "新乡"}
    left = placing.desk.refused(PROVINCE, "ChangeDivisions", "2019-06-01", document=DOCUMENT, changes=[township])
    assert (left["code"], left["field"]) == ("division_left_behind", "changes")
