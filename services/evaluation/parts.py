"""The parts of evaluation, and the plans of its commands."""

from __future__ import annotations

from kernel.part import Part, each
from kernel.profiles import PROGRAMME
from programmes import managed
from services.evaluation.assessment import assessment, review, secondment
from services.evaluation.assessment.assessment_plans import assess
from services.evaluation.assessment.refusals import SECONDMENT_UNKNOWN
from services.evaluation.clocks import case, clock, obligation, trigger
from services.evaluation.clocks.clock_plans import delist, raise_due
from services.evaluation.clocks.refusals import CLOCK_UNKNOWN
from services.evaluation.clocks.waiting import WAITING
from services.evaluation.conduct.conduct import CONDUCT
from services.evaluation.quarters.quarter_review import QUARTERS
from services.evaluation.scopes import scope, scope_of_leg
from services.evaluation.villages.village import VILLAGE

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
    decides=(secondment.note_secondment, assessment.assess, review.review),
    evolve=each(secondment.noted, assessment.assessed, review.reviewed),
)
"""One secondment as far as it is assessed."""

PARTS = (managed.PART, PROGRAMME, WAITING, CLOCK, CONDUCT, VILLAGE, SECONDMENT, QUARTERS)
PLANS = (raise_due, delist, assess)
