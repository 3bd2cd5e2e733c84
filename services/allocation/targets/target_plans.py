"""Plans of targets: what each decision needs from other streams, loaded once for all steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kernel.service import Room, Step
from services.allocation.quotas.batch import Batch
from services.allocation.quotas.city_plan import CityPlaces
from services.allocation.quotas.tiers import TierRow
from services.allocation.registers.register_plans import must_be_registered, register_of, registered_notice, registers
from services.allocation.targets.closing import CloseOne, CloseTarget
from services.allocation.targets.target import OpenTarget, OpenTargets
from services.allocation.words import city_of


def open_targets(command: OpenTargets, room: Room) -> Iterable[Step]:
    """One step a target, each with the number of its place in tier and kind, or in a city that arranges itself."""
    batch: Batch = room.load(f"batch/{command.programme}")
    plans = room.load(f"city-plans/{command.programme}")
    held = registers(room, (o.target for o in command.targets))
    taken = {
        (found["among"], found["kind"]): (found["n"], found["live"])
        for found in room.find(
            "select case when city = any(%s) then city else tier end as among, kind, count(*) as n,"
            " count(*) filter (where closed_on is null) as live from targets where programme = %s group by 1, 2",
            [city for group in batch.groups if group.arranger == "city" for city in group.cities],
            command.programme,
        )
    }
    for opening in command.targets:
        arranger = batch.arranger(opening.target)
        among = city_of(opening.target) if arranger == "city" else command.tier
        opened, live = taken.get((among, opening.kind), (0, 0))
        taken[among, opening.kind] = place, live = opened + 1, live + 1
        places = plans.get(among) if arranger == "city" else batch.tier(among)
        quota = None if places is None else _of_kind(places, opening.kind)
        yield Step(
            target_stream(command.programme, opening.target),
            OpenTarget(
                context=command.context,
                programme=command.programme,
                tier=command.tier,
                synthetic=command.synthetic,
                opening=opening,
                place=int(f"{among}{place:04}") if arranger == "city" else place,
                live=live,
                quota=quota,
                arranger=arranger,
                registered=held[register_of(opening.target)].holds(opening.target),
            ),
        )


def close_target(command: CloseTarget, room: Room) -> Iterable[Step]:
    """One target, by a registered notice; what takes its place is a registered division."""
    notice = registered_notice(command.notice, room)
    if command.into is not None:
        must_be_registered(room, (command.into,), "into")
    batch: Batch = room.load(f"batch/{command.programme}")
    rows = room.find(
        "select event from targets where programme = %s and target = %s", command.programme, command.target
    )
    yield Step(
        target_stream(command.programme, command.target),
        CloseOne(
            context=command.context,
            asked=replace(command, notice=notice),
            arranger=batch.arranger(command.target),
            amends=rows[0]["event"] if rows else "",
        ),
    )


def _of_kind(places: TierRow | CityPlaces, kind: str) -> int:
    """The places of a kind."""
    if kind == "township":
        return places.townships
    return places.villages if isinstance(places, CityPlaces) else places.weak_villages + places.other_villages


def target_stream(programme: str, code: str) -> str:
    """The stream of a target."""
    return f"target/{programme}.{code}"
