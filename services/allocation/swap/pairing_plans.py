"""Plans of free pairing: wishes of a round, what is known when it is paired, the adoption that defines its pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel import offload
from kernel.grounds import in_force
from kernel.rules import Rules
from kernel.service import Room, Step
from programmes.readers.swap import NOT_AGAIN, PAIRS, POOR_COUNTIES_LIST, RING_MAX, WEIGHTS
from services.allocation.registers.register_plans import must_be_registered
from services.allocation.swap.pair_plan import ACROSS, WITHIN, PairPlan
from services.allocation.swap.pairing import NotProven, Pairing, TooManyRings, Wishes
from services.allocation.swap.pairing_refusals import NO_PAIRING_PROVEN, PAIRING_TOO_LARGE
from services.allocation.swap.refusals import SWAP_BATCH_CLOSED
from services.allocation.swap.swap_batch import Round, Rounds
from services.allocation.swap.swap_plans import batches_stream, defined, pairs
from services.allocation.swap.swap_wish import AdoptPairing, AdoptRings, WishSwap, WithdrawSwapWish, must_hold
from services.allocation.words import city_of

_LEVELS = {"city": 4, "county": 6}


def wish(command: WishSwap, room: Room) -> Iterable[Step]:
    """One wish, of registered divisions, in a programme that was published."""
    in_force(room.rules(command.programme), command.programme)
    must_be_registered(room, (command.area,), "area")
    must_be_registered(room, command.hosts, "hosts")
    yield Step(wishes_stream(command.programme, command.batch), command)


def withdraw(command: WithdrawSwapWish, room: Room) -> Iterable[Step]:
    """One wish taken back."""
    yield Step(wishes_stream(command.programme, command.batch), command)


def adopt(command: AdoptPairing, room: Room) -> Iterable[Step]:
    """The adoption on the wishes' stream, the pairs admitted by the round, each pair's definition: all or none."""
    programme, batch = command.programme, command.batch
    rounds: Rounds = room.load(batches_stream(programme))
    here = rounds.get(batch, Round())
    if here.starts_on is None:
        raise SWAP_BATCH_CLOSED(batch=batch)
    must_hold([one.areas for one in command.rings], in_force(room.rules(programme), programme).value(RING_MAX))
    known = wishes_of(command, room)
    best = solved(known, 2, room.tools)
    yield Step(
        wishes_stream(programme, batch),
        AdoptRings(
            context=command.context,
            asked=command,
            known=known,
            best=tuple(ring.areas for ring in best.rings),
            total=best.total,
            bound=best.bound,
        ),
    )
    chosen = [one.areas for one in command.rings] or [ring.areas for ring in best.rings]
    first = max(pairs(room, programme)) + 1
    plans = tuple(_plan(number, areas, known, here) for number, areas in enumerate(chosen, first))
    yield from defined(command.context, programme, batch, plans, room, adopted=True)


def wishes_of(command: AdoptPairing, room: Room) -> Wishes:
    """What is known of a round, from the streams of this service."""
    programme, batch = command.programme, command.batch
    rules = in_force(room.rules(programme), programme)
    rounds: Rounds = room.load(batches_stream(programme))
    here = rounds.get(batch, Round())
    earlier = pairs(room, programme, batch - 1).values()
    return known_of(
        room.load(wishes_stream(programme, batch)),
        poor_areas(rules),
        weights_of(rules),
        [(p.poor_area, p.developed_area) for p in earlier if p and p.developed_area] if rules.value(NOT_AGAIN) else [],
        [side for sides in here.pairs.values() for side in sides],
        {party: row.pairs for party, row in here.quota.items()} if here.quota else None,
        list(here.parties),
    )


def poor_areas(rules: Rules) -> set[str]:
    """The poor side of every printed pair, and the poor counties. Raises as ``Rules.value`` does."""
    return {row.poor_area for row in rules.value(PAIRS)} | {row.county for row in rules.value(POOR_COUNTIES_LIST)}


def weights_of(rules: Rules) -> Mapping[str, int]:
    """The weights of directions by name. Raises as ``Rules.value`` does."""
    return dict(rules.value(WEIGHTS).items())


def known_of(
    wishes: Mapping[str, tuple[str, ...]],
    poor: Iterable[str],
    weights: Mapping[str, int],
    last: Iterable[tuple[str, str]],
    taken: Iterable[str],
    quota: Mapping[str, int] | None,
    admitted: list[str],
) -> Wishes:
    """What a pairing depends on: ``taken`` areas are out, ``quota`` counts pairs by party, less those ``admitted``."""
    out = set(taken)
    room = {}
    if quota is not None:
        left = {party: quota.get(party, 0) - admitted.count(party) for party in _LEVELS}
        room = {digits: 2 * max(0, left[party]) for party, digits in _LEVELS.items()}
    return Wishes(
        {area: tuple(hosts) for area, hosts in wishes.items() if area not in out},
        frozenset(poor),
        weights,
        frozenset((min(two), max(two)) for two in last),
        room,
    )


def solved(known: Wishes, cycles: int, tools: Mapping[str, Any]) -> Pairing:
    """The best pairing, worked out beside whatever else the process answers.

    Raises:
        BadInput: ``pairing_too_large``.
        Busy: where the solver proved nothing.
    """
    try:
        found: Pairing = offload.of(tools)(_paired, known, cycles)
    except TooManyRings as large:
        count, most = large.args
        raise PAIRING_TOO_LARGE(count=count, most=most) from None
    except NotProven as unproven:
        raise NO_PAIRING_PROVEN() from unproven
    return found


def _paired(known: Wishes, cycles: int) -> Pairing:
    from services.allocation.swap.pairing_solver import pair  # what solves is loaded where something is solved

    return pair(known, cycles)


def wishes_stream(programme: str, batch: int) -> str:
    """The stream of a round's wishes."""
    return f"swap-wishes/{programme}.{batch}"


def _plan(number: int, areas: tuple[str, ...], known: Wishes, here: Round) -> PairPlan:
    """The pair of two areas, the poor one first, with the numbers entered for its level."""
    poor, developed = sorted(areas[:2], key=lambda area: (area not in known.poor, area))
    level = next((name for name, digits in _LEVELS.items() if digits == len(poor)), "county")
    row = here.quota.get(level)
    city, county, township = row.each if row else (0, 0, 0)
    within = level == "county" and city_of(poor) == city_of(developed)
    return PairPlan(
        pair=number,
        level=level,
        mode=WITHIN if within else ACROSS,
        poor_city=city_of(poor),
        poor_area=poor,
        developed_city=city_of(developed),
        developed_area=developed,
        city_each=city,
        county_each=county,
        township_each=township,
        party=level,
    )
