"""Free pairing against brute force: totals, bounds, one answer for any order, and why an area stays alone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.allocation.swap.pairing import Alone, Ring, TooManyRings, Wishes, rings, why_none
from services.allocation.swap.pairing_solver import best_total, bound, pair
from tests.kit.allocation.ground import LN2002

WEIGHTS: Mapping[str, int] = LN2002.entries["swap.pairing.weights"].value
COUNTIES = [f"2107{number}" for number in range(21, 28)]
A, B, C, D, E, F, G = COUNTIES


def greatest(found: list[Ring], room: Mapping[int, int]) -> int:
    """The greatest total of rings that share no area, by trying all."""

    def from_here(at: int, used: frozenset[str]) -> int:
        best = 0
        for number in range(at, len(found)):
            ring = found[number]
            fits = len(used) + len(ring.areas) <= room.get(6, len(COUNTIES))
            if fits and not used.intersection(ring.areas):
                best = max(best, ring.weight + from_here(number + 1, used | set(ring.areas)))
        return best

    return from_here(0, frozenset())


def any_length(known: Wishes) -> int:
    """The greatest total over all permutations of the areas whose moved areas send where they may."""
    areas, best = known.areas, 0
    for order in permutations(areas):
        ways = [(a, b) for a, b in zip(areas, order, strict=True) if a != b]
        parts = [known.parts(a, b) for a, b in ways]
        if not any(isinstance(part, str) for part in parts):
            best = max(best, sum(sum(part.values()) for part in parts if not isinstance(part, str)))
    return best


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    areas = draw(st.lists(st.sampled_from(COUNTIES), min_size=1, max_size=6, unique=True))
    named = {a: draw(st.lists(st.sampled_from(COUNTIES), max_size=3, unique=True)) for a in areas}
    once = draw(st.lists(st.tuples(st.sampled_from(COUNTIES), st.sampled_from(COUNTIES)), max_size=3))
    return Wishes(
        {area: tuple(host for host in hosts if host != area) for area, hosts in named.items()},
        frozenset(draw(st.lists(st.sampled_from(COUNTIES), max_size=4))),
        WEIGHTS,
        frozenset((min(two), max(two)) for two in once),
        draw(st.sampled_from([{}, {6: 0}, {6: 2}, {6: 4}, {4: 2}])),
    )


@settings(max_examples=60)
@given(wishes(), st.sampled_from([2, 3]), st.randoms(use_true_random=False))
def test_the_total_is_the_greatest_and_the_answer_one_for_any_order(
    known: Wishes, longest: int, chance: Random
) -> None:
    found = pair(known, longest)
    assert found.total == best_total(known, longest) == greatest(rings(known, longest), known.room)
    assert found.total == sum(ring.weight for ring in found.rings)
    assert found.total <= found.bound == any_length(known)
    held = [area for ring in found.rings for area in ring.areas]
    assert sorted(held + [one.area for one in found.alone]) == list(known.areas)
    shuffled = list(known.wishes.items())
    chance.shuffle(shuffled)
    other = Wishes(dict(shuffled), known.poor, dict(reversed(list(WEIGHTS.items()))), known.last, known.room)
    assert (pair(other, longest), other.digest()) == (found, known.digest())


@settings(max_examples=40)
@given(wishes())
def test_the_price_of_a_partner_is_the_difference_of_the_totals(known: Wishes) -> None:
    found = pair(known)
    for one in found.alone:
        through = [ring for ring in rings(known, 2) if one.area in ring.areas]
        if one.loss is None:
            assert not through or known.room.get(6, 2) < 2
        else:
            others = [ring for ring in rings(known, 2) if one.area not in ring.areas]
            room = {6: known.room.get(6, len(COUNTIES)) - 2}
            left = [r.weight + greatest([o for o in others if not set(o.areas) & set(r.areas)], room) for r in through]
            assert found.total - max(left) == one.loss >= 0


def ring_of_three() -> Wishes:
    """a would send to b, b to c, c to a; no two of them to each other."""
    return Wishes({A: (B,), B: (C,), C: (A,)}, frozenset(), WEIGHTS)


def test_twinning_by_default_rings_of_three_on_request_and_the_bound_beside_both() -> None:
    twins, three = pair(ring_of_three()), pair(ring_of_three(), 3)
    assert (twins.rings, twins.total, twins.bound) == ((), 0, 6)
    assert [one.reasons for one in twins.alone] == [{"not_wished": 2}] * 3
    assert (three.total, three.bound, three.alone) == (6, 6, ())
    assert three.rings == (Ring((A, B, C), 6, {"developed_to_developed": 3, "wished": 3}),)


def test_a_ring_of_four_is_only_in_the_bound() -> None:
    known = Wishes({A: (B,), B: (C,), C: (D,), D: (A,)}, frozenset(), WEIGHTS)
    assert (pair(known, 3).total, bound(known)) == (0, 8)


def test_of_equal_pairings_the_one_whose_first_area_has_the_first_partner() -> None:
    known = Wishes(dict.fromkeys((D, C, B, A), ()), frozenset({A, B}), WEIGHTS)
    assert [ring.areas for ring in pair(known).rings] == [(A, C), (B, D)]
    assert pair(known).total == 16


def test_the_limit_of_a_round_leaves_areas_alone_and_says_whom_they_would_displace() -> None:
    known = Wishes({A: (), B: (), C: (), "2101": (), "2102": ()}, frozenset({A, "2101"}), WEIGHTS, room={6: 2, 4: 0})
    found = pair(known)
    assert [ring.areas for ring in found.rings] == [(A, B)]
    cities = {one.area: one for one in found.alone if len(one.area) == 4}
    assert cities["2101"] == Alone("2101", {"other_level": 3})
    assert [one for one in found.alone if one.area == C] == [Alone(C, {"other_level": 2}, 0, (A, C), (B,))]


@pytest.mark.parametrize(
    ("other", "last", "reason"),
    [("2101", frozenset(), "other_level"), (B, frozenset({(A, B)}), "paired_last_round"), (C, frozenset(), "no_weight"),
     (D, frozenset(), "not_wished")],
)  # fmt: skip
def test_why_two_areas_are_no_pair(other: str, last: frozenset[tuple[str, str]], reason: str) -> None:
    known = Wishes({A: (), other: (B,) if other == D else ()}, frozenset({A, C}), WEIGHTS, last)
    assert why_none(known, A) == {reason: 1}
    assert pair(known).alone[0].loss is None


def test_nobody_to_pair_and_too_much_to_weigh(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pair(Wishes({}, frozenset(), WEIGHTS)).rings == ()
    monkeypatch.setattr("services.allocation.swap.pairing_solver.LARGEST", 2)
    with pytest.raises(TooManyRings) as large:
        pair(Wishes(dict.fromkeys((A, B, C), ()), frozenset(), WEIGHTS))
    assert large.value.args == (3, 2)
