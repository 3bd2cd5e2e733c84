"""Plans of placement: what each decision needs from other streams, loaded once for all steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kernel.grounds import in_force
from kernel.service import Room, Step
from programmes.readers.placement import BINDING_KINDS
from services.allocation.placement.engagement_plans import Confirming, disengaging, engagements, engaging
from services.allocation.placement.ledger import FeedBack, FeedBackLedger, LedgerRow
from services.allocation.placement.placement import (
    ConfirmPlacement,
    ConfirmPlacements,
    ReturnOne,
    ReturnPlacement,
)
from services.allocation.placement.propose import ProposePlacement, ProposePlacements
from services.allocation.placement.refusals import LEDGER_EMPTY, NOMINEE_TWICE, NOTHING_UNDER_REVIEW
from services.allocation.placement.review import OpenChannelReview, OpenReview, Reviewed
from services.allocation.placement.withdrawal import PlacementWithdrawn, WithdrawOne, WithdrawPlacement
from services.allocation.planning.planning_plans import said_by_plans
from services.allocation.quotas.quota_plans import local_quota_stream
from services.allocation.refusals import TARGET_UNKNOWN
from services.allocation.registers.register_plans import registered_notice
from services.allocation.registers.tier_organs import must_review, own_area, reviewed_by, tier_of
from services.allocation.targets.binding import Bond
from services.allocation.targets.binding_plans import bind, binding_stream
from services.allocation.targets.target_plans import target_stream
from services.allocation.targets.target_state import Target
from services.allocation.words import city_of


def propose(command: ProposePlacements, room: Room) -> Iterable[Step]:
    """One step a placement, with the nominee, the unit's ties and the number of the attempt."""
    programme = command.programme
    persons = [p.person for p in command.placements]
    if len(set(persons)) != len(persons):
        twice = next(p for p in persons if persons.count(p) > 1)
        raise NOMINEE_TWICE(twice=twice)
    units = sorted({p.unit for p in command.placements})
    nominees = room.load_all(f"nominees/{programme}.{unit}" for unit in units)
    registered = room.load_all(f"unit/{unit}" for unit in units)
    attempts = {
        row["person"]: row["attempts"]
        for row in room.find(
            "select person, attempts from nominees where programme = %s and person = any(%s)", programme, persons
        )
    }
    # After the attempts: a proposal that comes between is seen here, or claims the same attempt.
    engaged = engagements(room, persons)
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
                engaged=next(iter(engaged.get(placing.person, ())), None),
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
        raise NOTHING_UNDER_REVIEW()
    kinds = in_force(room.rules(programme), programme).value(BINDING_KINDS)
    persons = Confirming(room, programme, (t.proposal.person for t in targets if t.proposal))
    for target, reviewed in zip(targets, _reviewed(room, programme, targets), strict=True):
        binding: list[Step] = []
        held: list[Step] = []
        engaged = None
        if target.proposal is not None:
            unit, person = target.proposal.unit, target.proposal.person
            engaged = persons.elsewhere(person, target.target)
            holds = f"{programme}.{target.target}.{target.sequence + 1}"
            held = [engaging(command.context, person, holds, "confirmed", "targets")]
            if target.kind in kinds:
                binding += bind(command.context, programme, unit, target.target, room, refused=False)
        yield from binding
        one = ConfirmPlacement(
            context=command.context, target=target.target, reviewed=reviewed, bound=bool(binding), engaged=engaged
        )
        yield Step(target_stream(programme, target.target), one)
        yield from held


def send_back(command: ReturnPlacement, room: Room) -> Iterable[Step]:
    """One proposal back to its channel."""
    must_review_here(command, room)
    targets = _targets(room, command.programme, (command.target,))
    (reviewed,) = _reviewed(room, command.programme, targets)
    one = ReturnOne(context=command.context, target=command.target, reviewed=reviewed, reason=command.reason)
    yield Step(target_stream(command.programme, command.target), one)


def withdraw(command: WithdrawPlacement, room: Room) -> Iterable[Step]:
    """One confirmed placement, by a registered notice."""
    must_review_here(command, room)
    programme, code = command.programme, command.target
    notice = registered_notice(command.notice, room)
    target: Target | None = room.load(target_stream(programme, code))
    occupant = target.occupant if target is not None else None
    bound, amends, since = False, "", None
    if occupant is not None:
        bound = room.load(binding_stream(programme, occupant.unit, code)) is Bond.BOUND
        rows = room.find("select event, confirmed_on from placements where posting = %s", occupant.posting)
        if rows:
            amends, since = rows[0]["event"], rows[0]["confirmed_on"]
    asked = replace(command, notice=notice)
    yield Step(
        target_stream(programme, code),
        WithdrawOne(context=command.context, asked=asked, amends=amends, bound=bound, since=since),
    )
    if occupant is not None:
        yield disengaging(command.context, occupant.person, occupant.posting, PlacementWithdrawn.__name__)


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
        raise LEDGER_EMPTY(city="各市")
    for city, given in sorted(cities.items()):
        yield Step(
            f"ledger/{command.programme}.{city}",
            FeedBack(context=command.context, programme=command.programme, city=city, rows=tuple(given)),
        )


def must_review_here(command: OpenReview | ConfirmPlacements | ReturnPlacement | WithdrawPlacement, room: Room) -> None:
    """Refuse whoever may not review before anything is looked up, with the clause that says so (AL-018).

    Whoever reviews at some tier is judged by the tier of the channel, where one is named, and else by each target.
    """
    rules = in_force(room.rules(command.programme), command.programme)
    channel = None if isinstance(command, ReturnPlacement | WithdrawPlacement) else command.channel
    if channel is not None:
        must_review(command, rules, tier_of(channel), own_area(channel))
    elif not reviewed_by(rules, command.context.actor):
        must_review(command, rules)


def _targets(room: Room, programme: str, codes: Iterable[str]) -> list[Target]:
    found = room.load_all(target_stream(programme, code) for code in codes)
    for stream, target in found.items():
        if target is None:
            raise TARGET_UNKNOWN(target=stream.rsplit(".", 1)[1], field="targets")
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
