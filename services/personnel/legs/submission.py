"""A submission: what a city hands to the province for its legs, after its standing committee met (AL-058).

Invariant: no submission without the committee's record and the printed number of copies; a late one is marked, never
refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order, Text
from kernel.part import Part
from programmes.condition import EXACTLY, Condition
from programmes.readers.nomination import SUBMITTED_BY, SUBMITTED_COPIES, SUBMITTED_TO
from programmes.readers.swap import SHARES
from programmes.refusals import COPIES_INCOMPLETE
from programmes.roles import CITIES
from programmes.texts import impersonal
from services.personnel.legs.refusals import DISCUSSION_AFTER_SUBMISSION, DISCUSSION_MISSING, NOTHING_TO_SUBMIT
from services.personnel.persons.refusals import RECIPIENT_WRONG
from services.personnel.scopes import programme_of


class NominationSubmitted(Event, title="互派名单报送"):
    """A city submitted its nominees: ``legs`` by their keys, ``discussion`` cites the committee's meeting."""

    rule = "nomination.submit"
    areas = ("city",)

    programme: Key
    submission: Key
    city: Area
    legs: tuple[Key, ...]
    copies: int
    recipient: Line
    discussed_on: date
    discussion: Text
    late: bool


class NomineesCounted(Event, title="互派名单构成统计"):
    """Of the persons of a submitted list, how many are of each share the notice asks for; ``counts`` is None where the
    data of one of them opens for nobody. Counts alone: no trait of a person is told (AL-059)."""

    rule = SHARES.path
    areas = ("city",)

    programme: Key
    city: Area
    submission: Key
    legs: tuple[Key, ...]
    counts: Mapping[str, int] | None


class SubmitNomination(Command, title="报送互派人选", roles=CITIES, concerns=("city",)):
    """Submit a city's legs. Without ``legs`` all nominated and not yet submitted ones of the city are meant."""

    programme: Key
    city: Area
    copies: int
    discussed_on: date | None = None
    discussion: str = ""
    recipient: str = ""
    legs: tuple[Key, ...] = ()


class Submit(SubmitNomination, Order):
    """The order as it reaches the submission: its key, and whether only substitutes are handed in."""

    submission: Key
    substitutes: bool
    counts: Mapping[str, int] | None = None


COPIES = Condition(SUBMITTED_COPIES, EXACTLY, COPIES_INCOMPLETE)


def decide(state: NominationSubmitted | None, command: Submit) -> list[NominationSubmitted | NomineesCounted]:
    """Submit (AL-058), with the counts of the list (AL-059).

    Rejected: nothing to submit, no committee record, wrong copies or recipient.
    """
    rules = rules_of(command)
    if state is not None or not command.legs:
        raise NOTHING_TO_SUBMIT()
    if command.discussed_on is None or not command.discussion.strip():
        raise DISCUSSION_MISSING(field="discussed_on" if command.discussed_on is None else "discussion")
    if command.discussed_on > command.context.occurred_on:
        raise DISCUSSION_AFTER_SUBMISSION(occurred_on=command.context.occurred_on)
    COPIES.require(rules, command.copies, what="报送材料", rule=COPIES.path)
    recipient = rules.value(SUBMITTED_TO)
    if command.recipient not in ("", recipient):
        raise RECIPIENT_WRONG(what="人选材料", recipient=recipient, rule=SUBMITTED_TO.path)
    due = rules.value(SUBMITTED_BY)
    return [
        NominationSubmitted.carrying(
            command,
            recipient=recipient,
            discussed_on=command.discussed_on,
            discussion=impersonal(command.discussion, "discussion"),
            late=command.context.occurred_on > due and not command.substitutes,
        ),
        NomineesCounted.carrying(command),
    ]


def evolve(state: NominationSubmitted | None, event: Event) -> NominationSubmitted | None:
    """The submission once it is made."""
    return event if isinstance(event, NominationSubmitted) else state


SUBMISSION = Part("submission/{submission}", None, decides=(decide,), evolve=evolve, scope=programme_of)
"""One list of nominees that a city handed in."""
