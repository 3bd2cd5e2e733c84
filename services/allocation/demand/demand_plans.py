"""Plans of demand: the stream of a county, what is entered and assigned there, which postings concern it.

Invariant: only a programme whose rules know the county as last resort keeps such streams; others leave no trace here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.messages import Context
from kernel.service import Received, Room, Step
from services.allocation.demand.county_fallback import FALLBACK, NoteLeft, NoteSent
from services.allocation.demand.succession import AwaitFollower
from services.allocation.demand.village_assignment import AssignTo, AssignVillage, NoteConsultation, RecordConsultation
from services.allocation.demand.village_funds import RecordVillageFunds
from services.allocation.demand.village_kinds import RecordVillageKinds
from services.allocation.demand.work_team import FormWorkTeam
from services.allocation.placement.engagement_plans import engaging_alone
from services.allocation.quotas.local_quota import SetLocalQuota
from services.allocation.quotas.unit_county_quota import SetUnitCountyQuotas
from services.allocation.registers.register_plans import must_be_registered
from services.allocation.registers.unit import Unit
from services.allocation.targets.binding import Bond
from services.allocation.targets.binding_plans import bind, binding_stream


def demand_stream(programme: str, area: str) -> str:
    """The stream of the county in which ``area`` lies."""
    return f"demand/{programme}.{area[:6]}"


def record_kinds(command: RecordVillageKinds, room: Room) -> Iterable[Step]:
    """The kinds of registered villages of one county."""
    must_be_registered(room, (village.target for village in command.villages), "villages.target")
    yield Step(demand_stream(command.programme, command.county), command)


def set_county_quotas(command: SetUnitCountyQuotas, room: Room) -> Iterable[Step]:
    """Places of provincial units by registered county."""
    must_be_registered(room, (row.county for row in command.rows), "rows.county")
    yield Step(f"county-quotas/{command.programme}", command)


def set_local_quota(command: SetLocalQuota, room: Room) -> Iterable[Step]:
    """The own quota of a registered city or county."""
    must_be_registered(room, (command.area,), "area")
    yield Step(f"local-quota/{command.programme}.{command.area}", command)


def record_funds(command: RecordVillageFunds, room: Room) -> Iterable[Step]:
    """Funds of registered villages of one county."""
    must_be_registered(room, (one.target for one in command.funds), "funds.target")
    yield Step(f"funds/{command.programme}.{command.county}", command)


def falls_back(room: Room, programme: str, target: str) -> bool:
    """True where the county covers what the tiers above leave."""
    rules = room.rules(programme, target)
    return rules is not None and rules.has(FALLBACK)


def came(received: Received, context: Context) -> Step:
    """CadreOnPost in a programme that falls back on the county."""
    facts = received.fields("programme", "target", "posting")
    note = NoteSent(context=context, **facts, source=received.data.get("tier", ""))
    return Step(demand_stream(facts["programme"], facts["target"]), note)


def went(programme: str, target: str, received: Received, context: Context, room: Room) -> Step:
    """A posting's end in a programme that falls back on the county."""
    stream = demand_stream(programme, target)
    note = NoteLeft(
        context=context,
        programme=programme,
        posting=received.data["posting"],
        cause=received.recorded.type,
        bound=bound_unit(room, programme, target) is not None,
        successor=received.data.get("successor"),
    )
    return Step(stream, note)


def follows(received: Received, context: Context, programme: str, target: str) -> Step:
    """SuccessorAppointed in a programme that falls back on the county."""
    facts = received.fields("posting", "successor", "unit", "channel")
    order = AwaitFollower(
        context=context,
        programme=programme,
        target=target,
        person=received.data["appointed"],
        takes_over=date.fromisoformat(received.data["takes_over"]),
        **facts,
    )
    return Step(demand_stream(programme, target), order)


def bound_unit(room: Room, programme: str, target: str) -> str | None:
    """The unit that was assigned the village, or owes it a successor, and is bound to it still."""
    unit = room.load(demand_stream(programme, target)).unit_of(target)
    if unit is None or room.load(binding_stream(programme, unit, target)) is not Bond.BOUND:
        return None
    return str(unit)


def record_consultation(command: RecordConsultation, room: Room) -> Iterable[Step]:
    """A unit's talk with a host county."""
    unit = room.load(f"unit/{command.unit}")
    note = NoteConsultation(context=command.context, asked=command, channel=unit.channel if unit else None)
    yield Step(demand_stream(command.programme, command.county), note)


def assign_village(command: AssignVillage, room: Room) -> Iterable[Step]:
    """The assignment and, with it, the binding of unit and village (AL-044) and the claim on the person (AL-047)."""
    must_be_registered(room, (command.target,), "target")
    unit = room.load(f"unit/{command.unit}")
    pool = room.load(f"pool/{command.programme}.{command.unit}")
    demand = room.load(demand_stream(command.programme, command.target))
    owed = demand.owed.get(command.target)
    step = AssignTo(
        context=command.context,
        asked=command,
        channel=unit.channel if unit else None,
        helps=unit is not None and command.target in unit.ties,
        owed_by=bound_unit(room, command.programme, command.target) if owed else None,
        pool=pool,
        nominee=room.load(f"nominees/{command.programme}.{command.unit}").get(command.person),
        places=_places(command, unit, room),
    )
    yield Step(demand_stream(command.programme, command.target), step)
    yield from bind(command.context, command.programme, command.unit, command.target, room, refused=True)
    holds = f"{command.programme}.{command.target}.{demand.numbers.get(command.target, 0) + 1}"
    yield engaging_alone(room, command.context, command.person, holds, "confirmed", "person")


def _places(command: AssignVillage, unit: Unit | None, room: Room) -> int | None:
    """The unit's places in the county, where it stands in the table of provincial units, there by its printed name."""
    row = room.load(f"county-quotas/{command.programme}").get(unit.name) if unit is not None else None
    return row.places if row is not None and row.county == command.target[:6] else None


def form_team(command: FormWorkTeam, room: Room) -> Iterable[Step]:
    """The work team of a registered village."""
    must_be_registered(room, (command.target,), "target")
    yield Step(demand_stream(command.programme, command.target), command)
