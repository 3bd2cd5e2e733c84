"""Organs: who acts in a programme, by which role of a token, and in which one area.

Invariant: a binding names one role and one area or unit. Standing organs are derived from the profile and the register
of divisions; nobody enters them, so none can be forgotten. Source: the notice of each programme (X-001 to X-004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kernel.messages import Actor
from programmes.readers.organs import Organ
from programmes.roles import DIGITS, all_called, called
from services.allocation.registers.refusals import AREA_NOT_ONE, ORGAN_UNKNOWN


@dataclass(frozen=True, slots=True)
class Binding:
    """One role in one place: ``place`` is a division code, or the id of a channel or unit."""

    organ: str
    role: str
    place: str


def bindings(of: Iterable[Organ], areas: Iterable[str], channels: Mapping[str, str]) -> Iterator[Binding]:
    """Every standing binding (X-002): territorial organs once for each code of their level, channels by kind.

    ``channels`` maps the names of the programme's channels to committee or enterprise.
    """
    codes = sorted(areas)
    for organ in of:
        digits = DIGITS.get(organ.scope)
        if digits is not None:
            yield from (Binding(organ.organ, organ.role, code) for code in codes if len(code) == digits)
        elif organ.scope == "channel":
            named = (name for name, kind in channels.items() if kind == organ.organ)
            yield from (Binding(organ.organ, organ.role, name) for name in named)


def supporting(named: Iterable[str], areas: Iterable[str]) -> Iterator[Binding]:
    """The departments and mass organisations of each county (X-002): they support the work and have no role of their
    own."""
    counties = sorted(code for code in areas if len(code) == DIGITS["county"])
    return (Binding(name, "", county) for name in named for county in counties)


def bound(of: Iterable[Organ], actor: Actor) -> Binding:
    """The binding under which ``actor`` acts: its one role and its one area, or its own channel or unit.

    Raises:
        Rejected: forbidden. ``organ_unknown`` where no organ of the programme has that role, ``area_not_one`` where the
            token does not reach exactly one area of the organ's level.
    """
    mine = [organ for organ in of if organ.role == actor.role]
    if not mine:
        raise ORGAN_UNKNOWN(called=called(actor.role), all_called=all_called(organ.role for organ in of if organ.role))
    digits = DIGITS.get(mine[0].scope)
    if digits is None:
        return Binding(mine[0].organ, actor.role, actor.units[0] if actor.units else actor.person)
    if [len(area) for area in actor.areas] != [digits]:
        raise AREA_NOT_ONE(printed=mine[0].printed, areas=actor.areas, digits=digits)
    return Binding(mine[0].organ, actor.role, actor.areas[0])
