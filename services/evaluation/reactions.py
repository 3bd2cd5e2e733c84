"""What evaluation does about events of other services: a profile, a posting that begins or ends, a secondment.

Invariant: a posting is judged by the profile versions it was decided under, whichever of the two comes in first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from kernel.calendar import add_months
from kernel.messages import Context
from kernel.profiles import PROGRAMME, note_profile
from kernel.rules import Rules
from kernel.service import Reaction, Received, Room, Step
from programmes import managed
from programmes.readers.endings import SANCTION
from programmes.readers.recall import TRIGGERS
from services.evaluation.assessment.secondment import NoteSecondment, next_leg
from services.evaluation.assistance import assistance_plans
from services.evaluation.clocks.clock import Due, MoveClock, StartClock, StopClock, sanctions
from services.evaluation.clocks.waiting import HoldPosting, ReleasePosting, behind
from services.evaluation.conduct.conduct import CloseConduct, OpenConduct
from services.evaluation.dossier import dossier_plans
from services.evaluation.outcomes import promoted_plans
from services.evaluation.reserves import acts_plans
from services.evaluation.schemes.appraisee import CloseAppraisal, MoveAppraisal, OpenAppraisal
from services.evaluation.schemes.scheme import assesses

_POSTING = ("programme", "posting", "person", "target", "kind", "role", "weak")


def profile_published(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """allocation.ProfilePublished: it is noted, and the postings and sheets that waited for it go on."""
    (noting,) = note_profile(received, context, room)
    yield noting
    programme = noting.stream.partition("/")[2]
    book = room.load(noting.stream)
    book = PROGRAMME.fold(book, PROGRAMME.decide(book, noting.command))
    for posting, held in room.load(f"waiting/{programme}").held.items():
        rules = book.effective(programme, held.target)
        if rules is not None and not behind(rules.version, held.needs):
            yield Step(f"waiting/{programme}", ReleasePosting(context=context, posting=posting))
            facts = {name: getattr(held, name) for name in _POSTING}
            yield from _start(facts, replace(context, occurred_on=held.occurred_on), rules, held.unit)
    yield from dossier_plans.release(programme, book, context, room)


def on_post(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.CadreOnPost: a clock starts where the rules in force for the place have triggers."""
    facts, unit = received.fields(*_POSTING), received.data.get("unit")
    rules = room.rules(facts["programme"], facts["target"])
    needs = received.recorded.profile or ""
    if behind(rules.version if rules else None, needs):
        yield Step(
            f"waiting/{facts['programme']}",
            HoldPosting(context=context, needs=needs, unit=unit, **facts),
        )
    elif rules is not None:
        yield from _start(facts, context, rules, unit)


def _start(facts: dict[str, Any], context: Context, rules: Rules, unit: str | None) -> Iterable[Step]:
    if assesses(rules):
        about = {name: facts[name] for name in ("programme", "posting", "person", "target", "kind")}
        yield Step(f"appraisee/{facts['posting']}", OpenAppraisal(context=context, **about, unit=unit))
    if rules.find(SANCTION) is not None:
        about = {name: facts[name] for name in ("programme", "posting", "person", "target")}
        yield Step(f"conduct/{facts['posting']}", OpenConduct(context=context, **about, unit=unit))
    if sanctions(rules):
        due = tuple(
            Due(row.trigger, row.requires, row.months, add_months(context.occurred_on, row.months))
            for row in rules.value(TRIGGERS)
        )
        yield Step(f"clock/{facts['posting']}", StartClock(context=context, due=due, **facts))


def ended(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The posting ends (recall, withdrawal, end of term): its clock stops. A secondment has none."""
    posting = received.data.get("posting")
    if posting:
        cause, case = received.recorded.type, received.data.get("case")
        yield Step(f"appraisee/{posting}", CloseAppraisal(context=context, posting=posting, cause=cause))
        yield Step(f"conduct/{posting}", CloseConduct(context=context, posting=posting, cause=cause))
        yield Step(f"clock/{posting}", StopClock(context=context, posting=posting, cause=cause, case=case))
        yield Step(f"waiting/{posting.partition('.')[0]}", ReleasePosting(context=context, posting=posting))


def moved(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.PostingMoved: the clock runs on under the new code of its place."""
    facts = received.fields("posting", "target")
    yield Step(f"appraisee/{facts['posting']}", MoveAppraisal(context=context, **facts))
    yield Step(f"clock/{facts['posting']}", MoveClock(context=context, **facts))


def sender_changed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.PostingUnitChanged: another unit grades the cadre from now on."""
    facts = received.fields("posting", "unit")
    yield Step(f"appraisee/{facts['posting']}", MoveAppraisal(context=context, **facts))


def secondment_reported(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.SecondmentReported: the assessment will be due at the end of the seat's term."""
    data = received.data
    yield Step(
        f"secondment/{data['leg']}",
        NoteSecondment(
            context=context,
            **received.fields("programme", "leg", "pair", "level", "person", "sending", "host"),
            replaces=next_leg(data["leg"], -1) if data["substitute"] else None,
            due=date.fromisoformat(data["term_ends"]),
        ),
    )


REACTIONS: dict[str, Reaction] = {
    "allocation.ProfilePublished": profile_published,
    **managed.REACTION,
    **acts_plans.REACTIONS,
    **assistance_plans.REACTIONS,
    **dossier_plans.REACTIONS,
    **promoted_plans.REACTIONS,
    "personnel.CadreOnPost": on_post,
    "personnel.PostingMoved": moved,
    "personnel.PostingUnitChanged": sender_changed,
    "personnel.CadreRecalled": ended,
    "personnel.CadreWithdrawn": ended,
    "personnel.PostAdjusted": ended,
    "personnel.TermEnded": ended,
    "personnel.SecondmentReported": secondment_reported,
}

HEARD: frozenset[str] = frozenset(
    {
        "allocation.ProfilePublished",
        "personnel.CadreOnPost",
        "personnel.CadreRecalled",
        "personnel.CadreWithdrawn",
        "personnel.TermEnded",
        "personnel.SecondmentReported",
    }
)
"""What versions before 0.3.0 followed, whose logs do not say so; nothing is added here (``kernel.following``)."""
