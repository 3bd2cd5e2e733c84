"""A leg of a paired swap, nominated, agreed and reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from kernel.codec import data_of
from kernel.messages import Event
from kernel.testing import Given, actor, given
from services.personnel.legs.pairing import NominateLeg
from services.personnel.legs.secondment import (
    NoteSecondmentPost,
    Report,
    WithdrawLeg,
)
from services.personnel.legs.submission import SUBMISSION, Submit
from services.personnel.parts import LEG
from tests.kit.personnel.cast import SENDING_CITY, SYSTEM, ctx

ABOUT: dict[str, Any] = {"programme": "LN2002", "person": "p-1", "sending": "211381", "host": "210213"}
SEAT: dict[str, Any] = {"pair": 5, "direction": "out", "level": "county"}


def key(number: int = 1) -> str:
    return f"LN2002.5.out.county.1.{number}"


def on(day: str, by: Any) -> Any:
    return ctx(day, by, "LN2002")


def name(by: Any = SENDING_CITY, number: int = 1) -> NominateLeg:
    return NominateLeg(context=on("2002-06-27", by), leg=key(number), seat=1, **ABOUT, **SEAT)


def named(person: str, pair: int, level: Literal["city", "county", "township"], sending: str, host: str) -> Event:
    """SwapLegNominated: the sending city names the person for a pair's first seat, out."""
    by = actor("city_org", areas=(sending[:4],))
    about: dict[str, Any] = {"programme": "LN2002", "person": person, "sending": sending, "host": host}
    seat: dict[str, Any] = {"pair": pair, "direction": "out", "level": level, "seat": 1}
    leg = f"LN2002.{pair}.out.{level}.1.1"
    (event,) = LEG.decide(LEG.initial, NominateLeg(context=on("2002-06-27", by), leg=leg, **about, **seat))
    return event


def lost(nominated: Event) -> Event:
    """SecondmentWithdrawn: who was named leaves the swap."""
    said = data_of(nominated)
    by = actor("city_org", areas=(str(said["sending"])[:4],))
    command = WithdrawLeg(context=on("2002-07-01", by), leg=str(said["leg"]), reason="另有任用")
    (event,) = LEG.decide(LEG.fold(LEG.initial, [nominated]), command)
    return event


def post() -> NoteSecondmentPost:
    return NoteSecondmentPost(context=on("2002-07-05", SYSTEM), post="副区长")


def report(day: str = "2002-07-15", by: Any = SENDING_CITY, **more: Any) -> Report:
    return Report(context=on(day, by), **more)


def leg(*commands: Any, number: int = 1) -> Given:
    made = given(LEG)
    for command in (name(number=number), *commands):
        made.state = LEG.fold(made.state, LEG.decide(made.state, command))
    return made


def submitted(city: str, legs: tuple[str, ...], counts: Mapping[str, int] | None) -> list[Event]:
    """What a city's submission of these legs leads to, of whose persons so many were counted for each share."""
    by = actor("city_org", areas=(city,))
    order = Submit(
        context=on("2002-06-27", by),
        programme="LN2002",
        city=city,
        copies=4,
        discussed_on=date(2002, 6, 26),
        discussion="常委会纪要 12",
        legs=legs,
        submission=f"LN2002.{city}.1",
        substitutes=False,
        counts=counts,
    )
    return list(SUBMISSION.decide(None, order))
