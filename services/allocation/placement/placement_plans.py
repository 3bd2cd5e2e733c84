"""Plans of quotas, targets and placement: what each decision needs from other streams, loaded once for all steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kernel.messages import Rejected
from kernel.service import Room, Step
from programmes.aliases import canonical
from services.allocation.grounds import in_force
from services.allocation.placement.ledger import FeedBack, FeedBackLedger, LedgerRow
from services.allocation.placement.placement import (
    ConfirmPlacement,
    ConfirmPlacements,
    ReturnOne,
    ReturnPlacement,
)
from services.allocation.placement.propose import ProposePlacement, ProposePlacements
from services.allocation.placement.review import OpenChannelReview, OpenReview, Reviewed
from services.allocation.placement.tier_organs import must_review, own_area, reviewed_by, tier_of
from services.allocation.planning.planning_plans import said_by_plans
from services.allocation.quotas.batch_calendar import CheckBatch, CheckOpenPlaces
from services.allocation.quotas.quota import AssignUnitQuota, ChannelTotal, SetChannelQuotas, SetUnitQuota
from services.allocation.quotas.unit_division import DivideAmong, DivideChannelPlaces
from services.allocation.registers.register_plans import register_of, registers
from services.allocation.targets.binding_plans import bind
from services.allocation.targets.target import OpenTarget, OpenTargets
from services.allocation.targets.target_state import Target
from services.allocation.words import city_of


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


def open_targets(command: OpenTargets, room: Room) -> Iterable[Step]:
    """One step a target, each with the number of its place in tier and kind."""
    batch = room.load(f"batch/{command.programme}")
    row = batch.tier(command.tier)
    held = registers(room, (o.target for o in command.targets))
    taken = {
        found["kind"]: found["n"]
        for found in room.find(
            "select kind, count(*) as n from targets where programme = %s and tier = %s group by kind",
            command.programme,
            command.tier,
        )
    }
    for opening in command.targets:
        taken[opening.kind] = place = taken.get(opening.kind, 0) + 1
        quota = None
        if row is not None:
            quota = row.townships if opening.kind == "township" else row.weak_villages + row.other_villages
        yield Step(
            target_stream(command.programme, opening.target),
            OpenTarget(
                context=command.context,
                programme=command.programme,
                tier=command.tier,
                synthetic=command.synthetic,
                opening=opening,
                place=place,
                quota=quota,
                arranger=batch.arranger(opening.target),
                registered=held[register_of(opening.target)].holds(opening.target),
            ),
        )


def propose(command: ProposePlacements, room: Room) -> Iterable[Step]:
    """One step a placement, with the nominee, the unit's ties and the number of the attempt."""
    programme = command.programme
    persons = [p.person for p in command.placements]
    if len(set(persons)) != len(persons):
        twice = next(p for p in persons if persons.count(p) > 1)
        raise Rejected(
            "nominee_twice",
            f"人选 {twice} 出现两次，一人一点。",
            field="placements.person",
            accepted="每名人选只列一次",
        )
    units = sorted({p.unit for p in command.placements})
    nominees = room.load_all(f"nominees/{programme}.{unit}" for unit in units)
    registered = room.load_all(f"unit/{unit}" for unit in units)
    attempts = {
        row["person"]: row["attempts"]
        for row in room.find(
            "select person, attempts from nominees where programme = %s and person = any(%s)", programme, persons
        )
    }
    planned = said_by_plans(room, programme, persons, [p.target for p in command.placements])
    waivers = room.load(f"placement-terms/{programme}").waivers
    for placing in command.placements:
        unit = registered[f"unit/{placing.unit}"]
        yield Step(
            target_stream(programme, placing.target),
            ProposePlacement(
                context=command.context,
                channel=command.channel,
                placing=placing,
                nominee=nominees[f"nominees/{programme}.{placing.unit}"].get(placing.person),
                ties=unit.ties if unit else (),
                attempt=attempts.get(placing.person, 0) + 1,
                planned=planned(placing.person, placing.target),
                waived=frozenset(
                    rule for rule, person, target in waivers if (person, target) == (placing.person, placing.target)
                ),
            ),
        )


def open_review(command: OpenReview, room: Room) -> Iterable[Step]:
    """The channel's open proposals, as its targets hold them now."""
    must_review_here(command, room)
    rows = room.find(
        "select target from targets where programme = %s and channel = %s and state = 'proposed'",
        command.programme,
        command.channel,
    )
    targets = _targets(room, command.programme, (row["target"] for row in rows))
    proposals = tuple(
        Reviewed(t.target, t.proposal.number)
        for t in targets
        if t.proposal is not None and t.proposal.channel == command.channel
    )
    area = own_area(command.channel)
    if area:
        unassigned = room.load(local_quota_stream(command.programme, area)).unassigned
    else:
        unassigned = room.load(f"batch/{command.programme}").unassigned(command.channel)
    yield Step(
        f"review/{command.programme}.{command.channel}",
        OpenChannelReview(
            context=command.context,
            programme=command.programme,
            channel=command.channel,
            proposals=proposals,
            unassigned=unassigned,
        ),
    )


