"""Steps 3 to 7: plan, tiers and quotas of 2018; units with their ties; channel schemes; targets and office holders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from demo import cast
from demo.selection import pool, select
from demo.stages.planted import PLANTED
from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System
from programmes import loader
from programmes.areas import registered

PROGRAMME = "LN2018"


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """From the batch plan to 838 open targets."""
    printed = rules()
    plan(world, printed)
    areas = registered("21")
    cities = tuple(next(g["cities"] for g in printed["quota.groups"] if g["arranger"] == "province"))
    chosen_from = pool(areas, cities)
    tier = next(t for t in printed["quota.tiers"] if t["tier"] == "province")
    picked = select(chosen_from, tier["townships"], tier["weak_villages"])
    world.pool = chosen_from.villages
    world.places = _places(world)
    units(world)
    schemes(world)
    _targets(world, picked.townships, picked.villages)


def rules() -> dict[str, Any]:
    """The values of the programme's rules by path, as printed."""
    return {path: rule["value"] for path, rule in loader.load(PROGRAMME).rules.items()}


def plan(world: World, printed: Mapping[str, Any], counties: Sequence[Mapping[str, Any]] = ()) -> None:
    """Scope, totals, tiers and channels as printed; ``counties`` are the villages behind the county tier, if known."""
    world.channels = printed["quota.channels"]
    world.units = cast.units(world.channels)
    groups = [{k: g[k] for k in _GROUP} for g in printed["quota.groups"]]
    tiers = {"tiers": printed["quota.tiers"], "counties": list(counties)}
    quotas = [{"channel": c["channel"], "total": c["total"]} for c in world.channels]
    for name, data in (
        ("DefineGroups", {"groups": groups}),
        ("PublishBatchPlan", printed["quota.batch"]),
        ("ProposeTierSplit", {}),
        ("FixTierSplit", tiers),
        ("SetChannelQuotas", {"quotas": quotas}),
    ):
        world.one(world.province(), name, {"programme": PROGRAMME, **data}, "2018-04-16")


_GROUP = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")


def units(world: World) -> None:
    """The channels register their units with their ties and give each its places; one place too many is refused."""
    units, on = world.units, "2018-04-17"
    offices = {u.id: world.channel(u.channel) for u in units}
    command = world.gateway.command

    def register(unit: cast.Unit) -> None:
        level = "enterprise" if unit.enterprise else "province"
        data = {"unit": unit.id, "name": unit.name, "channel": unit.channel, "level": level}
        command(offices[unit.id], "RegisterUnit", data, on)

    def tie(unit: cast.Unit) -> None:
        ties = cast.ties(unit, world.pool, len(units))
        helped = [t["area"] for t in ties if t["kind"] == "helped_village"]
        contacts = [t["area"] for t in ties if t["kind"] == "contact_point"]
        command(offices[unit.id], "RecordHelpTies", {"unit": unit.id, "helped": helped, "contacts": contacts}, on)

    def allot(unit: cast.Unit) -> None:
        data = {
            "programme": PROGRAMME,
            "unit": unit.id,
            "townships": unit.townships,
            "villages": unit.villages,
            "basis": cast.BASIS,
        }
        command(offices[unit.id], "SetUnitQuota", data, on)

    world.each(register, units)
    world.each(tie, units)
    last = max((u for u in units if u.channel == units[0].channel), key=lambda u: u.number)
    world.each(allot, [unit for unit in units if unit is not last])
    # The 341st place of the first channel.
    data = {"programme": PROGRAMME, "unit": last.id, "townships": last.townships, "villages": last.villages + 1}
    world.refused("quota_exceeded", offices[last.id], "SetUnitQuota", {**data, "basis": cast.BASIS}, on)
    world.each(allot, [last])


def schemes(world: World) -> None:
    """Each channel files its scheme."""
    for channel in world.channels:
        name = channel["channel"]
        units = [u.id for u in world.units if u.channel == name]
        data = {"programme": PROGRAMME, "channel": name, "title": f"{name}选派工作方案（合成）", "units": units}
        world.one(world.channel(name), "FileChannelScheme", data, "2018-04-17", after=("allocation",))


def _targets(world: World, townships: tuple[str, ...], villages: tuple[str, ...]) -> None:
    villages = _thinned(world, villages)
    townships = townships[: world.scale.townships] if world.scale.townships else townships
    world.targets = dict.fromkeys(townships, "township") | dict.fromkeys(villages, "village")
    targets = [{"target": c, "kind": k, "weak": k == "village"} for c, k in sorted(world.targets.items())]
    data = {"programme": PROGRAMME, "tier": "province", "synthetic": True, "targets": targets}
    world.one(world.province(), "OpenTargets", data, "2018-04-17")
    codes = sorted({code[:9] for code in world.targets})
    world.secretaries = {code: f"p-secretary-{code}" for code in codes}
    counties = sorted({code[:6] for code in codes})

    def record(county: str) -> None:
        holders = [
            {"organ": code, "post": "party_secretary", "person": world.secretaries[code], "since": "2016-01-01"}
            for code in codes
            if code.startswith(county)
        ]
        world.gateway.command(world.county(county), "RecordOfficeHolder", {"holders": holders}, "2018-04-17")

    world.each(record, counties)


def _places(world: World) -> list[cast.Place]:
    """The places to be filled, numbered as the roster's rows."""
    every = list(cast.places(world.units))
    if world.scale.townships is not None:
        townships = [p for p in every if p.kind == "township"][: world.scale.townships]
        villages = [p for p in every if p.kind == "village"][: world.scale.villages]
        every = sorted((*townships, *villages), key=lambda place: place.row)
    return [replace(place, row=row) for row, place in enumerate(every, 1)]


def _thinned(world: World, villages: tuple[str, ...]) -> tuple[str, ...]:
    """The villages of the scale: on a small one those with a planted exception and others at even distances."""
    count = world.scale.villages
    if count is None:
        return villages
    kept = set(PLANTED)
    rest = [v for v in villages if v not in kept]
    kept |= {rest[i * len(rest) // (count - len(kept))] for i in range(count - len(kept))}
    return tuple(sorted(kept))
