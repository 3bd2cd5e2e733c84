"""Legs of a pair: places filled by nomination, lost and restored.

Invariant: a leg goes to a free place of its own pair, direction and level; losing one leg unbalances the level until a
substitute has reported (AL-056).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.messages import Area, Event, Order
from services.allocation.swap.pair_state import Pair, Place
from services.allocation.swap.refusals import (
    NO_SUCH_PLACE,
    PAIR_LEG_UNKNOWN,
    PARTNER_UNNAMED,
    PLACE_TAKEN,
    WRONG_SIDE,
)
from services.allocation.swap.swap_pair import must_exist
from services.allocation.words import city_of

BALANCE = "swap.balance"


class FillPlace(Order):
    """Personnel says that a leg was nominated."""

    place: Place


class LoseLeg(Order):
    """Personnel says that a leg was withdrawn."""

    leg: str


class NoteReport(Order):
    """Personnel says that the cadre of a leg reported for duty."""

    leg: str


class SwapPlaceFilled(Event, title="互派点名"):
    """A place of the pair has a cadre; ``substitute`` where an earlier leg of the place was lost."""

    rule = BALANCE

    programme: str
    pair: int
    leg: str
    direction: str
    level: str
    seat: int
    person: str
    sending: Area
    host: Area
    substitute: bool


class SecondmentReportNoted(Event, title="互派报到计入"):
    """The cadre of a leg reported for duty: what was done, beside what was planned (AL-060)."""

    rule = "report.duty"
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    pair: int
    leg: str
    direction: str
    level: str
    sending: Area
    host: Area
    substitute: bool


class SwapUnbalanced(Event, title="互派失衡"):
    """A level lost a leg: the sending side owes a substitute."""

    rule = BALANCE
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    pair: int
    level: str
    leg: str
    direction: str
    sending: Area
    host: Area


class SwapRestored(Event, title="互派恢复"):
    """The substitute reported: the level is in balance again."""

    rule = BALANCE
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    pair: int
    level: str
    leg: str
    sending: Area
    host: Area


def fill(state: Pair | None, command: FillPlace) -> Sequence[SwapPlaceFilled]:
    """A leg takes its place (AL-052, X-003)."""
    place = command.place
    pair = must_exist(state, place.leg)
    held = pair.places.get((place.direction, place.level, place.seat))
    if held is not None and held.leg == place.leg:
        return []
    if pair.developed_area is None:
        raise PARTNER_UNNAMED(pair=pair.pair)
    if not 1 <= place.seat <= pair.each.get(place.level, 0):
        raise NO_SUCH_PLACE(pair=pair.pair, level=place.level, places=pair.each.get(place.level, 0), seat=place.seat)
    if (city_of(place.sending), city_of(place.host)) != pair.side(place.direction):
        raise WRONG_SIDE(
            sending=place.sending,
            host=place.host,
            pair=pair.pair,
            side=" → ".join(str(city) for city in pair.side(place.direction)),
        )
    if held is not None and not held.lost:
        raise PLACE_TAKEN(pair=pair.pair)
    return [SwapPlaceFilled.carrying(command, pair, place, substitute=held is not None)]


def lose(state: Pair | None, command: LoseLeg) -> Sequence[SwapUnbalanced]:
    """A confirmed level loses a leg."""
    pair = must_exist(state, command.leg)
    place = standing_place(pair, command.leg)
    return [SwapUnbalanced.carrying(command, pair, place, leg=command.leg)]


def note_report(state: Pair | None, command: NoteReport) -> Sequence[SecondmentReportNoted | SwapRestored]:
    """A report counts once; it restores the balance where the level has all its legs again and every substitute came.

    A level that lost a leg each way has as many out as back, and is out of balance all the same.
    """
    pair = must_exist(state, command.leg)
    if command.leg in pair.reported:
        return []
    place = standing_place(pair, command.leg)
    noted = SecondmentReportNoted.carrying(command, pair, place, leg=command.leg)
    if place.level not in pair.unbalanced or not pair.whole(place.level, command.leg):
        return [noted]
    restored = SwapRestored.carrying(command, pair, place, leg=command.leg)
    return [noted, restored]


def standing_place(pair: Pair, leg: str) -> Place:
    """The place that ``leg`` holds; Rejected ``pair_leg_unknown`` where it holds none any more."""
    place = pair.find(leg)
    if place is None or place.lost:
        raise PAIR_LEG_UNKNOWN(pair=pair.pair, leg=leg)
    return place
