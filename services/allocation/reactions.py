"""What allocation does when personnel or evaluation has decided something. Foreign data is read tolerantly.

Invariant: what another service decided becomes an event of this log in the transaction that takes it in, or a refusal
that is recorded; nothing is asked back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kernel.messages import Context
from kernel.service import Reaction, Received, Room, Step
from services.allocation.demand import demand_plans
from services.allocation.demand.demand_plans import bound_unit, came, falls_back, went
from services.allocation.demand.succession import LoseFollower
from services.allocation.placement.division_plans import standing_at
from services.allocation.placement.engagement_plans import (
    engaging,
    engaging_alone,
    member_joined,
    member_left,
    released,
)
from services.allocation.placement.ledger_plans import amended, ledger_filed
from services.allocation.placement.nominee import ListNominee, Nominee
from services.allocation.placement.nominee_pool import NoteFailure, NoteReplacement
from services.allocation.placement.unit_plans import successor
from services.allocation.reserve.reserve_plans import reserve_changed
from services.allocation.swap.pair_state import Place
from services.allocation.swap.swap_composition import NoteComposition
from services.allocation.swap.swap_leg import FillPlace, LoseLeg, NoteReport
from services.allocation.swap.swap_plans import pair_stream
from services.allocation.targets import work_group_plans
from services.allocation.targets.binding import Bond, Release
from services.allocation.targets.binding_plans import binding_stream, village_stream
from services.allocation.targets.succession import AwaitSuccessor
from services.allocation.targets.target import NoteOnPost, NoteVacancy, ReleaseSuccessor
from services.allocation.targets.target_plans import target_stream
from services.allocation.targets.village_target import NoteTarget


def nominee_checked(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """InitialCheckPassed: the nominee is listed for placement."""
    data = received.data
    nominee = Nominee(data["nomination"], data["person"], data["channel"], data["kind"])
    yield Step(
        f"nominees/{data['programme']}.{data['unit']}",
        ListNominee(
            context=context,
            programme=data["programme"],
            unit=data["unit"],
            nominee=nominee,
            tags=tuple(data.get("tags") or ()),
        ),
    )


def nominee_cleared(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """NomineeCleared: a candidate of a programme with a procedure is listed, and a host county may assign a village."""
    facts = received.fields("programme", "unit")
    about = received.fields("person", "channel", "kind", "level")
    yield Step(
        f"nominees/{facts['programme']}.{facts['unit']}",
        ListNominee(
            context=context,
            **facts,
            nominee=Nominee(received.data["candidacy"], **about),
            tags=tuple(received.data.get("tags") or ()),
        ),
    )


def nominee_failed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """InitialCheckFailed: the person is assigned nowhere, and the unit has a place open until somebody takes it."""
    facts = received.fields("programme", "unit", "channel", "kind", "nomination", "person")
    note = NoteFailure(context=context, **facts, conditions=tuple(received.data.get("conditions") or ()))
    yield Step(f"pool/{facts['programme']}.{facts['unit']}", note)


def nominee_replaced(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """NomineeReplaced: the place of one who failed is taken by another person."""
    facts = received.fields("programme", "unit", "replaces", "nomination", "person")
    failed = tuple(received.data.get("failed_conditions") or ())
    note = NoteReplacement(context=context, **facts, failed_conditions=failed)
    yield Step(f"pool/{facts['programme']}.{facts['unit']}", note)


def on_post(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """CadreOnPost: the target is filled; where the county covers what is left, it is left less.

    Where townships form work groups, the cadre belongs to that of the place.
    """
    posting = received.data["posting"]
    stream = _stream_of(posting, room)
    fallback = falls_back(room, *_place_of(posting))
    if fallback:
        yield came(received, context)
        yield from amended(*_place_of(posting), posting, "entered", context, room)
    target = room.load(stream)
    late = target is not None and target.occupant is None and target.withdrawn
    if late and late.posting == posting:  # arrived before the withdrawal that was heard first
        yield engaging(context, late.person, posting, "confirmed", "posting")
    if not fallback or target is not None:
        yield Step(stream, NoteOnPost(context=context, posting=posting, person=received.data.get("person", "")))
    yield from work_group_plans.joined(*_place_of(posting), received, context, room)


def gone(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """CadreRecalled, CadreWithdrawn, PostAdjusted, TermEnded of a posting: the place is open again.

    Where the county covers what is left, it is left more. A swap leg has no posting; its pair ends by its own term.
    """
    posting = received.data.get("posting")
    if not posting:
        yield from released(received, context, received.data.get("leg") or "")
        return
    yield from released(received, context, posting)
    yield from work_group_plans.left(*_place_of(posting), received, context, room)
    stream = _stream_of(posting, room)
    target = room.load(stream)
    if falls_back(room, *_place_of(posting)):
        yield went(*_place_of(posting), received, context, room)
        yield from amended(*_place_of(posting), posting, "left", context, room)
        if target is None:
            return
    bound, unit = False, None
    if target is not None and target.occupant is not None:
        unit = successor(room, target.occupant.unit)
        binding = room.load(binding_stream(target.programme, unit, target.target))
        bound = binding is Bond.BOUND
    follows = received.data.get("successor")
    if follows:  # the incumbent's last day is the one before
        context = replace(context, occurred_on=date.fromisoformat(received.data["succeeded_on"]))
    cause = received.recorded.type
    note = NoteVacancy(context=context, posting=posting, cause=cause, bound=bound, successor=follows, unit=unit)
    yield Step(stream, note)


def successor_appointed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """SuccessorAppointed: who follows on the occupant, while the occupant serves (PE-108)."""
    data = received.data
    if falls_back(room, *_place_of(data["posting"])):
        yield demand_plans.follows(received, context, *_place_of(data["posting"]))
    else:
        who = {"person": data["appointed"], "takes_over": date.fromisoformat(data["takes_over"])}
        note = AwaitSuccessor(context=context, **received.fields("posting", "successor", "unit", "channel"), **who)
        yield Step(_stream_of(data["posting"], room), note)
    yield engaging_alone(room, context, data["appointed"], data["successor"], "confirmed", "successors")


def successor_lapsed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """SuccessorLapsed: whoever was to follow does not come, and is free of it; nothing of one it never waited for."""
    posting, cause = received.data["posting"], received.recorded.type
    yield from released(received, context, posting)
    programme, place = _place_of(posting)
    if falls_back(room, programme, place):
        lose = LoseFollower(context=context, programme=programme, posting=posting, cause=cause)
        yield Step(demand_plans.demand_stream(programme, place), lose)
        return
    target = room.load(stream := _stream_of(posting, room))
    if target is not None and target.next is not None and target.next.posting == posting:
        yield Step(stream, NoteVacancy(context=context, posting=posting, cause=cause, bound=False))


def village_reached_target(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """VillageDelisted: the unit is released and owes no successor; nothing else releases it.

    Where townships form work groups, the village is no longer one that a first deputy secretary may have in charge.
    """
    data = received.data
    programme = data.get("programme") or str(data.get("posting", "")).split(".", 1)[0]
    yield from work_group_plans.delisted(programme, data["target"], context, room)
    village, cause = standing_at(room, programme, data["target"]), received.recorded.type
    note = NoteTarget(context=context, programme=programme, target=village, cause=cause)
    yield Step(village_stream(programme, village), note)
    target = room.load(target_stream(programme, village))
    if target is not None:
        unit = target.occupant.unit if target.occupant else target.successor_of
    else:
        unit = bound_unit(room, programme, village)
    if unit is None:
        return
    release = Release(context=context, unit=unit, target=village, cause=cause)
    yield Step(binding_stream(programme, unit, village), release)
    if target is not None and target.successor_of is not None:
        yield Step(target_stream(programme, village), ReleaseSuccessor(context=context, cause=cause))


def leg_nominated(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """SwapLegNominated: a place of the pair is filled, by who holds nothing else (AL-047)."""
    data = received.data
    place = Place(
        leg=data["leg"],
        direction=data["direction"],
        level=data["level"],
        seat=data["seat"],
        person=data["person"],
        sending=data["sending"],
        host=data["host"],
    )
    yield Step(pair_stream(data["programme"], data["pair"]), FillPlace(context=context, place=place))
    yield engaging_alone(room, context, data["person"], data["leg"], "leg", "leg")


def list_counted(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """NomineesCounted: the composition of a city's list, where personnel could count it."""
    data = received.data
    legs = data.get("legs") or ()
    if not legs:
        return
    programme, number = legs[0].split(".", 2)[:2]
    pair = room.load(pair_stream(programme, int(number)))
    note = NoteComposition(
        context=context,
        **received.fields("programme", "city", "submission"),
        batch=pair.batch if pair is not None else 1,
        persons=len(legs),
        counts=data.get("counts"),
    )
    yield Step(f"swap-composition/{data['programme']}.{data['city']}", note)


