"""Schemes of assessment as two counties lay them down, and cadres who are on post there. All persons are synthetic."""

from __future__ import annotations

from typing import Any

from kernel.codec import data_of, plain
from kernel.messages import Event
from services.evaluation.wiring import SERVICE
from services.personnel.parts import POSTING
from services.personnel.postings.changed import PostingUnitChanged
from services.personnel.postings.moved import ChangeSender
from services.personnel.postings.posting import CadreOnPost
from tests.kit.desk import Desk, organ
from tests.kit.personnel import candidates, handover
from tests.kit.personnel.cast import COUNTY as YIXIAN
from tests.kit.personnel.cast import UNIT_OFFICE

VILLAGE, COUNTY = candidates.VILLAGE, organ("county_org", candidates.COUNTY)
TOWNSHIP, UNIT = organ("township", candidates.VILLAGE[:9]), organ("unit", units=[candidates.UNIT])
OTHER_COUNTY, PROVINCE = organ("county_org", "140927"), organ("province_org", "14")
CADRE = f"SX2015.{VILLAGE}.1"


def part(name: str, kind: str, weight: int, *points: int, masses: bool = False) -> dict[str, Any]:
    """A part of a scheme whose indicators have these points."""
    indicators = [{"indicator": f"指标{n}", "points": one} for n, one in enumerate(points or (10000,), 1)]
    return {"part": name, "kind": kind, "weight": weight, "indicators": indicators, "masses": masses}


def four(daily: int = 200, half: int = 200, democratic: int = 300, year_end: int = 300) -> list[dict[str, Any]]:
    """The four kinds of 2015, with these weights."""
    return [
        part("日常", "daily", daily, 6000, 4000),
        part("半年", "half_year", half),
        part("评议", "democratic", democratic, masses=True),
        part("年终", "year_end", year_end),
    ]


BANDS = [{"band": "优秀", "least": 9000}, {"band": "称职", "least": 7000}, {"band": "不称职", "least": 0}]
MARKS = [{"mark": "好", "worth": 10000}, {"mark": "一般", "worth": 6000}, {"mark": "差", "worth": 0}]


def scheme(**changes: Any) -> dict[str, Any]:
    """The scheme of the county for 2016."""
    made: dict[str, Any] = {
        "programme": "SX2015",
        "county": candidates.COUNTY,
        "year": 2016,
        "kind": "village",
        "parts": four(),
        "bands": BANDS,
        "marks": MARKS,
        "document": "县考核细则〔2016〕1号",
    }
    return {**made, **changes}


def shanxi(open_desk: Any) -> Desk:
    """Evaluation where a first secretary of 2015 is on post since 18 July 2015, as personnel decided it."""
    desk: Desk = open_desk(SERVICE, province="14")
    desk.hear_profiles("SX2015", on="2015-06-24")
    candidates.tell(desk, candidates.came(VILLAGE, "province", person="p-1"))
    return desk


def change_sender(desk: Desk, on: str) -> None:
    """Another unit sends the cadre from then on, as personnel decides it."""
    order = ChangeSender(
        context=candidates.at(on, candidates.SYSTEM), posting=CADRE, unit=candidates.OTHER_UNIT,
        channel=candidates.CHANNEL, document="晋编办〔2016〕2号",
    )  # fmt: skip
    changed = candidates.served(candidates.assigned(VILLAGE), "2015-07-18", order)[-1]
    assert isinstance(changed, PostingUnitChanged)
    candidates.tell(desk, changed)


def score(desk: Desk, name: str, *values: int, year: int = 2016, on: str = "2016-12-20") -> dict[str, int]:
    """Score one part of the cadre's year, indicator by indicator."""
    scores = {f"指标{n}": one for n, one in enumerate(values, 1)}
    return desk.command(
        COUNTY, "RecordAssessment", on, posting=CADRE, year=year, part=name, scores=scores, document="考核表"
    )


def on_post_in_jinzhou() -> Event:
    """CadreOnPost of a first secretary of 2018 in 义县, as personnel comes to it."""
    begun = handover.placed()
    made: list[Event] = []
    for command in (
        handover.items("2018-05-02", UNIT_OFFICE, "party_relation", "escort"),
        handover.items("2018-05-02", YIXIAN, "host_contact", "board_lodging"),
    ):
        made = list(POSTING.decide(begun.state, command))
        begun.state = POSTING.fold(begun.state, made)
    return next(event for event in made if isinstance(event, CadreOnPost))


def jinzhou(open_desk: Any) -> Desk:
    """Evaluation where a first secretary of 2018 is on post in 义县."""
    desk: Desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    event = on_post_in_jinzhou()
    desk.hear("personnel", "CadreOnPost", event.occurred_on.isoformat(), "LN2018:1+JZ:1", **plain(data_of(event)))
    return desk
