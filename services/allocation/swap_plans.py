"""Plans of the swap programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from kernel.errors import BadInput
from kernel.service import Room, Step
from programmes.areas import registered
from programmes.faults import Ambiguous
from services.allocation.grounds import in_force
from services.allocation.pair_state import Pair
from services.allocation.poor_counties import LIST, DefinePoorCounties, SetPoorCounties
from services.allocation.register_plans import must_be_registered
from services.allocation.swap import EndSwaps
from services.allocation.swap_leg import AgreeLegPost, AgreePost
from services.allocation.swap_list import FixList, FixStandings, Standing
from services.allocation.swap_pair import PAIRS, DefinePair, DefineSwapPairs, NameSwapPartner, PairPlan

_PLAN = tuple(f.name for f in fields(PairPlan))


def define_poor_counties(command: DefinePoorCounties, room: Room) -> Iterable[Step]:
    """The set by codes: printed short forms are resolved inside the actor's province, never guessed."""
    printed = in_force(room.rules(command.programme)).value(LIST)
    names = command.counties or [row["county"] for row in printed]
    codes = tuple(name if name.isdigit() else _county(name, command) for name in names)
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
            raise BadInput(unclear.sentence, code=unclear.code, field="counties", accepted=unclear.accepted) from None
        except KeyError:
            continue
    raise BadInput(
        f"没有可用来查找“{printed}”的区划登记册。",
        code="area_unknown",
        field="counties",
        accepted="令牌辖区所在省的县（市、区）名称",
    )


def define_pairs(command: DefineSwapPairs, room: Room) -> Iterable[Step]:
    """One step a pair."""
    plans = command.pairs or tuple(
        PairPlan(**{name: row[name] for name in _PLAN}) for row in in_force(room.rules(command.programme)).value(PAIRS)
    )
    areas = [area for plan in plans for area in (plan.poor_area, plan.developed_area) if area]
    must_be_registered(room, areas, "pairs")
    for plan in plans:
        step = DefinePair(context=command.context, programme=command.programme, plan=plan)
        yield Step(pair_stream(command.programme, plan.pair), step)


def name_partner(command: NameSwapPartner, room: Room) -> Iterable[Step]:
    """One pair's partner, a registered division."""
    must_be_registered(room, (command.developed_area,), "developed_area")
    yield Step(pair_stream(command.programme, command.pair), command)


def fix_list(command: FixList, room: Room) -> Iterable[Step]:
    """How every pair whose partner is named stands, level by level."""
    standings = tuple(
        Standing(pair.pair, level, pair.each[level], pair.filled("out", level), pair.filled("back", level))
        for pair in pairs(room, command.programme).values()
        if pair is not None and pair.developed_area is not None
        for level in pair.levels
    )
    step = FixStandings(context=command.context, programme=command.programme, standings=standings)
    yield Step(f"swap-list/{command.programme}", step)


def agree_post(command: AgreePost, room: Room) -> Iterable[Step]:
    """One leg's post, on its pair."""
    listed = room.load(f"swap-list/{command.programme}")
    step = AgreeLegPost(context=command.context, asked=command, listed=listed)
    yield Step(pair_stream(command.programme, command.pair), step)


def end_swaps(command: EndSwaps, room: Room) -> Iterable[Step]:
    """Every pair of the programme; those not due stay as they are."""
    for number in pairs(room, command.programme):
        yield Step(pair_stream(command.programme, number), command)


def pair_stream(programme: str, pair: int) -> str:
    """The stream of a pair."""
    return f"pair/{programme}.{pair}"


def pairs(room: Room, programme: str) -> dict[int, Pair | None]:
    """The pairs of the notice by number, None for one that is not defined yet."""
    rows: list[dict[str, Any]] = in_force(room.rules(programme)).value(PAIRS)
    numbers = [row["pair"] for row in rows]
    loaded = room.load_all(pair_stream(programme, number) for number in numbers)
    return {number: loaded[pair_stream(programme, number)] for number in numbers}
