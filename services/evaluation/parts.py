"""The parts of evaluation, and the plans of its commands."""

from __future__ import annotations

from kernel.part import Part, each
from kernel.profiles import PROGRAMME
from programmes import managed
from services.evaluation.assessment import assessment, review, secondment, statement
from services.evaluation.assessment.assessment_plans import assess
from services.evaluation.assessment.refusals import SECONDMENT_UNKNOWN
from services.evaluation.assistance import assistance_plans
from services.evaluation.assistance.assistance import ASSISTANCE
from services.evaluation.assistance.households import HOUSEHOLDS, POOR_VILLAGES
from services.evaluation.ballots import ballots_plans
from services.evaluation.ballots.casting import BALLOT
from services.evaluation.clocks import case, clock, obligation, trigger
from services.evaluation.clocks.clock_plans import delist, raise_due
from services.evaluation.clocks.refusals import CLOCK_UNKNOWN
from services.evaluation.clocks.waiting import WAITING
from services.evaluation.conduct.conduct import CONDUCT
from services.evaluation.difficulties import difficulties_plans
from services.evaluation.difficulties.difficulty import DIFFICULTIES
from services.evaluation.dossier import dossier_plans
from services.evaluation.dossier.dossier import DOSSIER
from services.evaluation.dossier.held import HELD
from services.evaluation.grades import grade, grades_plans, rating, score, year
from services.evaluation.grades.inspection import INSPECTION
from services.evaluation.honours import commendation, granting, honours_plans, nominating, results_plans
from services.evaluation.honours.honour import HONOURS
from services.evaluation.outcomes.promoted import PROMOTIONS
from services.evaluation.quarters.quarter_review import QUARTERS
from services.evaluation.reserves import rounds_plans
from services.evaluation.reserves.reserve_parts import RESERVE
from services.evaluation.reserves.rounds import ROUNDS
from services.evaluation.schemes.appraisee import APPRAISEE
from services.evaluation.schemes.scheme import SCHEME
from services.evaluation.scopes import scope, scope_of_leg
from services.evaluation.senders import senders_plans
from services.evaluation.senders.hearing import CARE
from services.evaluation.senders.meeting import SENDER
from services.evaluation.summaries import summaries_plans
from services.evaluation.summaries.summary import SUMMARIES
from services.evaluation.villages import income_plans
from services.evaluation.villages.income import INCOME
from services.evaluation.villages.village import VILLAGE
from services.evaluation.works import works_plans
from services.evaluation.works.media import MEDIA
from services.evaluation.works.plan import PLANNED
from services.evaluation.works.report import REPORTS
from services.evaluation.works.revenue import PROJECTS

CLOCK = Part(
    "clock/{posting}",
    None,
    scope=scope,
    absent=CLOCK_UNKNOWN,
    decides=(
        clock.start_clock,
        clock.stop_clock,
        clock.move_clock,
        obligation.accept,
        trigger.raise_due,
        trigger.clear_trigger,
        case.hold_interview,
        case.file_record,
    ),
    evolve=each(
        clock.started,
        clock.stopped,
        clock.moved,
        obligation.accepted,
        trigger.raised,
        trigger.cleared,
        case.interviewed,
        case.recorded,
    ),
)
"""The recall clock of one posting: what is due, what was raised, what was done about it."""

SECONDMENT = Part(
    "secondment/{leg}",
    None,
    scope=scope_of_leg,
    absent=SECONDMENT_UNKNOWN,
    decides=(secondment.note_secondment, assessment.assess, statement.state, review.review),
    evolve=each(secondment.noted, assessment.assessed, statement.stated, review.reviewed),
)
"""One secondment as far as it is assessed."""

APPRAISAL = Part(
    "appraisal/{posting}.{year}",
    year.Year(),
    scope=scope,
    decides=(score.record, score.record_counted, rating.rate, grade.opine, grade.grade),
    evolve=each(year.recorded, year.rated, year.stepped),
)
"""One posting in one year: its scores and what they come to, the county's opinion and the unit's grade."""

COMMENDATION = Part(
    "commendation/{programme}",
    commendation.Round(),
    scope=scope_of_leg,
    decides=(
        nominating.allot,
        nominating.select,
        nominating.consult,
        nominating.propose,
        granting.file,
        granting.grant,
    ),
    evolve=each(commendation.allotted, commendation.chosen, commendation.stepped),
)
"""The commendation of one programme."""

PARTS = (
    *(managed.PART, PROGRAMME, WAITING, CLOCK, CONDUCT, VILLAGE, SECONDMENT, QUARTERS),
    *(APPRAISEE, SCHEME, BALLOT, APPRAISAL, INSPECTION, SUMMARIES, COMMENDATION, HONOURS),
    *(RESERVE, ROUNDS),
    *(PLANNED, REPORTS, PROJECTS, MEDIA),
    *(CARE, SENDER, DIFFICULTIES),
    *(ASSISTANCE, POOR_VILLAGES, HOUSEHOLDS),
    *(PROMOTIONS, INCOME),
    *(DOSSIER, HELD),
)
PLANS = (
    *(raise_due, delist, assess),
    *(summaries_plans.file, summaries_plans.file_personal),
    *(honours_plans.allot, honours_plans.select, honours_plans.choose, honours_plans.grant, results_plans.give),
    *(ballots_plans.open_ballot, ballots_plans.count),
    *(grades_plans.score, grades_plans.rate, grades_plans.opine, grades_plans.grade, grades_plans.sign),
    *(works_plans.tell, rounds_plans.goes_round),
    *(senders_plans.hear, senders_plans.visit, senders_plans.meet, senders_plans.raise_problem),
    difficulties_plans.raise_one,
    *(assistance_plans.plan, assistance_plans.file),
    income_plans.of_a_village,
    dossier_plans.add,
)
