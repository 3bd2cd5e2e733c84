"""Plans of demand: the stream of a county, which postings of personnel concern it, and the quotas entered for it.

Invariant: only a programme whose rules know the county as last resort keeps such streams; others leave no trace here.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Context
from kernel.service import Received, Room, Step
from services.allocation.county_fallback import FALLBACK, NoteLeft, NoteSent
from services.allocation.local_quota import SetLocalQuota
from services.allocation.register_plans import must_be_registered
from services.allocation.unit_county_quota import SetUnitCountyQuotas
from services.allocation.village_kinds import RecordVillageKinds


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


def falls_back(room: Room, programme: str, target: str) -> bool:
    """True where the county covers what the tiers above leave."""
    rules = room.rules(programme, target)
    return rules is not None and rules.find(FALLBACK) is not None


def came(received: Received, context: Context) -> Step:
    """CadreOnPost in a programme that falls back on the county."""
    facts = received.fields("programme", "target", "posting")
    note = NoteSent(context=context, **facts, source=received.data.get("tier", ""))
    return Step(demand_stream(facts["programme"], facts["target"]), note)


def went(programme: str, target: str, received: Received, context: Context) -> Step:
    """A posting's end in a programme that falls back on the county."""
    note = NoteLeft(
        context=context, programme=programme, posting=received.data["posting"], cause=received.recorded.type
    )
    return Step(demand_stream(programme, target), note)
