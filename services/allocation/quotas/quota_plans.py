"""Plans of quotas: what each decision needs from other streams, loaded once for all steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kernel.grounds import not_in_future
from kernel.service import Room, Step
from programmes.aliases import canonical
from programmes.readers.quota import CHANNELS, TIERS
from services.allocation.quotas.amendment import AmendBatchPlan, AmendPlan, CloseAmended, CloseAmendment
from services.allocation.quotas.batch import Batch
from services.allocation.quotas.batch_calendar import CheckBatch, CheckOpenPlaces
from services.allocation.quotas.city_plan import CityPlaces, EnterCityPlan, EnterPlan
from services.allocation.quotas.quota import AssignUnitQuota, ChannelTotal, Places, SetChannelQuotas, SetUnitQuota
from services.allocation.quotas.refusals import QUOTA_BELOW_FILLED
from services.allocation.quotas.scope import foot
from services.allocation.quotas.tiers import FixTierSplit
from services.allocation.quotas.unit_division import DivideAmong, DivideChannelPlaces
from services.allocation.registers.register_plans import registered_notice
from services.allocation.registers.tier_organs import own_area


def set_channel_quotas(command: SetChannelQuotas, room: Room) -> Iterable[Step]:
    """All channels at once; an enterprise may be named in any printed form (X-013)."""
    quotas = tuple(ChannelTotal(canonical("enterprise", q.channel) or q.channel, q.total) for q in command.quotas)
    rows = room.find(f"select channel, count(*) as n {_FILLED} group by channel", command.programme)
    filled = {row["channel"]: row["n"] for row in rows}
    for quota in quotas:
        if quota.total < filled.get(quota.channel, 0):
            raise QUOTA_BELOW_FILLED(
                whose=quota.channel,
                kind="",
                filled=filled[quota.channel],
                wanted=quota.total,
                field="quotas.total",
                rule=CHANNELS.path,
            )
    yield Step(f"batch/{command.programme}", replace(command, quotas=quotas))


def set_unit_quota(command: SetUnitQuota, room: Room) -> Iterable[Step]:
    """A unit's quota, decided among all quotas of the batch; that of a city's or county's unit among those there."""
    unit = room.load(f"unit/{command.unit}")
    channel = unit.channel if unit else None
    filled = _filled(room, command.programme, command.unit)
    asked = AssignUnitQuota(context=command.context, asked=command, channel=channel, filled=filled)
    local = channel is not None and own_area(channel)
    yield Step(local_quota_stream(command.programme, local) if local else f"batch/{command.programme}", asked)


def divide_channel(command: DivideChannelPlaces, room: Room) -> Iterable[Step]:
    """A channel's places among its units, with who manages each of them."""
    found = room.load_all(sorted({f"unit/{claim.unit}" for claim in command.units}))
    managed_by = {c.unit: unit.channel if (unit := found[f"unit/{c.unit}"]) else None for c in command.units}
    filled = {claim.unit: _filled(room, command.programme, claim.unit) for claim in command.units}
    divide = DivideAmong(context=command.context, asked=command, managed_by=managed_by, filled=filled)
    yield Step(f"batch/{command.programme}", divide)


def _filled(room: Room, programme: str, unit: str) -> Places:
    """The places of a unit whose cadre is confirmed, as its targets hold them: who confirms meanwhile moves one."""
    rows = room.find("select target from targets where programme = %s and unit = %s", programme, unit)
    targets = room.load_all(f"target/{programme}.{row['target']}" for row in rows).values()
    kinds = [t.kind for t in targets if t is not None and t.occupant is not None and t.occupant.unit == unit]
    return Places(kinds.count("township"), kinds.count("village"))


def fix_tier_split(command: FixTierSplit, room: Room) -> Iterable[Step]:
    """The split of a batch, where no tier falls below its places whose cadre is confirmed (AL-049)."""
    rows = room.find(
        f"select tier, kind, weak, count(*) as n {_FILLED} and not (city = any(%s)) group by tier, kind, weak",
        command.programme,
        _self_arranged(room.load(f"batch/{command.programme}")),
    )
    filled = {(row["tier"], _part(row["kind"], row["weak"])): row["n"] for row in rows}
    for tier in command.tiers:
        for part, called in _PARTS.items():
            held, wanted = filled.get((tier.tier, part), 0), getattr(tier, part)
            if wanted < held:
                raise QUOTA_BELOW_FILLED(
                    whose=f"{tier.tier} 级",
                    kind=called,
                    filled=held,
                    wanted=wanted,
                    field=f"tiers.{part}",
                    rule=TIERS.path,
                )
    yield Step(f"batch/{command.programme}", command)


def amend_batch(command: AmendBatchPlan, room: Room) -> Iterable[Step]:
    """The plan that stands, by a registered notice."""
    notice = registered_notice(command.notice, room)
    rows = room.find("select plan from batches where programme = %s", command.programme)
    amends = rows[0]["plan"] if rows else ""
    asked = replace(command, notice=notice)
    yield Step(f"batch/{command.programme}", AmendPlan(context=command.context, asked=asked, amends=amends))


def close_amendment(command: CloseAmendment, room: Room) -> Iterable[Step]:
    """The plan with what stands beside it: the cities' own plans, and the targets opened under its tiers."""
    batch: Batch = room.load(f"batch/{command.programme}")
    plans: Mapping[str, CityPlaces] = room.load(f"city-plans/{command.programme}")
    lines = []
    for group in batch.groups:
        if group.arranger == "city":
            entered = sum(plans[city].townships + plans[city].villages for city in group.cities if city in plans)
            lines.append(foot(f"group {group.group}: plans of the cities", entered, group.cadres))
    rows = room.find(
        "select tier, kind, weak, city, count(*) as n from targets where programme = %s and closed_on is null"
        " group by tier, kind, weak, city",
        command.programme,
    )
    ours = _self_arranged(batch)
    outside = sum(row["n"] for row in rows if batch.arranger(row["city"]) is None)
    lines.append(foot("targets outside the groups", outside, 0))
    for tier in batch.tiers:
        for part in _PARTS:
            opened = sum(
                row["n"]
                for row in rows
                if (row["tier"], _part(row["kind"], row["weak"])) == (tier.tier, part) and row["city"] not in ours
            )
            places = getattr(tier, part)
            lines.append(foot(f"targets of {tier.tier} beyond its {part}", max(opened, places), places))
    yield Step(f"batch/{command.programme}", CloseAmended(context=command.context, asked=command, beside=tuple(lines)))


_FILLED = "from targets where programme = %s and state in ('confirmed', 'on_post') and closed_on is null"
_PARTS = {"townships": "乡镇", "weak_villages": "薄弱村", "other_villages": "其他村"}
"""The parts of a tier, and what officials call them."""


def _part(kind: str, weak: bool) -> str:
    return "townships" if kind == "township" else "weak_villages" if weak else "other_villages"


def _self_arranged(batch: Batch) -> list[str]:
    return [city for group in batch.groups if group.arranger == "city" for city in group.cities]


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
        " as villages from targets where programme = %s and city = %s"
        " and closed_on is null",
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
