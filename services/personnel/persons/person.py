"""Persons: one stream a person, the only place where personal data stands, and there only sealed.

Invariant: no personal field travels in clear. An id number is known by its keyed digest alone, and one person holds it.
Whoever served once and is back is entered again under the same id by who has the person, and never in two programmes at
a time. Entered by anybody else the number makes a record of its own, which names the holder and changes nothing of it:
whether both are one person is settled by who has the person, or by the province (``identity``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kernel.errors import PaizhuError
from kernel.messages import Actor, Event, Key, Line, Order, Text
from programmes.texts import impersonal
from services.personnel.persons.refusals import (
    IDENTITY_OPEN,
    IDENTITY_OTHER,
    IDENTITY_SETTLED,
    PERSON_GONE,
    PERSON_REGISTERED_BEFORE,
    PERSON_STILL_ENGAGED,
    PERSON_UNKNOWN,
)


class PersonRegistered(Event, title="人员登记"):
    """A person entered: ``sealed`` holds the personal fields under their own key, ``id_digest`` finds duplicates.

    ``known`` is the person who holds the number already, empty where nobody does; ``turn`` is 1 for the first who ever
    held it, and one more after each from whom it was corrected away.
    """

    schema = 3

    person: Key
    sealed: Text
    id_digest: Key
    synthetic: bool
    known: str
    turn: int = 1

    def claims(self) -> tuple[str, ...]:
        """One person an id number at a time: the first who was entered with it, or to whom it passed."""
        return () if self.known else (number_claim(self.id_digest, self.turn),)


class PersonEnteredAgain(Event, title="人员再次列入"):
    """A registered person was entered for one more programme; ``sealed`` holds the personal fields as they are now."""

    person: Key
    programme: Key
    sealed: Text


class IdentitySettled(Event, title="人员身份核定"):
    """Whether the person entered is the one ``known`` who holds the number: both records are one person's, or not."""

    person: Key
    known: Key
    same: bool
    reason: Line


class PersonCorrected(Event, title="人员信息更正"):
    """What is known of a person was corrected, on the day of the fact, for a ``reason`` that a ``source`` shows.

    ``fields`` names what was corrected; ``changes`` holds the new values of these fields and ``sealed`` all personal
    fields as they stand with them, both sealed. What only a form has is corrected on the forms of ``programme``. Where
    the id number moved, ``id_digest`` is that of the new one, held for the ``turn``-th time, and ``known`` who else
    holds it; ``freed`` is the digest of the one that was held, for the ``freed_turn``-th time.
    """

    person: Key
    programme: str
    fields: tuple[Key, ...]
    reason: Line
    source: Line
    changes: Text
    sealed: Text
    id_digest: str = ""
    turn: int = 1
    known: str = ""
    freed: str = ""
    freed_turn: int = 1

    def claims(self) -> tuple[str, ...]:
        """The number it moved to, unless another holds that."""
        return (number_claim(self.id_digest, self.turn),) if self.id_digest and not self.known else ()


class IdentityNumberPassed(Event, title="公民身份号码归属变更"):
    """Who held the number of this record was corrected, and the record is known by ``id_digest`` from now on.

    This person holds the number now, or ``known`` does: ``same`` where both records are one person's.
    """

    person: Key
    id_digest: Key
    turn: int
    known: str
    same: bool = False

    def claims(self) -> tuple[str, ...]:
        """The number, by whoever holds it."""
        return () if self.known else (number_claim(self.id_digest, self.turn),)


class RegisterPerson(Order):
    """Enter a person whose fields are sealed already; ``known`` is who holds the number."""

    person: Key
    sealed: Text
    id_digest: Key
    synthetic: bool
    known: str = ""
    turn: int = 1


class Identify(Order):
    """Hold that it is settled who the person is, before what ``field`` names goes on."""

    field: str


class Settle(Order):
    """Record whether the person is the one who holds the number; ``engagements`` are all of that one's."""

    person: Key
    same: bool
    reason: Line
    programme: str
    erased: bool
    engagements: tuple[Engagement, ...]


@dataclass(frozen=True, slots=True)
class Engagement:
    """A programme a person was nominated in; ``over`` where the check failed, or the posting has ended and no return is
    due any more.

    ``organs`` are the unit and the channel that sent the person, ``sending`` the place of a leg. ``served``: it was a
    posting, which the person may hold anew in the same programme; ``gone``: nobody comes back from it. ``village`` is
    whose reserve the person is.
    """

    programme: str
    over: bool
    organs: tuple[str, ...] = ()
    sending: str = ""
    served: bool = False
    gone: bool = False
    village: str = ""

    def of(self, actor: Actor) -> bool:
        """True where the actor has the person by it: as unit, as channel, as the city that sends, or as an organ of the
        place whose reserve the person is."""
        if self.village:
            return actor.covers(self.village)
        if self.sending:
            return actor.role == "city_org" and actor.covers(self.sending)
        return any(map(actor.manages, self.organs))


