"""Plan, tiers and quotas; the senders of all tiers with their units, ties, places and schemes; the targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo.stages import quotas
from demo.whole.selection import committees, whole
from demo.whole.senders import Sender, senders
from demo.whole.world import PROGRAMME, WholeWorld
from programmes.areas import registered

ON = "2018-04-17"
BASIS = "synthetic weights"
ARRANGED_BY_ITSELF = "2101"


def play(world: WholeWorld) -> None:
    """From the batch plan to places divided among the units of all tiers."""
    printed = quotas.rules()
    areas = registered("21")
    group = next(g for g in printed["quota.groups"] if g["arranger"] == "province")
    every = whole(areas, group, {row["tier"]: row for row in printed["quota.tiers"]})
    counties = [{"county": c, "villages": n, "weak": weak} for c, (n, weak) in every.by_county().items()]
    quotas.plan(world, printed, counties)
    world.pool = every.chosen_from.villages
    world.picked = world.extent.of(every)
    world.senders = list(senders(world.picked, areas, committees(areas, group["cities"])))
    world.local = {unit.id: unit for sender in world.senders for unit in sender.units}
    quotas.units(world)
    quotas.schemes(world)
    world.each(lambda sender: local(world, sender), world.senders)


def local(world: WholeWorld, sender: Sender) -> None:
    """A city or county enters its quota and divides it among its units, which file under its scheme."""
    office, command, (townships, villages) = world.office(sender.area), world.gateway.command, sender.places
    quota = {"tier": sender.tier, "area": sender.area, "places": townships + villages, "townships": townships}
    command(office, "SetLocalQuota", {"programme": PROGRAMME, **quota, "basis": BASIS}, ON)
    for unit in sender.units:
        named = {"unit": unit.id, "name": unit.name, "channel": sender.area, "level": sender.tier}
        command(office, "RegisterUnit", named, ON)
        helped, contacts = sender.ties(unit)
        command(office, "RecordHelpTies", {"unit": unit.id, "helped": helped, "contacts": contacts}, ON)
        places = {"unit": unit.id, "townships": unit.townships, "villages": unit.villages}
        command(office, "SetUnitQuota", {"programme": PROGRAMME, **places, "basis": BASIS}, ON)
    scheme = {"channel": sender.area, "title": f"{sender.area} 选派工作方案（合成）", "units": [*_ids(sender)]}
    command(office, "FileChannelScheme", {"programme": PROGRAMME, **scheme}, ON, after=("allocation",))


def _ids(sender: Sender) -> Sequence[str]:
    return [unit.id for unit in sender.units]


def targets(world: WholeWorld) -> None:
    """Every place of the three tiers is opened; one in a city that arranges itself is refused (AL-003)."""
    picked = world.chosen
    for tier, townships, weak, other in (
        ("province", picked.province.townships, picked.province.villages, ()),
        ("city", picked.city.townships, picked.city.villages, ()),
        ("county", (), (), picked.county),
    ):
        wanted: list[dict[str, Any]] = [{"target": code, "kind": "township", "weak": False} for code in townships]
        wanted += [{"target": code, "kind": "village", "weak": True} for code in weak]
        wanted += [{"target": code, "kind": "village", "weak": False} for code in other]
        for start in range(0, len(wanted), AT_ONCE):
            part = {"tier": tier, "synthetic": True, "targets": wanted[start : start + AT_ONCE]}
            world.one(world.province(), "OpenTargets", {"programme": PROGRAMME, **part}, ON)
    foreign = next(code for code in committees(registered("21"), (ARRANGED_BY_ITSELF,)))
    refused = {"tier": "province", "synthetic": True, "targets": [{"target": foreign, "kind": "village", "weak": True}]}
    world.refused("arranged_by_city", world.province(), "OpenTargets", {"programme": PROGRAMME, **refused}, ON)


AT_ONCE = 1000
