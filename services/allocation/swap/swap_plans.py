"""Plans of the swap programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from kernel.grounds import in_force, not_in_future
from kernel.messages import Context
from kernel.service import Room, Step
from kernel.text import digits
from programmes.areas import registered
from programmes.faults import Ambiguous
from programmes.readers.swap import PAIRS, POOR_COUNTIES_LIST
from services.allocation.registers.register_plans import must_be_registered, of_fault
from services.allocation.swap.pair_plan import PairPlan
from services.allocation.swap.pair_state import Pair
from services.allocation.swap.poor_counties import DefinePoorCounties, SetPoorCounties
from services.allocation.swap.refusals import AREA_REGISTER_MISSING, PAIR_NUMBER_TAKEN, PAIRS_UNLISTED
from services.allocation.swap.support_measure import FileSupportMeasure, MeasureOf, ReportSupportMeasure
from services.allocation.swap.swap import EndSwaps
from services.allocation.swap.swap_batch import AdmitPairs, OpenRound, OpenSwapBatch, Rounds
from services.allocation.swap.swap_list import FixList, FixStandings, Standing
from services.allocation.swap.swap_pair import DefinePair, DefineSwapPairs, NameSwapPartner
from services.allocation.swap.swap_post import AgreeLegPost, AgreePost, ProposeLegPost, ProposePost

_PLAN = tuple(f.name for f in fields(PairPlan) if f.name != "department")


def define_poor_counties(command: DefinePoorCounties, room: Room) -> Iterable[Step]:
    """The set by codes: printed short forms are resolved inside the actor's province, never guessed."""
    printed = in_force(room.rules(command.programme), command.programme).value(POOR_COUNTIES_LIST)
    names = command.counties or [row.county for row in printed]
    codes = tuple(name if digits(name) else _county(name, command) for name in names)
    must_be_registered(room, codes, "counties")
    yield Step(
        f"poor-counties/{command.programme}",
        SetPoorCounties(context=command.context, programme=command.programme, counties=codes),
    )


def _county(printed: str, command: DefinePoorCounties) -> str:
    for province in command.context.actor.areas:
        try:
            return registered(province).resolve(printed, province, "county").code
        except Ambiguous as unclear:
            raise of_fault(unclear, "counties", unclear.sentence) from None
        except KeyError:
            continue
    raise AREA_REGISTER_MISSING(printed=printed)


def support_measure(command: FileSupportMeasure | ReportSupportMeasure, room: Room) -> Iterable[Step]:
    """A city's measure, or the report on it, with the pair it is for."""
    pair: Pair | None = room.load(pair_stream(command.programme, command.pair))
    yield Step(f"support-measures/{command.programme}", MeasureOf(context=command.context, asked=command, pair=pair))


def define_pairs(command: DefineSwapPairs, room: Room) -> Iterable[Step]:
    """One step a pair; a later round admits them first."""
    plans = command.pairs
    if not plans and command.batch == 1:
        printed = in_force(room.rules(command.programme), command.programme).value(PAIRS)
        plans = tuple(PairPlan(**{name: getattr(row, name) for name in _PLAN}) for row in printed)
    if not plans:
        raise PAIRS_UNLISTED()
    yield from defined(command.context, command.programme, command.batch, plans, room)


def defined(
    context: Context, programme: str, batch: int, plans: tuple[PairPlan, ...], room: Room, *, adopted: bool = False
) -> Iterable[Step]:
    """The steps that define ``plans`` in a round."""
    areas = [area for plan in plans for area in (plan.poor_area, plan.developed_area) if area and len(area) > 2]
    must_be_registered(room, areas, "pairs")
    starts_on = None
    if batch != 1:
        _must_be_new(programme, plans, room)
        admit = AdmitPairs(context=context, programme=programme, batch=batch, plans=plans, adopted=adopted)
        yield Step(batches_stream(programme), admit)
        rounds: Rounds = room.load(batches_stream(programme))
        starts_on = rounds[batch].starts_on if batch in rounds else None
    for plan in plans:
        step = DefinePair(context=context, programme=programme, plan=plan, batch=batch, starts_on=starts_on)
        yield Step(pair_stream(programme, plan.pair), step)