def confirm(command: ConfirmPlacements, room: Room) -> Iterable[Step]:
    """Two steps a village (binding, placement), one a township; all or none."""
    must_review_here(command, room)
    programme = command.programme
    targets = _targets(room, programme, command.targets or _under_review(command, room))
    if not targets:
        raise Rejected(
            "nothing_proposed",
            "没有待确定的人选。",
            rule="placement.confirm",
            field="channel",
            accepted="已进入复核的人选",
        )
    kinds = in_force(room.rules(programme), programme).value("binding.kinds")
    for target, reviewed in zip(targets, _reviewed(room, programme, targets), strict=True):
        binds = target.kind in kinds and target.proposal is not None
        if binds and target.proposal is not None:
            unit = target.proposal.unit
            yield from bind(command.context, programme, unit, target.target, room, refused=False)
        one = ConfirmPlacement(context=command.context, target=target.target, reviewed=reviewed, bound=binds)
        yield Step(target_stream(programme, target.target), one)


def send_back(command: ReturnPlacement, room: Room) -> Iterable[Step]:
    """One proposal back to its channel."""
    must_review_here(command, room)
    targets = _targets(room, command.programme, (command.target,))
    (reviewed,) = _reviewed(room, command.programme, targets)
    one = ReturnOne(context=command.context, target=command.target, reviewed=reviewed, reason=command.reason)
    yield Step(target_stream(command.programme, command.target), one)


def feed_back(command: FeedBackLedger, room: Room) -> Iterable[Step]:
    """One step a city that has rows it was not given yet."""
    rows = room.find(
        "select target, kind, posting, person, unit, channel from placements"
        " where programme = %s and state = 'confirmed' and edition = 0 and city like %s order by posting",
        command.programme,
        f"{command.city or ''}%",
    )
    cities: dict[str, list[LedgerRow]] = {command.city: []} if command.city else {}
    for row in rows:
        cities.setdefault(city_of(row["target"]), []).append(LedgerRow(**row))
    if not cities:
        raise Rejected(
            "ledger_empty",
            "没有新确定的选派需要反馈。",
            rule="ledger.feedback",
            field="city",
            accepted="有尚未反馈的已确定选派时",
        )
    for city, given in sorted(cities.items()):
        yield Step(
            f"ledger/{command.programme}.{city}",
            FeedBack(context=command.context, programme=command.programme, city=city, rows=tuple(given)),
        )


def check_batch(command: CheckBatch, room: Room) -> Iterable[Step]:
    """How many targets of the batch have no confirmed placement, and how many villages it demands have nobody."""
    (row,) = room.find(
        "select (select count(*) from targets where programme = %s and state in ('open', 'proposed', 'under_review'))"
        " + (select count(*) from demanded_villages"
        " where programme = %s and (weak_party or registered_poor) and posting = '') as n",
        command.programme,
        command.programme,
    )
    asked = CheckOpenPlaces(context=command.context, asked=command, open_places=row["n"])
    yield Step(f"batch/{command.programme}", asked)


def target_stream(programme: str, code: str) -> str:
    """The stream of a target."""
    return f"target/{programme}.{code}"


def local_quota_stream(programme: str, area: str) -> str:
    """The stream of what a city or county sends by its own decision."""
    return f"local-quota/{programme}.{area}"


def must_review_here(command: OpenReview | ConfirmPlacements | ReturnPlacement, room: Room) -> None:
    """Refuse whoever may not review before anything is looked up, with the clause that says so (AL-018).

    Whoever reviews at some tier is judged by the tier of the channel, where one is named, and else by each target.
    """
    rules = in_force(room.rules(command.programme), command.programme)
    channel = None if isinstance(command, ReturnPlacement) else command.channel
    if channel is not None:
        must_review(command, rules, tier_of(channel), own_area(channel))
    elif not reviewed_by(rules, command.context.actor):
        must_review(command, rules)


def _targets(room: Room, programme: str, codes: Iterable[str]) -> list[Target]:
    found = room.load_all(target_stream(programme, code) for code in codes)
    for stream, target in found.items():
        if target is None:
            raise Rejected(
                "target_unknown",
                f"{stream.rsplit('.', 1)[1]} 不是派驻点。",
                kind="unknown",
                field="targets",
                accepted="已开设的派驻点代码",
            )
    return list(found.values())


def _under_review(command: ConfirmPlacements, room: Room) -> list[str]:
    sql = "select target, tier from targets where programme = %s and state = 'under_review'"
    if command.channel is None:
        rows = room.find(f"{sql} order by target", command.programme)
    else:
        rows = room.find(f"{sql} and channel = %s order by target", command.programme, command.channel)
    actor = command.context.actor
    tiers = reviewed_by(in_force(room.rules(command.programme), command.programme), actor)
    return [row["target"] for row in rows if row["tier"] in tiers and actor.covers(row["target"])]


def _reviewed(room: Room, programme: str, targets: list[Target]) -> list[bool]:
    channels = {t.proposal.channel for t in targets if t.proposal}
    reviews = room.load_all(f"review/{programme}.{channel}" for channel in sorted(channels))
    return [
        t.proposal is not None
        and Reviewed(t.target, t.proposal.number) in reviews[f"review/{programme}.{t.proposal.channel}"]
        for t in targets
    ]
