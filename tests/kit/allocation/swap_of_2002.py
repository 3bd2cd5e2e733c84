"""Pairs, legs and orders of the swap for the tests: built from the printed table of pairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kernel.messages import Actor, Event
from kernel.testing import actor
from services.allocation.swap.pair_plan import PairPlan
from services.allocation.swap.pair_state import Place
from services.allocation.swap.swap import PAIR, ConfirmSwap
from services.allocation.swap.swap_leg import FillPlace, LoseLeg, NoteReport
from services.allocation.swap.swap_pair import DefinePair
from services.allocation.swap.swap_post import AgreeLegPost, AgreePost, ProposeLegPost, ProposePost
from tests.kit.allocation.ground import LN2002, PROVINCE, SYSTEM, ctx

ROWS: dict[int, dict[str, Any]] = {row["pair"]: row for row in LN2002.entries["swap.pairs"].value}
BOTH = ("province_org", "city_org")
POST = "副县长"


def on(day: str, by: Actor = PROVINCE) -> Any:
    """A context under the rules of 2002."""
    return ctx(by, on=day, rules=LN2002)


def plan(pair: int, **changed: Any) -> PairPlan:
    """The printed plan of a pair, with changes."""
    names = [name for name in PairPlan.__dataclass_fields__ if name != "department"]
    return PairPlan(**{**{name: ROWS[pair][name] for name in names}, **changed})


def define(pair: int, **changed: Any) -> DefinePair:
    """The order to define a pair."""
    return DefinePair(context=on("2002-06-17"), programme="LN2002", plan=plan(pair, **changed))


def key(pair: int, way: str, level: str, seat: int, n: int = 1) -> str:
    """The key of a leg."""
    return f"LN2002.{pair}.{way}.{level}.{seat}.{n}"


def place(pair: int, way: str, level: str, seat: int, n: int = 1, **changed: Any) -> Place:
    """A leg's place as personnel names it."""
    poor, developed = ROWS[pair]["poor_area"], ROWS[pair]["developed_area"] or ROWS[pair]["developed_city"]
    sending, host = (poor, developed) if way == "out" else (developed, poor)
    leg = key(pair, way, level, seat, n)
    values = {"sending": sending, "host": host, **changed}
    return Place(leg=leg, direction=way, level=level, seat=seat, person=f"p-{leg}", **values)


def fill(where: Place) -> FillPlace:
    """Personnel nominated a leg."""
    return FillPlace(context=on("2002-06-27", SYSTEM), place=where)


def receiving(leg: str) -> str:
    """The city in which a leg serves, by the printed table."""
    _, pair, way, _ = leg.split(".", 3)
    city: str = ROWS[int(pair)]["developed_city" if way == "out" else "poor_city"]
    return city


def proposed(leg: str, post: str = POST, *, listed: bool = True) -> ProposeLegPost:
    """The province proposes a post."""
    about: dict[str, Any] = {"programme": "LN2002", "pair": int(leg.split(".")[1]), "leg": leg}
    asked = ProposePost(context=on("2002-07-04"), post=post, **about)
    return ProposeLegPost(context=asked.context, asked=asked, listed=listed)


def agree(leg: str, post: str = POST, *, city: str = "", listed: bool = True) -> AgreeLegPost:
    """A city, the one that receives where none is named, agrees on a post."""
    city = city or receiving(leg)
    about: dict[str, Any] = {"programme": "LN2002", "pair": int(leg.split(".")[1]), "leg": leg}
    asked = AgreePost(context=on("2002-07-05", actor("city_org", areas=(city,))), post=post, city=city, **about)
    return AgreeLegPost(context=asked.context, asked=asked, listed=listed)


def both(leg: str) -> tuple[ProposeLegPost, AgreeLegPost]:
    """Both parties to a post, in order."""
    return proposed(leg), agree(leg)


def confirm(pair: int, level: Any) -> ConfirmSwap:
    """A level is confirmed."""
    return ConfirmSwap(context=on("2002-07-08"), programme="LN2002", pair=pair, level=level)


def lose(leg: str) -> LoseLeg:
    """Personnel withdrew a leg."""
    return LoseLeg(context=on("2002-11-04", SYSTEM), leg=leg)


def report(leg: str) -> NoteReport:
    """A leg reported for duty."""
    return NoteReport(context=on("2002-11-18", SYSTEM), leg=leg)


def history(*commands: Any, after: Sequence[Event] = ()) -> list[Event]:
    """The events of a pair that was given these commands, ``after`` some others."""
    events: list[Event] = []
    state = PAIR.fold(PAIR.initial, after)
    for command in commands:
        made = list(PAIR.decide(state, command))
        state = PAIR.fold(state, made)
        events += made
    return events


def places(pair: int, level: str, *ways: str) -> list[Place]:
    """All places of a level in the given directions."""
    each = ROWS[pair][f"{level}_each"]
    return [place(pair, way, level, seat) for way in ways for seat in range(1, each + 1)]


def active(pair: int = 13) -> list[Event]:
    """A county pair whose township level is confirmed."""
    legs = places(pair, "township", "out", "back")
    agreed = (order for leg in legs for order in both(leg.leg))
    commands = [define(pair), *map(fill, legs), *agreed, confirm(pair, "township")]
    return history(*commands)


JULY_15 = date(2003, 7, 15)
