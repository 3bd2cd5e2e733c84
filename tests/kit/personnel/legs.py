"""A leg of a paired swap, nominated, agreed and reported."""

from __future__ import annotations

from typing import Any

from kernel.testing import Given, given
from services.personnel.legs.pairing import NominateLeg
from services.personnel.legs.secondment import (
    NoteSecondmentPost,
    Report,
)
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


def post() -> NoteSecondmentPost:
    return NoteSecondmentPost(context=on("2002-07-05", SYSTEM), post="副区长")


def report(day: str = "2002-07-15", by: Any = SENDING_CITY, **more: Any) -> Report:
    return Report(context=on(day, by), **more)


def leg(*commands: Any, number: int = 1) -> Given:
    made = given(LEG)
    for command in (name(number=number), *commands):
        made.state = LEG.fold(made.state, LEG.decide(made.state, command))
    return made
