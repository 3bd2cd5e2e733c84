"""Which postings a command about many concerns, and what each needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.care import training
from services.personnel.care.assigned import AssignDuties, GiveLegWork, GiveWork
from services.personnel.legs.refusals import POSTING_OR_LEG


def record_pre_post_training(command: training.RecordPrePostTraining, room: Room) -> Iterable[Step]:
    """The attendance of each, told when the province mobilised its programme."""
    for posting in command.postings:
        done = room.load(f"programme-record/{posting.partition('.')[0]}").get(training.MOBILISATION.name, ())
        mobilised_on = min(done, default=None)
        order = training.TrainBeforePost(
            context=command.context,
            session=command.session,
            topics=command.topics,
            mobilised_on=mobilised_on,
        )
        yield Step(f"posting/{posting}", order)


def record_induction(command: training.RecordInduction, room: Room) -> Iterable[Step]:
    """The attendance of each."""
    for posting in command.postings:
        yield Step(f"posting/{posting}", training.Induct(context=command.context, session=command.session))


def record_skill_training(command: training.RecordSkillTraining, room: Room) -> Iterable[Step]:
    """The attendance of each."""
    for posting in command.postings:
        order = training.TrainSkill(context=command.context, session=command.session, organiser=command.organiser)
        yield Step(f"posting/{posting}", order)


def assign_duties(command: AssignDuties, room: Room) -> Iterable[Step]:
    """The posting or the leg. Raises Rejected: ``posting_or_leg``."""
    if (command.posting is None) == (command.leg is None):
        raise POSTING_OR_LEG()
    if command.posting is not None:
        return (Step(f"posting/{command.posting}", GiveWork(context=command.context, duties=command.duties)),)
    return (Step(f"leg/{command.leg}", GiveLegWork(context=command.context, duties=command.duties)),)
