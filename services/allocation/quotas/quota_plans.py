"""Plans of quotas: what each decision needs from other streams, loaded once for all steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kernel.grounds import not_in_future
from kernel.service import Room, Step
from programmes.aliases import canonical
from services.allocation.quotas.batch import Batch
from services.allocation.quotas.batch_calendar import CheckBatch, CheckOpenPlaces
from services.allocation.quotas.city_plan import CityPlaces, EnterCityPlan, EnterPlan
from services.allocation.quotas.quota import AssignUnitQuota, ChannelTotal, SetChannelQuotas, SetUnitQuota
from services.allocation.quotas.unit_division import DivideAmong, DivideChannelPlaces
from services.allocation.registers.tier_organs import own_area


def set_channel_quotas(command: SetChannelQuotas, room: Room) -> Iterable[Step]:
    """All channels at once; an enterprise may be named in any printed form (X-013)."""
    quotas = tuple(ChannelTotal(canonical("enterprise", q.channel) or q.channel, q.total) for q in command.quotas)
    yield Step(f"batch/{command.programme}", replace(command, quotas=quotas))


def set_unit_quota(command: SetUnitQuota, room: Room) -> Iterable[Step]:
    """A unit's quota, decided among all quotas of the batch; that of a city's or county's unit among those there."""
    unit = room.load(f"unit/{command.unit}")
    channel = unit.channel if unit else None
    asked = AssignUnitQuota(context=command.context, asked=command, channel=channel)
    local = channel is not None and own_area(channel)
    yield Step(local_quota_stream(command.programme, local) if local else f"batch/{command.programme}", asked)


def divide_channel(command: DivideChannelPlaces, room: Room) -> Iterable[Step]:
    """A channel's places among its units, with who manages each of them."""
    found = room.load_all(sorted({f"unit/{claim.unit}" for claim in command.units}))
    managed_by = {c.unit: unit.channel if (unit := found[f"unit/{c.unit}"]) else None for c in command.units}
    yield Step(f"batch/{command.programme}", DivideAmong(context=command.context, asked=command, managed_by=managed_by))


def check_batch(command: CheckBatch, room: Room) -> Iterable[Step]:
    """How many targets of the batch have no confirmed placement, and how many villages it demands have nobody."""
    not_in_future(command.as_of, command)
    (row,) = room.find(
        "select (select count(*) from targets where programme = %s and state in ('open', 'proposed', 'under_review'))"
        " + (select count(*) from demanded_villages"
        " where programme = %s and (weak_party or registered_poor) and posting = '') as n",
        command.programme,
        command.programme,
    )
    asked = CheckOpenPlaces(context=command.context, asked=command, open_places=row["n"])
    yield Step(f"batch/{command.programme}", asked)


def enter_city_plan(command: EnterCityPlan, room: Room) -> Iterable[Step]:
    """The plan of one city beside those of its group, with the targets that it has opened."""
    batch: Batch = room.load(f"batch/{command.programme}")
    (row,) = room.find(
        "select count(*) filter (where kind = 'township') as townships, count(*) filter (where kind = 'village')"
        " as villages from targets where programme = %s and city = %s",
        command.programme,
        command.city,
    ) or ({"townships": 0, "villages": 0},)
    group = next((g for g in batch.groups if command.city in g.cities), None)
    opened = CityPlaces(row["townships"], row["villages"])
    yield Step(
        f"city-plans/{command.programme}",
        EnterPlan(context=command.context, asked=command, group=group, opened=opened),
    )


def local_quota_stream(programme: str, area: str) -> str:
    """The stream of what a city or county sends by its own decision."""
    return f"local-quota/{programme}.{area}"