def leg_reported(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """SecondmentReported: balance is restored where it was lost."""
    data = received.data
    yield Step(pair_stream(data["programme"], data["pair"]), NoteReport(context=context, leg=data["leg"]))


def leg_withdrawn(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """SecondmentWithdrawn: the pair is out of balance."""
    leg = received.data["leg"]
    programme, pair = leg.split(".", 2)[:2]
    yield Step(pair_stream(programme, int(pair)), LoseLeg(context=context, leg=leg))
    yield from released(received, context, leg)


def _place_of(posting: str) -> tuple[str, str]:
    """Programme and target of ``<programme>.<target>.<n>``."""
    programme, target, _ = posting.rsplit(".", 2)
    return programme, target


def _stream_of(posting: str, room: Room) -> str:
    """The target of a posting, where its place goes on."""
    programme, target = _place_of(posting)
    return target_stream(programme, standing_at(room, programme, target, posting))


REACTIONS: dict[str, Reaction] = {
    "personnel.InitialCheckPassed": nominee_checked,
    "personnel.NomineeCleared": nominee_cleared,
    "personnel.InitialCheckFailed": nominee_failed,
    "personnel.NomineeReplaced": nominee_replaced,
    "personnel.ReserveActivated": reserve_changed,
    "personnel.ReserveAppointed": reserve_changed,
    "personnel.ReserveRemoved": reserve_changed,
    "personnel.LedgerFiled": ledger_filed,
    "personnel.CadreOnPost": on_post,
    "personnel.SuccessorAppointed": successor_appointed,
    "personnel.SuccessorLapsed": successor_lapsed,
    "personnel.CadreRecalled": gone,
    "personnel.CadreWithdrawn": gone,
    "personnel.PostAdjusted": gone,
    "personnel.TermEnded": gone,
    "personnel.SwapLegNominated": leg_nominated,
    "personnel.NomineesCounted": list_counted,
    "personnel.WorkTeamMemberJoined": member_joined,
    "personnel.WorkTeamMemberLeft": member_left,
    "personnel.SecondmentReported": leg_reported,
    "personnel.SecondmentWithdrawn": leg_withdrawn,
    "evaluation.VillageDelisted": village_reached_target,
}

HEARD: frozenset[str] = frozenset(
    {
        "personnel.InitialCheckPassed",
        "personnel.InitialCheckFailed",
        "personnel.NomineeReplaced",
        "personnel.ReserveActivated",
        "personnel.ReserveAppointed",
        "personnel.ReserveRemoved",
        "personnel.LedgerFiled",
        "personnel.CadreOnPost",
        "personnel.CadreRecalled",
        "personnel.CadreWithdrawn",
        "personnel.PostAdjusted",
        "personnel.TermEnded",
        "personnel.SwapLegNominated",
        "personnel.SecondmentReported",
        "personnel.SecondmentWithdrawn",
        "evaluation.VillageDelisted",
    }
)
"""What versions before 0.3.0 followed, whose logs do not say so; nothing is added here (``kernel.following``)."""
