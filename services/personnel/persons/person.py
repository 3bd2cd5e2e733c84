"""Persons: one stream a person, the only place where personal data stands, and there only sealed.

Invariant: no personal field travels in clear. An id number is known by its keyed digest alone, and one person holds it.
Whoever served once and is back enters again under the same id, and never in two programmes at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kernel.errors import PaizhuError
from kernel.messages import Event, Key, Order, Text
from kernel.part import Part
from kernel.personal import holds_number
from services.personnel.persons.refusals import (
    PERSON_REGISTERED_BEFORE,
    PERSON_STILL_ENGAGED,
    PERSON_UNKNOWN,
    PERSONAL_NUMBER_IN_TEXT,
)


class PersonRegistered(Event, title="人员登记"):
    """A person entered: ``sealed`` holds the personal fields under their own key, ``id_digest`` finds duplicates."""

    person: Key
    sealed: Text
    id_digest: Key
    synthetic: bool

    def claims(self) -> tuple[str, ...]:
        """One person an id number."""
        return (f"id:{self.id_digest}",)


class PersonEnteredAgain(Event, title="人员再次列入"):
    """A registered person was entered for one more programme; ``sealed`` holds the personal fields as they are now."""

    person: Key
    programme: Key
    sealed: Text


class RegisterPerson(Order):
    """Enter a person whose fields are sealed already."""

    person: Key
    sealed: Text
    id_digest: Key
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Engagement:
    """A programme a person was nominated in; ``over`` where the check failed or the person is back at the unit."""

    programme: str
    over: bool


class EnterAgain(Order):
    """Enter a registered person for ``programme``, the fields sealed already; ``engagements`` are all there were."""

    person: Key
    programme: Key
    sealed: Text
    engagements: tuple[Engagement, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A registered person, by id."""

    person: str


def duplicate(field: str = "id_number") -> PaizhuError:
    """The refusal of an id number that a registered person holds. It never repeats the number."""
    return PERSON_REGISTERED_BEFORE(field=field)


def may_enter_again(engagements: Iterable[Engagement], programme: str) -> None:
    """Check that the person is free and was never part of this programme.

    Raises:
        Rejected: ``person_registered_before``; ``person_still_engaged`` naming the programme that is not over.
    """
    engagements = tuple(engagements)
    if any(one.programme == programme for one in engagements):
        raise duplicate()
    still = next((one.programme for one in engagements if not one.over), None)
    if still is not None:
        raise PERSON_STILL_ENGAGED(still=still)


def impersonal(text: str, field: str) -> str:
    """``text`` if it holds no id number and no mobile number, however written (``kernel.personal``).

    Raises:
        Rejected: ``personal_number_in_text``; free text is stored in clear, so it must not carry such numbers.
    """
    if holds_number(text):
        raise PERSONAL_NUMBER_IN_TEXT(field=field)
    return text


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


def evolve(state: Person | None, event: Event) -> Person | None:
    """The person once registered."""
    return Person(event.person) if isinstance(event, PersonRegistered) else state


PERSON = Part("person/{person}", None, decides=(decide,), evolve=evolve)
"""One registered person."""
