"""From the village to the post where a notice lays down steps: the appointment, then taking up the post (PE-032).

Source: 晋组通字〔2015〕41号 三.5. Invariant: nobody is on post before the appointment is recorded. The cadre may have
come before that day: the notice asks for formalities without delay and prints no span, so the days between are flagged
by attendance and nothing is refused for them.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from kernel.grounds import rules_of
from kernel.messages import Command, Key, Order
from kernel.rules import Rules
from programmes.condition import EXACTLY, Condition
from programmes.procedure import Procedure, Records, Subject
from programmes.readers.candidacy import NOMINATION, PARTY_STATUS
from programmes.roles import CITIES, COUNTIES
from services.personnel.postings.appointed import PostAppointmentRecorded
from services.personnel.postings.extension import taken_up
from services.personnel.postings.posting import CadreOnPost, Posting
from services.personnel.postings.refusals import NOT_FULL_MEMBER_NOW, PREDECESSOR_STAYS
from services.personnel.postings.terms import TermSet

PROCEDURE = Procedure(NOMINATION)
PARTY = Condition(PARTY_STATUS, EXACTLY, NOT_FULL_MEMBER_NOW)
Status = Literal["full", "probationary", "none"]


class AppointCadres(Command, title="办理到村任职手续", roles=CITIES | COUNTIES, concerns=("postings",)):
    """Record that the host appointed these cadres to the villages assigned: all or none."""

    postings: tuple[Key, ...]


class AppointTo(Order):
    """One of them; where the cadre follows on an incumbent, told from when (PE-108)."""

    takes_over: date | None = None


class TakeUpPosts(Command, title="履岗任职", roles=COUNTIES, concerns=("postings",)):
    """Record that these cadres took up their posts on the command's date: all or none.

    ``party_status`` is what all of them were found to be on that day.
    """

    postings: tuple[Key, ...]
    party_status: Status | None = None


class TakeUp(Order):
    """One of them; ``excepted`` where the department that filed consented to another party status, ``takes_over`` as
    of an appointment."""

    party_status: Status | None
    excepted: bool
    takes_over: date | None = None


def appoint(state: Posting, command: AppointTo) -> list[PostAppointmentRecorded]:
    """The appointment, by the host (PE-032). Rejected: ``predecessor_stays``, and as ``Procedure.admit``."""
    rules, placed = rules_of(command), state.placed
    step = PROCEDURE.of_act("appoint", rules)
    PROCEDURE.admit(command, step.step, _subject(state), _done(state, rules), rules, field="postings")
    _taking_over(command, command.takes_over)
    return [PostAppointmentRecorded.carrying(command, placed, post=placed.role)]


def take_up(state: Posting, command: TakeUp) -> list[CadreOnPost | TermSet]:
    """The cadre on post (PE-028, PE-032), the term running from the appointment (PE-035); a full member of the party on
    that day too (PE-022).

    Raises:
        Rejected: ``not_full_member_now``, ``date_before_ground`` before the village was assigned,
            ``predecessor_stays``, and as
            ``Procedure.admit``: ``duty_out_of_order`` before the appointment.
    """
    rules, placed = rules_of(command), state.placed
    done = dict(_done(state, rules))
    if state.appointed_on is not None:
        done[PROCEDURE.of_act("appoint", rules).step] = placed.occurred_on  # it must be there; its day may be later
    step = PROCEDURE.of_act("take_up", rules)
    PROCEDURE.admit(command, step.step, _subject(state), done, rules, field="postings")
    _taking_over(command, command.takes_over)
    if not command.excepted:
        PARTY.require(rules, command.party_status)
    return taken_up(placed, command.context.occurred_on, rules, since=state.appointed_on)


def _taking_over(command: Command, on: date | None) -> None:
    if on is not None and command.context.occurred_on < on:
        raise PREDECESSOR_STAYS(until=on)


def _subject(state: Posting) -> Subject:
    placed = state.placed
    parties = {"unit": placed.unit, "channel": placed.channel, "target": placed.target, "host": placed.target[:6]}
    return Subject(parties, {"level": placed.tier, "kind": placed.kind})


def _done(state: Posting, rules: Rules) -> Records:
    """What of the procedure this posting knows: it began with the assignment of the village."""
    known = {"determine": state.placed.occurred_on, "appoint": state.appointed_on, "take_up": state.on_post_since}
    return {PROCEDURE.of_act(act, rules).step: day for act, day in known.items() if day is not None}
