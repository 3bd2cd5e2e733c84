"""The roster of one unit in one batch: its places, who is nominated for each, and how the check went.

Invariant: a place has at most one live nominee, and never more places are taken than the unit's quota of that kind.
A place whose nominee failed opens again only after the talk and the request to nominate anew (PE-005).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import filterfalse
from types import MappingProxyType
from typing import Final, Literal

from kernel.frozen import maker_of
from kernel.messages import Event, Key, Line, Order, Text

KINDS = ("township", "village")
Vacated = Mapping[str, date]
"""Persons who left the post they were nominated for, with the day they were last placed."""
NOBODY: Final[Vacated] = MappingProxyType({})


class UnitQuotaNoted(Event, title="单位名额抄录"):
    """The unit's places, as its channel set them."""

    programme: Key
    unit: Key
    channel: Key
    townships: int
    villages: int


class CadreNominated(Event, title="人选推荐"):
    """A unit's party committee nominated a person for one of its places."""

    rule = "nomination.decision"

    programme: Key
    nomination: Key
    person: Key
    unit: Key
    channel: Key
    kind: Literal["township", "village"]
    origin: Line
    decision: Line
    place: Key


class FormSubmitted(Event, title="登记表报送"):
    """The registration form went in; its fields are sealed under the person's key."""

    rule = "form.copies"

    programme: Key
    nomination: Key
    person: Key
    form: Key
    version: int
    copies: int
    recipient: Key
    sealed: Text


class InitialCheckPassed(Event, title="初审通过"):
    """One nominee passed the first check."""

    rule = "check.individual"

    programme: Key
    nomination: Key
    person: Key
    unit: Key
    channel: Key
    kind: Literal["township", "village"]
    tags: tuple[Line, ...]


class InitialCheckFailed(Event, title="初审未通过"):
    """One nominee failed the first check, for the reasons a person set down."""

    rule = "check.individual"

    programme: Key
    nomination: Key
    person: Key
    unit: Key
    channel: Key
    kind: Literal["township", "village"]
    conditions: tuple[Line, ...]


class CommunicationRecorded(Event, title="沟通记录"):
    """The failure was talked over with the unit or the person."""

    rule = "renomination.requires"

    programme: Key
    nomination: Key
    unit: Key
    channel: Key
    party: Literal["unit", "person"]
    note: Text


class RenominationRequested(Event, title="要求重新推荐"):
    """The unit is asked to nominate somebody else for the place."""

    rule = "renomination.same_unit"

    programme: Key
    nomination: Key
    unit: Key
    channel: Key
    kind: Literal["township", "village"]
    place: Key


class NomineeReplaced(Event, title="另行选派他人"):
    """Another person was nominated for the place of one who failed; what that one failed is kept (AL-035).

    ``person`` is the new nominee and ``nomination`` the new nomination; ``replaces`` and ``replaced`` the old ones.
    """

    rule = "renomination.same_unit"

    programme: Key
    nomination: Key
    person: Key
    replaces: Key
    replaced: Key
    unit: Key
    channel: Key
    kind: Literal["township", "village"]
    place: Key
    failed_conditions: tuple[Line, ...]


class NoteUnitQuota(Order):
    """Record the places of a unit."""

    programme: Key
    unit: Key
    channel: Key
    townships: int
    villages: int


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who stands on a place. ``status``: nominated, passed, failed, talked (failed and talked over), released.

    ``conditions`` are those the person failed, ``since`` is the day of the last change of status.
    """

    nomination: str
    person: str
    kind: Literal["township", "village"]
    place: str
    since: date
    status: str = "nominated"
    conditions: tuple[str, ...] = ()


@lru_cache
def _named(kind: str, number: int) -> tuple[str, ...]:
    """So many places of a kind."""
    return tuple(f"{kind}-{place}" for place in range(1, number + 1))


@dataclass(frozen=True, slots=True)
class Roster:
    """The unit's places of one batch. ``places`` names the last nomination put on each place ever taken."""

    programme: str
    unit: str
    channel: str
    quota: Mapping[str, int]
    nominees: Mapping[str, Nominee] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def places_of(self, kind: str) -> Iterator[tuple[str, Nominee | None]]:
        """Each place of a kind with the nominee last put on it."""
        for place in _named(kind, self.quota.get(kind, 0)):
            held = self.places.get(place)
            yield place, None if held is None else self.nominees[held]

    def open_place(self, kind: str, vacated: Vacated = NOBODY) -> str | None:
        """The first open place of a kind: who left the post holds none any more, unless nominated anew."""
        places = _named(kind, self.quota.get(kind, 0))
        if not vacated and "released" not in [
            nominee.status for nominee in self.nominees.values()
        ]:  # as while a roster is entered
            return next(filterfalse(self.places.__contains__, places), None)
        for place in places:
            held = self.places.get(place)
            if held is None:
                return place
            holder = self.nominees[held]
            if holder.status == "released":
                return place
            placed_on = vacated.get(holder.person)
            if placed_on is not None and holder.since <= placed_on:
                return place
        return None

    def failed_on(self, place: str) -> Nominee | None:
        """Who failed on the place and is to be replaced there; None where nobody is."""
        held = self.places.get(place)
        nominee = None if held is None else self.nominees[held]
        return nominee if nominee is not None and nominee.status == "released" else None

    def waiting(self, kind: str) -> bool:
        """True where a place of the kind is blocked by a failed nominee."""
        return any(held is not None and held.status in ("failed", "talked") for _, held in self.places_of(kind))


_nominee, _roster = maker_of(Nominee), maker_of(Roster)


def note_quota(state: Roster | None, command: NoteUnitQuota) -> list[UnitQuotaNoted]:
    """The places as last set, unless they stand here so already."""
    quota = {"township": command.townships, "village": command.villages}
    if state is not None and (state.channel, state.quota) == (command.channel, quota):
        return []
    return [UnitQuotaNoted.carrying(command)]


def evolve(state: Roster | None, event: Event) -> Roster | None:
    """The roster after ``event``."""
    match event:
        case UnitQuotaNoted():
            quota = {"township": event.townships, "village": event.villages}
            if state is None:
                return Roster(event.programme, event.unit, event.channel, quota)
            return replace(state, channel=event.channel, quota=quota)
        case CadreNominated() if state is not None:
            nominee = _nominee(
                event.nomination, event.person, event.kind, event.place, event.occurred_on, "nominated", ()
            )
            nominees = {**state.nominees, event.nomination: nominee}
            places = {**state.places, event.place: event.nomination}
            return _roster(state.programme, state.unit, state.channel, state.quota, nominees, places)
        case InitialCheckPassed():
            return _marked(state, event, "passed")
        case InitialCheckFailed():
            return _marked(state, event, "failed", event.conditions)
        case CommunicationRecorded():
            return _marked(state, event, "talked")
        case RenominationRequested():
            return _marked(state, event, "released")
    return state


def _marked(
    state: Roster | None,
    event: InitialCheckPassed | InitialCheckFailed | CommunicationRecorded | RenominationRequested,
    status: str,
    conditions: tuple[str, ...] | None = None,
) -> Roster | None:
    if state is None or event.nomination not in state.nominees:
        return state
    nominee = state.nominees[event.nomination]
    failed = nominee.conditions if conditions is None else conditions
    nominee = replace(nominee, status=status, conditions=failed, since=event.occurred_on)
    return replace(state, nominees={**state.nominees, event.nomination: nominee})
