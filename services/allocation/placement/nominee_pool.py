"""The pool of a unit: who failed the check, who took the place, and how many places stand open until somebody does.

Invariant: whoever failed is not assigned anywhere in the programme, and the place of a failure counts as open until
personnel names the person who took it (AL-035). The conditions that were failed are kept beside both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernel.messages import Event, Order
from kernel.part import Part
from services.allocation.placement.refusals import NOMINEE_FAILED
from services.allocation.words import programme_of

CHECK = "check.individual"


@dataclass(frozen=True, slots=True)
class Failure:
    """A nominee who failed; ``replaced_by`` is the person on the place now, "" while it is open."""

    person: str
    conditions: tuple[str, ...]
    replaced_by: str = ""


class NoteFailure(Order):
    """Personnel says that a nominee of the unit failed the check."""

    programme: str
    unit: str
    channel: str
    kind: str
    nomination: str
    person: str
    conditions: tuple[str, ...]


class NoteReplacement(Order):
    """Personnel says that ``person`` was nominated for the place of the nomination ``replaces``."""

    programme: str
    unit: str
    replaces: str
    nomination: str
    person: str
    failed_conditions: tuple[str, ...]


class NomineeFailed(Event, title="人选初审不合格入库"):
    """A nominee failed the check: nobody assigns that person, and the unit has a place open."""

    rule = CHECK

    programme: str
    unit: str
    channel: str
    kind: str
    nomination: str
    person: str
    conditions: tuple[str, ...]


class ReplacementNoted(Event, title="另行选派登记"):
    """Another person stands on the place of one who failed; it is open no longer."""

    rule = CHECK

    programme: str
    unit: str
    replaces: str
    nomination: str
    person: str
    replaced: str
    failed_conditions: tuple[str, ...]


State = Mapping[str, Failure]


def _failed(state: State, command: NoteFailure) -> Sequence[NomineeFailed]:
    if command.nomination in state:
        return []
    return [NomineeFailed.carrying(command)]


def _replaced(state: State, command: NoteReplacement) -> Sequence[ReplacementNoted]:
    failure = state.get(command.replaces)
    if failure is None or failure.replaced_by:
        return []
    return [ReplacementNoted.carrying(command, replaced=failure.person)]


def must_not_have_failed(state: State, person: str, *, field: str) -> None:
    """Check that ``person`` did not fail the check. Raises Rejected: ``nominee_failed`` with the conditions."""
    for failure in state.values():
        if failure.person == person:
            raise NOMINEE_FAILED(
                person=person,
                conditions=failure.conditions,
                field=field,
                replaced_by=failure.replaced_by or "另行选派的人选",
            )


def open_places(state: State) -> int:
    """Places of failures that nobody has taken yet."""
    return sum(not failure.replaced_by for failure in state.values())


def evolve(state: State, event: Any) -> State:
    """The failures after one more event."""
    match event:
        case NomineeFailed():
            return {**state, event.nomination: Failure(event.person, event.conditions)}
        case ReplacementNoted() if event.replaces in state:
            return {**state, event.replaces: replace(state[event.replaces], replaced_by=event.person)}
    return state


POOL: Part[State] = Part("pool/{programme}.{unit}", {}, decides=(_failed, _replaced), evolve=evolve, scope=programme_of)
