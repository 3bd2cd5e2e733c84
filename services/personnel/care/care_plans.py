"""Which postings a command about many concerns, and what each needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.messages import Context
from kernel.service import Room, Step
from services.personnel.care import committee, team, training
from services.personnel.care.assigned import AssignDuties, GiveLegWork, GiveWork
from services.personnel.legs.refusals import POSTING_OR_LEG
from services.personnel.postings.holding_plans import engaged
from services.personnel.postings.team_place import FreeTeamPlace, TakeTeamPlace

_SERVING = """
select posting, person from postings where programme = %s and target = %s and on_post_since <= %s
                                       and (ended_on is null or ended_on > %s)
"""


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


def record_committees(command: committee.RecordCommittees, room: Room) -> Iterable[Step]:
    """The village's stream, told who is on post there."""
    dispatched = _serving(room, command.programme, command.village, command.context.occurred_on)
    order = committee.Compose(**vars(command), dispatched=dispatched)
    return (Step(f"committees/{command.programme}.{command.village}", order),)


def file_election_roll(command: committee.FileElectionRoll, room: Room) -> Iterable[Step]:
    """The village's stream, told who is on post there on the day of the election."""
    dispatched = _serving(room, command.programme, command.village, command.held_on)
    order = committee.Enrol(**vars(command), dispatched=dispatched)
    return (Step(f"committees/{command.programme}.{command.village}", order),)


def join_work_team(command: team.JoinWorkTeam, room: Room) -> Iterable[Step]:
    """The team of the village, told of the person."""
    return joining(
        command.context, room, command.programme, command.target, command.person, command.unit, command.level
    )


def joining(
    context: Context, room: Room, programme: str, target: str, person: str, unit: str, level: str
) -> Iterable[Step]:
    """That a person joins a team, told whether the person is registered and what the person holds; and the claim."""
    village = room.load(f"villages/{programme}.{target[:6]}").kinds.get(target)
    order = team.Join(
        context=context,
        programme=programme,
        target=target,
        person=person,
        unit=unit,
        level=level,
        registered=room.load(f"person/{person}") is not None,
        engaged=engaged(room, person, ""),
        kind=village.kind if village is not None else None,
    )
    yield Step(f"work-team/{programme}.{target}", order)
    place = TakeTeamPlace(context=context, programme=programme, target=target, person=person)
    yield Step(f"work-team-place/{person}", place)


def leave_work_team(command: team.LeaveWorkTeam, room: Room) -> Iterable[Step]:
    """The team of the village, and the person's claim on it."""
    about = {"programme": command.programme, "target": command.target, "person": command.person}
    yield Step(f"work-team/{command.programme}.{command.target}", command)
    yield Step(f"work-team-place/{command.person}", FreeTeamPlace(context=command.context, **about))


def _serving(room: Room, programme: str, village: str, on: date) -> tuple[str, ...]:
    rows = room.find(_SERVING, programme, village, on, on)
    room.load_all(f"posting/{row['posting']}" for row in rows)  # whoever leaves meanwhile moves its stream
    return tuple(row["person"] for row in rows)
