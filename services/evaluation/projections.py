"""Read models of evaluation: clocks and their due days, cases, conduct, acceptances, villages and secondments.

Invariant: ``dues`` is the list of candidates for raising triggers; each is decided on its clock all the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel import profiles
from kernel.messages import Recorded
from kernel.projection import Op, Table
from programmes import managed
from services.evaluation.assessment import assessment, review, secondment, statement
from services.evaluation.assistance import assistance_projection
from services.evaluation.ballots import ballots_projection
from services.evaluation.clocks import case, clock, obligation, trigger
from services.evaluation.conduct import conduct
from services.evaluation.difficulties import difficulties_projection
from services.evaluation.dossier import dossier_projection
from services.evaluation.grades import grades_projection
from services.evaluation.honours import honours_projection
from services.evaluation.outcomes import outcomes_projection
from services.evaluation.quarters import quarter_review
from services.evaluation.reserves import reserves_projection
from services.evaluation.schemes import scheme_projection
from services.evaluation.senders import senders_projection
from services.evaluation.summaries import summaries_projection
from services.evaluation.villages import village
from services.evaluation.works import works_projection

CLOCKS = Table(
    "clocks",
    {"posting": "text"},
    {
        "programme": "text",
        "person": "text",
        "target": "text",
        "kind": "text",
        "role": "text",
        "weak": "bool",
        "started_on": "date",
        "stopped_on": "date",
        "cause": "text",
    },
    (("target",),),
)

DUES = Table(
    "dues",
    {"posting": "text", "requires": "text"},
    {"trigger": "text", "target": "text", "due": "date", "met": "bool", "raised_on": "date"},
    (("due",),),
)

CASES = Table(
    "cases",
    {"recall_case": "text"},
    {
        "trigger": "text",
        "posting": "text",
        "person": "text",
        "target": "text",
        "requires": "text",
        "due": "date",
        "raised_on": "date",
        "cleared_on": "date",
        "interviewed_on": "date",
        "note": "text",
        "recalled_on": "date",
        "recorded_on": "date",
        "document": "text",
    },
)

SANCTIONS = Table(
    "sanctions",
    {"position": "int"},
    {
        "programme": "text",
        "posting": "text",
        "person": "text",
        "target": "text",
        "step": "text",
        "consequence": "text",
        "taken_on": "date",
    },
    (("posting",),),
)
"""The steps of the ladder that were taken, each of them; ``consequence`` is the record an adjustment rests on."""

ACCEPTANCES = Table(
    "acceptances",
    {"position": "int"},
    {
        "posting": "text",
        "target": "text",
        "what": "text",
        "title": "text",
        "accepted_on": "date",
        "in_time": "bool",
    },
    (("posting",),),
)

VILLAGES = Table("villages", {"programme": "text", "target": "text"}, {"delisted_on": "date", "document": "text"})

SECONDMENTS = Table(
    "secondments",
    {"leg": "text"},
    {
        "programme": "text",
        "pair": "int",
        "level": "text",
        "person": "text",
        "sending": "text",
        "host": "text",
        "reported_on": "date",
        "due": "date",
        "replaces": "text",
        "replaced_on": "date",
        "assessed_on": "date",
        "report_chars": "int",
        "report_sha256": "text",
        "copies": "int",
        "reviewed_on": "date",
    },
    (("due",),),
)

HOST_STATEMENTS = Table(
    "host_statements",
    {"leg": "text", "host_organ": "text"},
    {
        "programme": "text",
        "person": "text",
        "sending": "text",
        "host": "text",
        "statement_chars": "int",
        "given_on": "date",
    },
)

QUARTER_REVIEWS = Table(
    "quarter_reviews",
    {"programme": "text", "county": "text", "quarter": "text", "number": "int"},
    {"required": "int", "minutes": "text", "held_on": "date"},
)

TABLES = (
    *(managed.MANAGED, profiles.IN_FORCE, CLOCKS, DUES, CASES, SANCTIONS, ACCEPTANCES, VILLAGES, SECONDMENTS),
    *(HOST_STATEMENTS, QUARTER_REVIEWS),
    *summaries_projection.TABLES,
    *honours_projection.TABLES,
    *scheme_projection.TABLES,
    *ballots_projection.TABLES,
    *grades_projection.TABLES,
    *reserves_projection.TABLES,
    *works_projection.TABLES,
    *senders_projection.TABLES,
    *assistance_projection.TABLES,
    *difficulties_projection.TABLES,
    *dossier_projection.TABLES,
    *outcomes_projection.TABLES,
)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event, on = recorded.event, recorded.occurred_on
    yield from managed.rows(event)
    yield from profiles.rows(event)
    yield from scheme_projection.rows(event)
    yield from ballots_projection.rows(event)
    yield from grades_projection.rows(event)
    yield from summaries_projection.rows(event)
    yield from honours_projection.rows(event)
    yield from reserves_projection.rows(recorded)
    yield from works_projection.rows(event)
    yield from senders_projection.rows(event)
    yield from assistance_projection.rows(recorded)
    yield from difficulties_projection.rows(event)
    yield from dossier_projection.rows(event)
    yield from outcomes_projection.rows(event)
    match event:
        case clock.RecallClockStarted():
            yield from _started(event)
        case clock.RecallClockMoved():
            yield CLOCKS.put(event.posting, target=event.target)
        case clock.RecallClockStopped():
            yield CLOCKS.put(event.posting, stopped_on=on, cause=event.cause)
            if event.case is not None:
                yield CASES.put(event.case, recalled_on=on)
        case obligation.DevelopmentIdeaAccepted():
            yield from _accepted(recorded, event, obligation.IDEA)
        case obligation.IncomeChannelAccepted():
            yield from _accepted(recorded, event, obligation.CHANNEL)
        case trigger.RecallTriggerRaised():
            yield DUES.put(event.posting, event.requires, raised_on=on)
            yield CASES.of(event, recall_case=event.case, raised_on=on)
        case trigger.RecallTriggerCleared():
            yield CASES.put(event.case, cleared_on=on)
        case case.InterviewHeld():
            yield CASES.put(event.case, interviewed_on=on, note=event.note)
        case case.RecallRecordFiled():
            yield CASES.put(event.case, recorded_on=on, document=event.document)
        case conduct.CriticismGiven():
            yield SANCTIONS.of(event, position=recorded.position, consequence="", taken_on=on)
        case conduct.ConsequenceRecorded():
            yield SANCTIONS.of(event, position=recorded.position, taken_on=on)
        case village.VillageDelisted():
            yield VILLAGES.of(event, delisted_on=on)
        case quarter_review.QuarterReviewHeld():
            yield QUARTER_REVIEWS.of(event, held_on=on)
        case secondment.SecondmentNoted():
            yield from _noted(event)
        case assessment.SecondmentAssessed():
            yield SECONDMENTS.put(
                event.leg,
                assessed_on=on,
                report_chars=event.report_chars,
                report_sha256=event.report_sha256,
                copies=event.copies,
            )
        case statement.HostStatementGiven():
            yield HOST_STATEMENTS.of(event, given_on=on)
        case review.SecondmentReportReviewed():
            yield SECONDMENTS.put(event.leg, reviewed_on=on)


def _started(event: clock.RecallClockStarted) -> Iterable[Op]:
    yield CLOCKS.of(event, started_on=event.occurred_on)
    for due in event.due:
        yield DUES.of(event, requires=due.requires, trigger=due.trigger, due=due.on)


def _accepted(
    recorded: Recorded, event: obligation.DevelopmentIdeaAccepted | obligation.IncomeChannelAccepted, what: str
) -> Iterable[Op]:
    yield ACCEPTANCES.of(event, position=recorded.position, what=what, accepted_on=event.occurred_on)
    if event.in_time:
        yield DUES.put(event.posting, what, met=True)


def _noted(event: secondment.SecondmentNoted) -> Iterable[Op]:
    yield SECONDMENTS.of(event, reported_on=event.occurred_on, replaces=event.replaces or "")
    if event.replaces is not None:
        yield SECONDMENTS.put(event.replaces, replaced_on=event.occurred_on)
