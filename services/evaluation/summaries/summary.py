"""Summaries: the cities and counties that sent cadres, and every cadre, to three recipients by a day (EV-015).

Source: notice of 13 May 2003, 一. The places follow from the printed pairs; their number is held against print.
Invariant: one summary a recipient. Inside one city the sending and the receiving side are one: it gets one, marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part, each
from kernel.rules import Rules
from programmes.readers import commendation, swap
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.evaluation.scopes import scope_of_leg
from services.evaluation.summaries.refusals import (
    SUMMARIES_CALLED,
    SUMMARIES_NOT_AS_PRINTED,
    SUMMARIES_NOT_CALLED,
    SUMMARY_FILED,
    SUMMARY_RECIPIENT,
    SUMMARY_SAME_CITY,
    SUMMARY_SUBJECT,
)

SENDING, RECEIVING = "sending_city_org", "receiving_city_org"


@dataclass(frozen=True, slots=True)
class Place:
    """A city or county that sends and receives. ``subject`` is its code; where a partner is not named yet the pair and
    side stand for it, and ``area`` is its city."""

    subject: str
    area: str
    sending: str
    host: str

    @property
    def internal(self) -> bool:
        """Whether one city sends and receives."""
        return self.sending == self.host


class SummariesCalled(Event, title="部署总结"):
    """The province asks for the summaries of ``places``, and of every person, by ``due``."""

    rule: ClassVar[str | None] = commendation.SUMMARY_DEADLINE.path

    programme: Key
    places: tuple[Place, ...]
    recipients: tuple[str, ...]
    due: date


class SecondmentSummaryFiled(Event, title="报送总结"):
    """The summary of a place or a person reached ``recipient``; ``internal`` where that one is sender and receiver."""

    rule: ClassVar[str | None] = commendation.SUMMARY_RECIPIENTS.path
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: Key
    subject: Key
    person: Key | None
    recipient: Key
    sending: Area
    host: Area
    internal: bool
    late: bool


class CallForSummaries(Command, title="部署总结", roles=PROVINCE, concerns=("programme",)):
    """Ask the cities and counties of the pairs, and every person, for a summary."""

    programme: Key


class FileSummary(Command, title="报送集体总结", roles=CITIES | COUNTIES, concerns=("subject",)):
    """Send one copy of a place's summary to a recipient."""

    programme: Key
    subject: Key
    recipient: Key


class FilePersonalSummary(Command, title="报送个人总结", roles=CITIES | COUNTIES, concerns=("leg",)):
    """Send one copy of a person's summary to a recipient."""

    leg: Key
    recipient: Key


class FileFor(Order):
    """One copy of a summary, told whose it is; ``person`` where it is a person's."""

    programme: Key
    place: Place
    person: Key | None
    recipient: Key


@dataclass(frozen=True, slots=True)
class Summaries:
    """The summaries of one programme: what was asked, and by subject and recipient when it was filed."""

    called: SummariesCalled | None = None
    filed: Mapping[tuple[str, str], date] = field(default_factory=dict)


def places(rules: Rules) -> tuple[Place, ...]:
    """The places of the printed pairs, both sides of each."""
    found = []
    for pair in rules.value(swap.PAIRS):
        sides = (pair.poor_area, pair.poor_city), (pair.developed_area, pair.developed_city)
        for (area, city), (_, other) in (sides, sides[::-1]):
            found.append(Place(area or f"{pair.pair}.{city}", area or city, city, other))
    return tuple(found)


def call(state: Summaries, command: CallForSummaries) -> Sequence[SummariesCalled]:
    """The call, once. Raises Rejected: ``summaries_called``, ``summaries_not_as_printed``, ``rule_unknown``."""
    rules = rules_of(command)
    if state.called is not None:
        raise SUMMARIES_CALLED(on=state.called.occurred_on)
    found, recipients = places(rules), rules.value(commendation.SUMMARY_RECIPIENTS)
    cities = sorted(place.subject for place in found if place.subject == place.sending)
    wanted = sorted(rules.value(commendation.SUMMARY_CITIES))
    counties, copies = rules.value(commendation.SUMMARY_COUNTIES), rules.value(commendation.SUMMARY_COPIES)
    if cities != wanted or len(found) - len(cities) != counties or len(recipients) != copies:
        raise SUMMARIES_NOT_AS_PRINTED(cities=cities, counties=len(found) - len(cities), recipients=recipients)
    due = rules.value(commendation.SUMMARY_DEADLINE)
    return (SummariesCalled.carrying(command, places=found, recipients=recipients, due=due),)


def file(state: Summaries, command: FileFor) -> Sequence[SecondmentSummaryFiled]:
    """One copy (EV-015); what comes after the last day is taken and marked late.

    Raises:
        Rejected: ``summaries_not_called``, ``foreign_area``, ``summary_recipient``, ``summary_same_city``,
            ``summary_filed``, ``date_before_ground``.
    """
    called, place = state.called, command.place
    must_cover(command.context.actor, place.area, field="subject", rule=commendation.SUMMARY_RECIPIENTS.path)
    if called is None:
        raise SUMMARIES_NOT_CALLED()
    not_before(command, called.occurred_on, "部署总结", commendation.SUMMARY_DEADLINE.path)
    if command.recipient not in called.recipients:
        raise SUMMARY_RECIPIENT(recipient=command.recipient, recipients=called.recipients)
    if place.internal and command.recipient == RECEIVING:
        raise SUMMARY_SAME_CITY(city=place.sending)
    if done := state.filed.get((place.subject, command.recipient)):
        raise SUMMARY_FILED(on=done)
    on = command.context.occurred_on
    return (
        SecondmentSummaryFiled.carrying(
            command,
            subject=place.subject,
            sending=place.sending,
            host=place.host,
            internal=place.internal and command.recipient == SENDING,
            late=on > called.due,
        ),
    )


def place_of(state: Summaries, subject: str) -> Place:
    """The place that is called so. Raises Rejected: ``summaries_not_called``, ``summary_subject``."""
    if state.called is None:
        raise SUMMARIES_NOT_CALLED()
    found = next((place for place in state.called.places if place.subject == subject), None)
    if found is None:
        raise SUMMARY_SUBJECT(subject=subject, subjects=[place.subject for place in state.called.places])
    return found


def asked(state: Summaries, event: SummariesCalled) -> Summaries:
    """The state after SummariesCalled."""
    return replace(state, called=event)


def filed(state: Summaries, event: SecondmentSummaryFiled) -> Summaries:
    """The state after SecondmentSummaryFiled."""
    return replace(state, filed={**state.filed, (event.subject, event.recipient): event.occurred_on})


SUMMARIES: Part[Summaries] = Part(
    "summaries/{programme}", Summaries(), scope=scope_of_leg, decides=(call, file), evolve=each(asked, filed)
)
"""The summaries of one programme."""
