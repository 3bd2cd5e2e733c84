"""Term and extension of a posting: when it is over, who may grant more, and what is needed for it (PE-033 to PE-035).

Source: 晋组通字〔2015〕41号 三.6, 五.1. Invariant: the calendar ends a posting only where a profile prints a term, and
nobody stays on without ground, all consents and the reply.
"""

from __future__ import annotations

from datetime import date

from kernel.calendar import add_months
from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Line, Order, Text
from kernel.rules import Rules
from kernel.text import digits
from programmes.procedure import Procedure, Subject
from programmes.readers.endings import EXTENSION, EXTENSION_GROUNDS
from programmes.readers.swap import TERM, TERM_STARTS
from programmes.roles import CITIES, COUNTIES, PROVINCE, UNITS
from programmes.texts import impersonal
from services.personnel.postings.posting import CadreOnPost, PlacementNoted, Posting
from services.personnel.postings.refusals import (
    EXTENSION_NOT_ASKED,
    EXTENSION_NOT_LONGER,
    GROUND_UNKNOWN,
    POSTING_OVER,
    TERM_OVER,
)
from services.personnel.postings.returning import TermEnded
from services.personnel.postings.terms import ExtensionConsented, ExtensionRequested, Term, TermExtended, TermSet

PROCEDURE = Procedure(EXTENSION)
DEPARTMENTS = PROVINCE | CITIES | COUNTIES


class RequestExtension(Command, title="提出继续留任", roles=UNITS | COUNTIES, concerns=("posting",)):
    """Ask that the cadre stay on until ``until``, on a ground of the profile."""

    posting: Key
    ground: Key
    until: date
    reason: Text = ""


class ConsentToExtension(Command, title="同意继续留任", roles=UNITS | DEPARTMENTS, concerns=("posting",)):
    """Consent; ``step`` is the consent that the actor gives."""

    posting: Key
    step: Key


class GrantExtension(Command, title="批复继续留任", roles=DEPARTMENTS, concerns=("posting",)):
    """Reply to a request that has every consent."""

    posting: Key
    document: Line


class EndPostingTerm(Order):
    """End the term of a posting where it is over on ``as_of``; ``follows`` where a successor comes."""

    as_of: date
    follows: bool = False


def taken_up(placed: PlacementNoted, on: date, rules: Rules, since: date | None = None) -> list[CadreOnPost | TermSet]:
    """On post from ``on``; where the profile has a term, it runs from the appointment, or from then
    (``term.starts``), and from then where there is no appointment (PE-035)."""
    runs = rules.find(TERM_STARTS)
    starts = on if since is None or (runs is not None and runs.value == "reporting") else since
    events: list[CadreOnPost | TermSet] = [CadreOnPost.carrying(placed, occurred_on=on)]
    found = rules.find(TERM)
    if found is not None:
        events.append(TermSet.carrying(placed, occurred_on=on, starts=starts, ends=add_months(starts, found.value)))
    return events


def request(state: Posting, command: RequestExtension) -> list[ExtensionRequested]:
    """The request, before the term is over (PE-034); one that is under way is not begun anew over its consents.

    Raises:
        Rejected: ``duty_done`` while one is under way, ``ground_unknown``, ``extension_not_longer``, ``term_over``,
            ``posting_over``, and as ``Procedure.admit``.
    """
    rules, term = rules_of(command), _running(state, command)
    step = PROCEDURE.of_act("request", rules)
    PROCEDURE.admit(command, step.step, _subject(state), term.done, rules, field="posting")
    grounds = rules.value(EXTENSION_GROUNDS)
    if command.ground not in grounds:
        raise GROUND_UNKNOWN(ground=command.ground, grounds=grounds, rule=EXTENSION_GROUNDS.path)
    if command.until <= term.ends:
        raise EXTENSION_NOT_LONGER(ends=term.ends)
    return [
        ExtensionRequested.carrying(
            command, state.placed, posting=command.posting, step=step.step, reason=impersonal(command.reason, "reason")
        )
    ]


def consent(state: Posting, command: ConsentToExtension) -> list[ExtensionConsented]:
    """One consent, once. Raises Rejected: ``extension_not_asked``, and as ``Procedure.admit``."""
    rules, term = rules_of(command), _asked(state, command)
    PROCEDURE.admit(command, command.step, _subject(state), term.done, rules)
    organ = command.context.actor.organ
    return [ExtensionConsented.carrying(command, state.placed, posting=command.posting, organ=organ)]


def grant(state: Posting, command: GrantExtension) -> list[TermExtended]:
    """The reply, which needs every consent (PE-034).

    Raises:
        Rejected: ``extension_not_asked``; ``duty_out_of_order`` naming the consent that is missing, and as
            ``Procedure.admit``.
    """
    rules, term = rules_of(command), _asked(state, command)
    step = PROCEDURE.of_act("grant", rules)
    PROCEDURE.admit(command, step.step, _subject(state), term.done, rules, field="posting")
    document = impersonal(command.document, "document")
    return [
        TermExtended.carrying(
            state.placed,
            occurred_on=command.context.occurred_on,
            step=step.step,
            ground=term.asked.ground if term.asked else "",
            until=term.asked.until if term.asked else term.ends,
            document=document,
        )
    ]


def end_term(state: Posting, command: EndPostingTerm) -> list[TermEnded]:
    """The end of the term on its own day, nothing where it runs on or the posting is over (PE-033)."""
    if state.status != "on_post" or state.term is None or state.term.ends > command.as_of:
        return []
    if command.follows:  # who follows relieves the incumbent, so that no day is empty
        return []
    return [TermEnded.carrying(state.placed, occurred_on=state.term.ends, leg=None, sending=None, host=None)]


def _running(state: Posting, command: Command) -> Term:
    if state.status != "on_post" or state.term is None:
        raise POSTING_OVER(on=state.ended_on or "（尚无任期）", rule=TERM.path)
    not_before(command, state.on_post_since, "到岗", EXTENSION.path)
    if command.context.occurred_on >= state.term.ends:
        raise TERM_OVER(ends=state.term.ends)
    return state.term


def _asked(state: Posting, command: Command) -> Term:
    term = _running(state, command)
    if term.asked is None:
        raise EXTENSION_NOT_ASKED()
    return term


def _subject(state: Posting) -> Subject:
    """The posting as the procedure sees it: ``home`` is the area of the department of the unit's own level."""
    placed = state.placed
    home = placed.channel if digits(placed.channel) else placed.target[:2]
    parties = {"unit": placed.unit, "channel": placed.channel, "host": placed.target, "home": home}
    return Subject(parties, {"level": placed.tier, "kind": placed.kind})
