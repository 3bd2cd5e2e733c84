"""Nearness and the exact assignment."""

from __future__ import annotations

import itertools
import random

import pytest

from deploy.demo import cast
from deploy.demo.selection import pool, select
from programmes.areas import registered
from services.allocation.nearness import RANKS, Nearest, Ties
from services.allocation.placement_solver import Assigned, Sender, solve
from tests.unit.allocation.ground import LN2018

RANK = LN2018.value(RANKS)
TIE = "210727101208"


@pytest.mark.parametrize(
    ("target", "rank"),
    [
        ("210727101208", 0),
        ("210727101209", 1),
        ("210727101", 1),
        ("210727102208", 2),
        ("210727102", 2),
        ("210726101208", 3),
        ("211302101", 4),
    ],
)
def test_ranks_by_the_common_part_of_the_codes(target: str, rank: int) -> None:
    assert Ties((TIE,), RANK).nearest(target) == Nearest(rank, TIE if rank < 4 else None)


def test_the_nearest_of_several_ties_counts() -> None:
    ties = Ties(("211302101201", "210727102208", TIE), RANK)
    assert ties.nearest("210727101209") == Nearest(1, TIE)
    assert ties.nearest("210727103209") == Nearest(2, TIE)  # the first of equals by code
    assert Ties((), RANK).nearest(TIE) == Nearest(4, None)


def synthetic(seed: int) -> tuple[list[str], list[Sender]]:
    """Six villages and three units with two places each, in two cities."""
    chance = random.Random(seed)
    villages = [f"2107{27 + n % 2}10{n % 3}2{n:02d}" for n in range(9)] + [f"21130210120{n}" for n in range(3)]
    targets = chance.sample(villages, 6)
    return targets, [Sender(f"U{n}", "C", 2, tuple(chance.sample(villages, 2))) for n in range(3)]


def least(targets: list[str], senders: list[Sender]) -> int:
    """The least total by trying every way."""
    near = {s.unit: Ties(s.ties, RANK) for s in senders}
    slots = [s.unit for s in senders for _ in range(s.places)]
    return min(
        sum(near[unit].nearest(target).rank for unit, target in zip(way, targets, strict=True))
        for way in set(itertools.permutations(slots))
    )


@pytest.mark.parametrize("seed", range(8))
def test_no_other_assignment_is_nearer_and_the_order_of_input_does_not_count(seed: int) -> None:
    targets, senders = synthetic(seed)
    found = solve(targets, senders, RANK)
    assert sum(a.rank for a in found) == least(targets, senders)
    assert [a.target for a in found] == sorted(targets)
    assert {s.unit: sum(a.unit == s.unit for a in found) for s in senders} == {"U0": 2, "U1": 2, "U2": 2}
    assert solve(targets[::-1], senders[::-1], RANK) == found


@pytest.mark.req("AL-016")
def test_the_838_places_lie_1528_ranks_away_and_no_exchange_of_two_is_nearer() -> None:
    rules = LN2018
    group = next(g for g in rules.value("quota.groups") if g["arranger"] == "province")
    chosen = pool(registered("21"), tuple(group["cities"]))
    picked = select(chosen, 51, 787)
    units = cast.units(rules.value("quota.channels"))
    ties = {u.id: tuple(t["area"] for t in cast.ties(u, chosen.villages, len(units))) for u in units}
    totals = {}
    for kind, targets in (("townships", picked.townships), ("villages", picked.villages)):
        senders = [Sender(u.id, u.channel, getattr(u, kind), ties[u.id]) for u in units]
        found = solve(targets, senders, RANK)
        assert {a.unit: sum(b.unit == a.unit for b in found) for a in found} == {
            s.unit: s.places for s in senders if s.places
        }
        assert all(bool(a.reason) == (a.rank > 0) for a in found)
        assert not nearer_by_exchange(found, ties)
        totals[kind] = sum(a.rank for a in found)
    assert totals == {"townships": 99, "villages": 1429}


def nearer_by_exchange(found: list[Assigned], ties: dict[str, tuple[str, ...]]) -> list[tuple[Assigned, Assigned]]:
    """Pairs of places whose units would both together be nearer if they exchanged: none where the total is least."""
    near = {unit: Ties(own, RANK) for unit, own in ties.items()}
    rank = {(u, a.target): near[u].nearest(a.target).rank for u in {a.unit for a in found} for a in found}
    far = [a for a in found if a.rank >= 3]
    return [(a, b) for a in far for b in found if rank[a.unit, b.target] + rank[b.unit, a.target] < a.rank + b.rank]


def test_a_bound_target_goes_to_its_unit_alone() -> None:
    near, far = Sender("U1", "C", 1, (TIE,)), Sender("U2", "C", 1, ("211302101201",))
    (alone,) = solve([TIE], [near, far], RANK, {TIE: "U2"})
    assert (alone.unit, alone.rank, alone.reason) == ("U2", 4, "结对单位补派")
    assert solve([TIE], [near], RANK, {TIE: "U2"}) == []


def test_more_targets_than_places_leave_some_open() -> None:
    found = solve([TIE, "211302101201"], [Sender("U1", "C", 1, (TIE,)), Sender("U2", "C", 0, (TIE,))], RANK)
    assert [(a.target, a.unit, a.rank, a.reason) for a in found] == [(TIE, "U1", 0, "")]
    assert solve([], [Sender("U1", "C", 1, (TIE,))], RANK) == []
