"""What the care of reserves needs to know of others: the year's plan, who stands on a roster, names to be sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kernel.service import Room, Step
from services.personnel.persons import form
from services.personnel.reserve_care.helpers import AssignHelper, AssignSealed
from services.personnel.reserve_care.library import SubmitReserveRoster, SubmitRoster
from services.personnel.reserve_care.refusals import HELPER_UNNAMED
from services.personnel.reserve_care.training import RecordReserveTraining, TrainReserve
from services.personnel.reserve_care.vacancy import PutForward, PutForwardKnown
from services.personnel.reserves.candidate import Reserve
from services.personnel.reserves.refusals import RESERVE_UNKNOWN

_LONGEST: Final = 100
_ACTIVE = "select person from reserves where programme = %s and village like %s and status = 'active' order by person"


def assign_helper(command: AssignHelper, room: Room) -> Iterable[Step]:
    """The assignment, name and post sealed under the reserve's key. Raises Rejected: ``helper_unnamed``."""
    state: Reserve | None = room.load(f"reserve/{command.reserve}")
    if state is None:
        raise RESERVE_UNKNOWN()
    read = {key: form.cell(command.about.get(key), key, key) for key in ("name", "post")}
    if set(command.about) - set(read) or any(wrong or not 0 < len(text) <= _LONGEST for text, wrong in read.values()):
        raise HELPER_UNNAMED()
    about = {key: text for key, (text, _) in read.items()}
    (sealed,) = room.tools["vault"].seal_all([(state.person, about)])
    order = AssignSealed(context=command.context, helper=command.helper, group=command.group, sealed=sealed)
    return (Step(f"reserve/{command.reserve}", order),)


def record_training(command: RecordReserveTraining, room: Room) -> Iterable[Step]:
    """The training, told whether the year's plan of the county has the session."""
    state: Reserve | None = room.load(f"reserve/{command.reserve}")
    planned = None
    if state is not None:
        county, year = state.village[:6], command.context.occurred_on.year
        planned = room.load(f"reserve-training-plan/{state.programme}.{county}.{year}")
    order = TrainReserve(
        context=command.context, asked=command, planned=bool(command.session) and command.session in (planned or ())
    )
    return (Step(f"reserve/{command.reserve}", order),)


def submit_roster(command: SubmitReserveRoster, room: Room) -> Iterable[Step]:
    """The roster, told who stands on it; each reserve itself says so."""
    found = room.find(_ACTIVE, command.programme, f"{command.township}%")
    states = room.load_all(f"reserve/{command.programme}.{row['person']}" for row in found)
    persons = tuple(state.person for state in states.values() if state is not None and state.status == "active")
    order = SubmitRoster(
        context=command.context, programme=command.programme, township=command.township, persons=persons
    )
    return (Step(f"reserve-report/{command.programme}.{command.township}", order),)


def put_forward(command: PutForward, room: Room) -> Iterable[Step]:
    """The candidate, told whose active reserve the person is."""
    state: Reserve | None = room.load(f"reserve/{command.programme}.{command.person}") if command.person else None
    order = PutForwardKnown(
        context=command.context,
        programme=command.programme,
        village=command.village,
        number=command.number,
        person=command.person,
        reason=command.reason,
        reserve_of=state.village if state is not None and state.status == "active" else "",
    )
    return (Step(f"reserve-vacancy/{command.programme}.{command.village}.{command.number}", order),)
