"""Naming persons for the seats of a swap pair (AL-056, AL-058).

Invariant: a seat has one live leg; only after that one is withdrawn comes the next, as its substitute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from kernel.grounds import rules_of
from kernel.messages import Area, Cells, Command, Key, Order, Sealing
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.roles import CITIES
from services.personnel.legs.conditions import Conditions, SwapConditionsJudged
from services.personnel.legs.leg import Leg, SwapLegNominated
from services.personnel.legs.refusals import SEAT_TAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seat and the person for it: id number, mobile and form are sealed before anything is stored."""

    pair: int
    direction: Literal["out", "back"]
    level: Literal["city", "county", "township"]
    seat: int
    sending: Area
    host: Area
    id_number: Annotated[str, Sealing]
    mobile: Annotated[str, Sealing]
    form: Cells
    reserve: bool | None = None
    reserve_reason: str = ""
    education_reason: str = ""
    synthetic: bool = False


class NominateLegs(Command, title="提名互派人选", roles=CITIES, concerns=("city",)):
    """Name the persons a city sends."""

    programme: Key
    city: Area
    legs: tuple[Seat, ...]


class NominateLeg(Order):
    """Name one person for one seat; ``leg`` is the key of the seat with the number of the leg."""

    programme: str
    leg: str
    pair: int
    direction: Literal["out", "back"]
    level: Literal["city", "county", "township"]
    seat: int
    person: str
    sending: str
    host: str
    conditions: Conditions | None = None


def seat_key(programme: str, seat: Seat) -> str:
    """The key of a seat; the keys of its legs add the number of the leg, from 1."""
    return f"{programme}.{seat.pair}.{seat.direction}.{seat.level}.{seat.seat}"


def nominate(state: Leg | None, command: NominateLeg) -> list[SwapLegNominated | SwapConditionsJudged]:
    """The leg, and how its person meets the conditions. Rejected: another city's side, or a seat taken."""
    rules_of(command)
    if not command.context.actor.covers(command.sending):
        organ = f"派出市（{command.sending}）"
        raise NOT_YOUR_BUSINESS(act="提名互派人选", organ=organ, field="sending", rule="nomination.sender")
    if state is not None:
        raise SEAT_TAKEN()
    named = SwapLegNominated.carrying(command)
    if command.conditions is None:
        return [named]
    return [named, SwapConditionsJudged.carrying(command, command.conditions)]
