"""Secondments of 2002 as personnel reports them, and their assessments. All persons are synthetic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from kernel.codec import data_of, plain
from kernel.messages import Event
from kernel.testing import actor
from programmes import loader
from services.evaluation.wiring import SERVICE
from services.personnel.legs.pairing import NominateLeg
from services.personnel.legs.secondment import Report
from services.personnel.parts import LEG
from tests.kit.desk import Desk, organ
from tests.kit.personnel.legs import on, post

Direction = Literal["out", "back"]
Level = Literal["city", "county", "township"]
PROVINCE = organ("province_org", "21")
CHAOYANG, DALIAN = organ("city_org", "2113"), organ("city_org", "2102")
SEATS: tuple[tuple[Level, int], ...] = (("county", 1), *(("township", seat) for seat in range(1, 6)))


def reported(pair: int, direction: Direction, level: Level, seat: int, sending: str, host: str) -> Event:
    """SecondmentReported of a leg, as personnel comes to it."""
    key = f"LN2002.{pair}.{direction}.{level}.{seat}.1"
    about: dict[str, Any] = {"programme": "LN2002", "person": f"p-{key}", "sending": sending, "host": host}
    by = actor("city_org", areas=(sending[:4],))
    nominate = NominateLeg(
        context=on("2002-06-27", by), leg=key, pair=pair, direction=direction, level=level, seat=seat, **about
    )
    state = LEG.fold(LEG.initial, LEG.decide(LEG.initial, nominate))
    state = LEG.fold(state, LEG.decide(state, post()))
    (event,) = LEG.decide(state, Report(context=on("2002-07-15", by)))
    return event


def chaoyang() -> Iterator[Event]:
    """The cadres that the five counties of 朝阳 sent to 大连, six each, and one more of the city itself."""
    yield reported(2, "out", "city", 1, "2113", "2102")
    for pair in loader.load("LN2002").rules["swap.pairs"]["value"]:
        if pair["poor_city"] == "2113" and pair["level"] == "county":
            for level, seat in SEATS:
                yield reported(pair["pair"], "out", level, seat, pair["poor_area"], pair["developed_area"])


def tell(desk: Any, *events: Event) -> list[str]:
    """Let evaluation hear of the legs; gives their ids."""
    for event in events:
        desk.hear("personnel", type(event).__name__, event.occurred_on.isoformat(), **plain(data_of(event)))
    return [str(plain(data_of(event))["leg"]) for event in events]


def opened(open_desk: Any) -> Desk:
    """Evaluation with the rules of 2002."""
    desk: Desk = open_desk(SERVICE)
    desk.hear_profiles("LN2002", on="2002-06-17")
    return desk


def assessment(leg: str, report: str = "字" * 1000, copies: int = 3) -> dict[str, Any]:
    """A full assessment of a leg."""
    return {
        "leg": leg,
        "dimensions": dict.fromkeys("德能勤绩廉", "好"),
        "emphasis": "思想作风扎实",
        "methods": [{"method": name, "on": "2003-06-09"} for name in ("hearing", "documents", "field_visit")],
        "report": report,
        "copies": copies,
    }
