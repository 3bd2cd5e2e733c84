"""Nearness and the exact assignment."""

from __future__ import annotations

import itertools
import random

import pytest

from demo import cast
from demo.selection import pool, select
from programmes.areas import registered
from services.allocation.planning.plan_record import PlanRow
from services.allocation.planning.plan_rules import Cadre
from services.allocation.ranking.nearness import Nearest, Ties
from tests.kit.allocation.ground import LN2018
from tests.kit.allocation.planning import cadres, planned, situated, villages

RANK = LN2018.entries["nearness.ranks"].value
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


def test_a_tied_township_is_as_near_as_a_village_in_it() -> None:
    ties = Ties(("210727101",), RANK)
    township = "210727101"
    assert ties.nearest(township) == Nearest(0, township)
    assert ties.nearest("210727101208") == Nearest(1, township)
    assert ties.nearest("210727102208") == Nearest(2, township)


def synthetic(seed: int) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Six villages and three units with two cadres each, in two cities."""
    chance = random.Random(seed)
    codes = [f"2107{27 + n % 2}10{n % 3}2{n:02d}" for n in range(9)] + [f"21130210120{n}" for n in range(3)]
    targets = chance.sample(codes, 6)
    return targets, {f"U{n}": tuple(chance.sample(codes, 2)) for n in range(3)}


def least(targets: list[str], ties: dict[str, tuple[str, ...]]) -> int:
    """The least total by trying every way."""
    near = {unit: Ties(own, RANK) for unit, own in ties.items()}
    slots = [unit for unit in ties for _ in range(2)]
    return min(
        sum(near[unit].nearest(target).rank for unit, target in zip(way, targets, strict=True))
        for way in set(itertools.permutations(slots))
    )


@pytest.mark.parametrize("seed", range(8))
def test_no_other_assignment_is_nearer_and_the_order_of_input_does_not_count(seed: int) -> None:
    targets, ties = synthetic(seed)
    people = [cadre for unit in ties for cadre in cadres(unit, 2)]
    found = planned(situated(people, villages(*targets), ties))
    assert found.head.measures["nearness"] == least(targets, ties)
    assert sorted(row.target for row in found.rows) == sorted(targets)
    backwards = dict(reversed(ties.items()))
    assert planned(situated(people[::-1], villages(*targets[::-1]), backwards)) == found


@pytest.mark.req("AL-016")
def test_the_838_places_lie_1528_ranks_away_and_no_exchange_of_two_is_nearer() -> None:
    rules = LN2018
    group = next(g for g in rules.entries["quota.groups"].value if g["arranger"] == "province")
    chosen = pool(registered("21"), tuple(group["cities"]))
    picked = select(chosen, 51, 787)
    units = cast.units(rules.entries["quota.channels"].value)
    ties = {u.id: tuple(t["area"] for t in cast.ties(u, chosen.villages, len(units))) for u in units}
    people: list[Cadre] = []
    for unit in units:
        people += cadres(unit.id, unit.townships, channel=unit.channel, kind="township")
        people += cadres(unit.id, unit.villages, channel=unit.channel)
    found = planned(situated(people, villages(*picked.townships, *picked.villages), ties))
    assert (found.head.rows, found.head.left, found.head.vacant) == (838, 0, 0)
    assert found.head.certificate.gap == 0
    assert all(bool(row.reason) == (row.nearness > 0) for row in found.rows)
    totals = {kind: sum(row.nearness for row in found.rows if row.kind == kind) for kind in ("township", "village")}
    assert totals == {"township": 99, "village": 1429}
    assert found.head.measures["nearness"] == 1528
    for kind in totals:
        assert not nearer_by_exchange([row for row in found.rows if row.kind == kind], ties)


def nearer_by_exchange(found: list[PlanRow], ties: dict[str, tuple[str, ...]]) -> list[tuple[PlanRow, PlanRow]]:
    """Pairs of places whose units would both together be nearer if they exchanged: none where the total is least."""
    near = {unit: Ties(own, RANK) for unit, own in ties.items()}
    rank = {(u, a.target): near[u].nearest(a.target).rank for u in {a.unit for a in found} for a in found}
    far = [a for a in found if a.nearness >= 3]
    return [
        (a, b) for a in far for b in found if rank[a.unit, b.target] + rank[b.unit, a.target] < a.nearness + b.nearness
    ]


def test_a_bound_target_goes_to_its_unit_alone() -> None:
    ties = {"U1": (TIE,), "U2": ("211302101201",)}
    bound = villages(TIE, successor_of="U2")
    (alone,) = planned(situated([*cadres("U1", 1), *cadres("U2", 1)], bound, ties)).rows
    assert (alone.unit, alone.nearness, alone.reason) == ("U2", 4, "结对单位补派")
    nobody = planned(situated(cadres("U1", 1), bound, ties))
    assert nobody.rows == ()
    assert [(one.person, one.target, one.rule) for one in nobody.left] == [
        ("p-U1-village-000", "", "unit_bound"),
        ("", TIE, "unit_bound"),
    ]


def test_more_targets_than_cadres_leave_some_open() -> None:
    ties = {"U1": (TIE,)}
    found = planned(situated(cadres("U1", 1), villages(TIE, "211302101201"), ties))
    assert [(row.target, row.unit, row.nearness, row.reason) for row in found.rows] == [(TIE, "U1", 0, "")]
    assert [(one.target, one.rule) for one in found.left] == [("211302101201", "")]
    assert planned(situated(cadres("U1", 1), [], ties)).rows == ()