def _must_be_new(programme: str, plans: tuple[PairPlan, ...], room: Room) -> None:
    printed = {row.pair for row in in_force(room.rules(programme), programme).value(PAIRS)}
    old = next((plan.pair for plan in plans if plan.pair in printed or plan.pair < 1), None)
    if old is not None:
        raise PAIR_NUMBER_TAKEN(pair=old, last=max(printed))


def open_batch(command: OpenSwapBatch, room: Room) -> Iterable[Step]:
    """A round, with how the pairs of the earlier one stand."""
    earlier = [p for p in pairs(room, command.programme, command.batch - 1).values() if p is not None and p.confirmed]
    step = OpenRound(
        context=command.context,
        asked=command,
        running=sum(pair.ended_on is None for pair in earlier),
        ended_on=max((pair.ended_on for pair in earlier if pair.ended_on is not None), default=None),
    )
    yield Step(batches_stream(command.programme), step)


def name_partner(command: NameSwapPartner, room: Room) -> Iterable[Step]:
    """One pair's partner, a registered division."""
    must_be_registered(room, (command.developed_area,), "developed_area")
    yield Step(pair_stream(command.programme, command.pair), command)


def fix_list(command: FixList, room: Room) -> Iterable[Step]:
    """How every pair of the round whose partner is named stands, level by level."""
    standings = tuple(
        Standing(pair.pair, level, pair.each[level], pair.filled("out", level), pair.filled("back", level))
        for pair in pairs(room, command.programme, command.batch).values()
        if pair is not None and pair.developed_area is not None
        for level in pair.levels
    )
    step = FixStandings(context=command.context, programme=command.programme, standings=standings, batch=command.batch)
    yield Step(list_stream(command.programme, command.batch), step)


def propose_post(command: ProposePost, room: Room) -> Iterable[Step]:
    """One leg's post, on its pair."""
    step = ProposeLegPost(context=command.context, asked=command, listed=_listed(command, room))
    yield Step(pair_stream(command.programme, command.pair), step)


def agree_post(command: AgreePost, room: Room) -> Iterable[Step]:
    """One leg's post, on its pair."""
    step = AgreeLegPost(context=command.context, asked=command, listed=_listed(command, room))
    yield Step(pair_stream(command.programme, command.pair), step)


def _listed(command: ProposePost | AgreePost, room: Room) -> bool:
    """Whether the list of the pair's round is fixed."""
    pair = room.load(pair_stream(command.programme, command.pair))
    listed: bool = room.load(list_stream(command.programme, pair.batch if pair is not None else 1))
    return listed


def end_swaps(command: EndSwaps, room: Room) -> Iterable[Step]:
    """Every pair of the programme; those not due stay as they are."""
    not_in_future(command.as_of, command)
    for number in pairs(room, command.programme):
        yield Step(pair_stream(command.programme, number), command)


def pair_stream(programme: str, pair: int) -> str:
    """The stream of a pair."""
    return f"pair/{programme}.{pair}"


def list_stream(programme: str, batch: int) -> str:
    """The stream of a round's list."""
    return f"swap-list/{programme}" if batch == 1 else f"swap-list/{programme}.{batch}"


def batches_stream(programme: str) -> str:
    """The stream of the rounds after the first."""
    return f"swap-batches/{programme}"


def pairs(room: Room, programme: str, batch: int | None = None) -> dict[int, Pair | None]:
    """The pairs of a round, or of all, by number: None for a pair of the notice that is not defined yet."""
    rows = in_force(room.rules(programme), programme).value(PAIRS)
    numbers = [row.pair for row in rows] if batch in (None, 1) else []
    rounds: Rounds = room.load(batches_stream(programme))
    numbers += [number for of, found in rounds.items() if batch in (None, of) for number in found.pairs]
    loaded = room.load_all(pair_stream(programme, number) for number in numbers)
    return {number: loaded[pair_stream(programme, number)] for number in numbers}
