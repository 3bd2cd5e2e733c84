"""The parts of the pool of reserves, and the plans of its commands."""

from __future__ import annotations

from typing import Any

from kernel.messages import Event
from kernel.part import Part
from services.personnel.reserve_care import care_plans, helpers, opinion, records, training
from services.personnel.reserve_care.library import KEEPER, REPORTS
from services.personnel.reserve_care.training import TRAINING_PLAN
from services.personnel.reserve_care.vacancy import VACANCY
from services.personnel.reserves import publicity, recommendation, removal, reserve_plans, selection, use
from services.personnel.reserves.announcement import ANNOUNCEMENT
from services.personnel.reserves.candidate import Reserve
from services.personnel.reserves.joint_meeting import JOINT_MEETING
from services.personnel.reserves.refusals import RESERVE_UNKNOWN
from services.personnel.reserves.reserve import SOURCING
from services.personnel.scopes import programme_of

_EVOLVES = (
    *(selection.evolve, publicity.evolve, removal.evolve, use.evolve),
    *(records.evolve, training.evolve, helpers.evolve, opinion.evolve),
)


def _evolve(state: Reserve | None, event: Event) -> Reserve | None:
    state = recommendation.evolve(state, event)
    if state is not None:
        for evolve in _EVOLVES:
            state = evolve(state, event)
    return state


RESERVE = Part(
    "reserve/{reserve}",
    None,
    scope=programme_of,
    absent=RESERVE_UNKNOWN,
    decides=(
        recommendation.recommend,
        selection.qualify,
        selection.attest,
        selection.evaluate,
        selection.select,
        selection.inspect,
        selection.determine,
        selection.activate,
        selection.end,
        publicity.post,
        publicity.close,
        removal.propose,
        removal.approve,
        removal.file,
        removal.remove,
        use.propose,
        use.approve,
        use.file,
        use.hear,
        use.appoint,
        use.elect,
        records.record,
        training.train,
        helpers.assign,
        helpers.release,
        helpers.talk,
        helpers.talk_with_all,
        opinion.note,
    ),
    evolve=_evolve,
)
"""One person in the pool."""

PARTS: tuple[Part[Any], ...] = (
    *(SOURCING, JOINT_MEETING, ANNOUNCEMENT, RESERVE),
    *(TRAINING_PLAN, KEEPER, REPORTS, VACANCY),
)
PLANS = (
    reserve_plans.recommend_reserve,
    reserve_plans.check_qualification,
    reserve_plans.open_publicity,
    reserve_plans.propose_use,
    care_plans.assign_helper,
    care_plans.record_training,
    care_plans.submit_roster,
    care_plans.put_forward,
)