class EnterAgain(Order):
    """Enter a registered person for ``programme``, the fields sealed already; ``engagements`` are all there were."""

    person: Key
    programme: Key
    sealed: Text
    engagements: tuple[Engagement, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A registered person, by id. ``known`` is another who holds the number, ``same`` what was settled about both.

    ``number`` is the digest and the turn of the id number, ``since`` the day of the registration, ``entered`` that on
    which the data was last entered as a whole, ``corrected`` that of the latest fact each field was corrected by since.
    """

    person: str
    known: str = ""
    same: bool | None = None
    number: tuple[str, int] = ("", 1)
    since: date = date.min
    entered: date = date.min
    corrected: Mapping[str, date] = field(default_factory=dict)


def number_claim(digest: str, turn: int) -> str:
    """What holding an id number for the ``turn``-th time claims in the log, where no claim is ever taken back."""
    return f"id:{digest}" if turn == 1 else f"id:{digest}/{turn}"


def duplicate(field: str = "id_number") -> PaizhuError:
    """The refusal of an id number that a registered person holds. It never repeats the number."""
    return PERSON_REGISTERED_BEFORE(field=field)


def may_enter_again(engagements: Iterable[Engagement], programme: str) -> None:
    """Check that the person is free, and was part of this programme in no way but a posting that is over (PE-107).

    Raises:
        Rejected: ``person_gone``, ``person_registered_before``; ``person_still_engaged`` naming the programme that is
            not over.
    """
    engagements = tuple(engagements)
    if gone := next((one.programme for one in engagements if one.gone), None):
        raise PERSON_GONE(programme=gone)
    if any(one.programme == programme and not (one.over and one.served) for one in engagements):
        raise duplicate()
    still = next((one.programme for one in engagements if not one.over), None)
    if still is not None:
        raise PERSON_STILL_ENGAGED(still=still)


def decide(state: Person | None, command: RegisterPerson | EnterAgain) -> list[PersonRegistered | PersonEnteredAgain]:
    """Register the person, or enter them again. Rejected where the id stands already, or the person is not free."""
    if isinstance(command, EnterAgain):
        if state is None:
            raise PERSON_UNKNOWN()
        may_enter_again(command.engagements, command.programme)
        return [PersonEnteredAgain.carrying(command)]
    if state is not None:
        raise duplicate("person")
    return [PersonRegistered.carrying(command)]


def identify(state: Person | None, command: Identify) -> list[PersonRegistered]:
    """Nothing. Rejected while it is open whether the person is another who holds the number, or where it is none."""
    if state is not None and state.known and not state.same:
        raise (IDENTITY_OPEN if state.same is None else IDENTITY_OTHER)(field=command.field)
    return []


def settle(state: Person | None, command: Settle) -> list[IdentitySettled]:
    """What was settled. Rejected where it was before, or where the one who holds the number is not free, or erased."""
    if state is None:
        raise PERSON_UNKNOWN()
    if state.same is not None:
        raise IDENTITY_SETTLED()
    if command.same:
        if command.erased:
            raise duplicate("entered")
        may_enter_again(command.engagements, command.programme)
    return [IdentitySettled.carrying(command, known=state.known, reason=impersonal(command.reason, "reason"))]


def evolve(state: Person | None, event: Event) -> Person | None:
    """The person once registered."""
    match event:
        case PersonRegistered():
            number, on = (event.id_digest, event.turn), event.occurred_on
            return Person(event.person, event.known, number=number, since=on, entered=on)
        case PersonEnteredAgain() if state is not None:
            return replace(state, entered=event.occurred_on, corrected={})
        case IdentitySettled() if state is not None:
            return replace(state, same=event.same)
        case PersonCorrected() if state is not None:
            days = {name: max(event.occurred_on, state.corrected.get(name, date.min)) for name in event.fields}
            state = replace(state, corrected={**state.corrected, **days})
            if event.id_digest:
                return replace(state, number=(event.id_digest, event.turn), known=event.known, same=None)
        case IdentityNumberPassed() if state is not None:
            return replace(
                state, number=(event.id_digest, event.turn), known=event.known, same=True if event.same else None
            )
    return state
