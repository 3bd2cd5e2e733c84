"""Places by weights: the township column of annex 1 comes out exactly as printed, and ties go by row."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import loader
from services.allocation.apportionment import METHODS, apportion, fair_shares
from services.allocation.division import Claims

CHANNELS = [340, 200, 240, 20, 20, 15, 3]
DIVISOR_METHODS = METHODS[1:]
WEIGHTS = st.lists(st.integers(0, 60), min_size=1, max_size=5).filter(any)


@pytest.mark.req("AL-011")
def test_townships_of_annex_1_by_largest_remainder() -> None:
    division = apportion(51, CHANNELS)

    assert division.places == (21, 12, 15, 1, 1, 1, 0)
    assert division.quotients == (20, 12, 14, 1, 1, 0, 0)
    assert division.divisor == 838
    assert division.remainders == (51 * 340 % 838, 51 * 200 % 838, 51 * 240 % 838, 182, 182, 765, 153)
    assert division.extra == (5, 0, 2)  # remainders .91, .69 and .61
    assert apportion(51, CHANNELS, "webster").places == division.places
    assert apportion(51, CHANNELS, "jefferson").places == (22, 12, 15, 1, 1, 0, 0)  # D'Hondt's, not the annex's


def test_the_tier_of_the_province_over_its_two_kinds() -> None:
    assert apportion(838, [219, 3381]).places == (51, 787)


def test_the_profile_gives_the_same_column() -> None:
    rules = loader.load("LN2018").rules
    channels = rules["quota.channels"]["value"]
    method = rules["quota.apportionment"]["value"]["method"]

    division = apportion(51, [channel["total"] for channel in channels], method)

    assert list(division.places) == [channel["townships"] for channel in channels]
    assert [c["total"] - t for c, t in zip(channels, division.places, strict=True)] == [319, 188, 225, 19, 19, 14, 3]


@pytest.mark.parametrize(
    ("method", "places"),
    [
        ("largest_remainder", (9, 7, 5, 4, 1)),
        ("adams", (9, 7, 5, 3, 2)),
        ("huntington_hill", (9, 7, 6, 3, 1)),
        ("webster", (9, 8, 5, 3, 1)),
        ("jefferson", (10, 7, 5, 3, 1)),
    ],
)
def test_the_published_example_on_which_no_two_methods_agree(method: str, places: tuple[int, ...]) -> None:
    """Huntington's five states and 26 seats, as Balinski and Young print them."""
    assert apportion(26, [9061, 7179, 5259, 3319, 1182], method).places == places


def test_a_seat_more_may_cost_a_place_by_largest_remainder_alone() -> None:
    assert apportion(10, [6, 6, 2]).places == (4, 4, 2)
    assert apportion(11, [6, 6, 2]).places == (5, 5, 1)


def test_equal_claims_are_served_in_row_order_and_named() -> None:
    for method in METHODS:
        division = apportion(2, [1, 1, 1], method)
        assert (division.places, division.extra) == ((1, 1, 0), (0, 1))
        assert set(division.tied) == ({0, 1, 2} if method == "largest_remainder" else {1, 2})
        assert apportion(3, [1, 1, 1], method).tied == ()


def test_fewer_places_than_rows_go_to_the_heaviest_first() -> None:
    for method in ("adams", "huntington_hill"):
        assert apportion(2, [3, 5, 4], method).places == (0, 1, 1)


def test_a_weight_of_nothing_gets_nothing() -> None:
    for method in METHODS:
        assert apportion(5, [0, 3], method).places == (0, 5)
        assert apportion(0, [0, 0], method).places == (0, 0)
        assert apportion(0, [], method).places == ()
        assert apportion(2, [0, 3], method, at_least=[1, 0]).places == (1, 1)


@pytest.mark.parametrize(
    ("method", "places"),
    [("largest_remainder", (3, 4, 3)), ("webster", (3, 4, 3)), ("jefferson", (3, 4, 3)), ("adams", (3, 4, 3))],
)
def test_a_cap_and_a_lower_bound_leave_the_rest_to_proportion(method: str, places: tuple[int, ...]) -> None:
    division = apportion(10, [8, 1, 1], method, at_least=[0, 4, 0], at_most=[3, None, None])
    assert division.places == places
    assert sum(division.quotients) * division.divisor + sum(division.remainders) == 10 * division.divisor


def test_what_was_placed_before_counts_and_is_never_taken_back() -> None:
    for method in METHODS:
        assert apportion(4, [1, 1, 1], method, placed=[0, 2, 3]).places == (3, 1, 0)
        assert apportion(2, [1, 1], method, placed=[9, 0]).places == (0, 2)


@pytest.mark.parametrize(("seats", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_impossible_input_is_refused(seats: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        apportion(seats, weights)


def test_impossible_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        apportion(1, [1, 1], placed=[0])
    with pytest.raises(ValueError, match="exceeds"):
        apportion(3, [1, 1], at_least=[2, 0], at_most=[1, None])
    with pytest.raises(ValueError, match="3 seats do not fit bounds of 0 to 2"):
        apportion(3, [1, 1], at_most=[1, 1])
    with pytest.raises(ValueError, match="3 seats do not fit bounds of 4 to 6"):
        apportion(3, [1, 1], at_least=[2, 2])


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="known: largest_remainder, webster, jefferson, adams, huntington_hill"):
        apportion(1, [1], "guess")


@given(st.integers(0, 500), st.lists(st.integers(0, 500), min_size=1, max_size=12).filter(any))
def test_places_add_up_and_stay_within_one_of_the_share(seats: int, weights: list[int]) -> None:
    division = apportion(seats, weights)

    assert sum(division.places) == seats
    for places, weight in zip(division.places, weights, strict=True):
        assert abs(places * sum(weights) - seats * weight) < sum(weights)


@given(st.integers(0, 80), WEIGHTS, st.sampled_from(DIVISOR_METHODS))
def test_divisor_methods_never_take_a_place_for_a_seat_more(seats: int, weights: list[int], method: str) -> None:
    fewer, more = apportion(seats, weights, method).places, apportion(seats + 1, weights, method).places
    assert all(before <= after for before, after in zip(fewer, more, strict=True))
    assert sum(more) == seats + 1


@given(st.integers(0, 60), WEIGHTS.flatmap(lambda w: st.permutations(list(enumerate(w)))), st.sampled_from(METHODS))
def test_the_order_of_the_rows_decides_nothing_but_ties(seats: int, turned: list[tuple[int, int]], method: str) -> None:
    there = apportion(seats, [weight for _, weight in turned], method)
    straight = apportion(seats, [weight for _, weight in sorted(turned)], method)
    assert bool(there.tied) == bool(straight.tied)
    if not straight.tied:
        assert there.places == tuple(straight.places[row] for row, _ in turned)


@given(st.integers(0, 60), WEIGHTS, st.sampled_from(DIVISOR_METHODS))
def test_no_row_would_win_a_place_that_another_won_with_less(seats: int, weights: list[int], method: str) -> None:
    division = apportion(seats, weights, method)
    won = [claim for claim in division.last if claim is not None]
    wanted = [claim for claim, weight in zip(division.following, weights, strict=True) if weight and claim is not None]
    if won and wanted:
        assert min(won) >= max(wanted)


def divisions(seats: int, low: list[int], high: list[int]) -> list[tuple[int, ...]]:
    """Every division of the seats within the bounds."""
    ranges = [range(a, b + 1) for a, b in zip(low, high, strict=True)]
    return [places for places in product(*ranges) if sum(places) == seats]


@given(st.data())
def test_largest_remainder_is_the_nearest_division_a_search_of_all_finds(data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(1, 30), min_size=1, max_size=4))
    rows, seats = len(weights), data.draw(st.integers(0, 8))
    placed = data.draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    at_least = data.draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))
    caps = data.draw(st.lists(st.integers(2, 8), min_size=rows, max_size=rows))
    possible = divisions(seats, at_least, [min(cap, seats) for cap in caps])
    if not possible:
        with pytest.raises(ValueError, match=r"seats|exceeds"):
            apportion(seats, weights, at_least=at_least, at_most=caps, placed=placed)
        return
    places = apportion(seats, weights, at_least=at_least, at_most=caps, placed=placed).places
    total = seats + sum(placed)

    def distance(division: tuple[int, ...]) -> Fraction:
        """Squares over weights, which Webster's method makes least within any bounds."""
        return sum((Fraction((p + b) ** 2, w) for p, b, w in zip(division, placed, weights, strict=True)), Fraction())

    def off(division: tuple[int, ...]) -> int:
        """Squares of the distance from the share, which Hamilton's method makes least."""
        return sum((p * sum(weights) - total * w) ** 2 for p, w in zip(division, weights, strict=True))

    assert places in possible
    if not any(placed) and not any(at_least) and all(cap >= seats for cap in caps):
        assert off(places) == min(map(off, possible))
    webster = apportion(seats, weights, "webster", at_least=at_least, at_most=caps, placed=placed).places
    assert distance(webster) == min(map(distance, possible))


@given(st.data())
def test_a_bounded_share_is_one_proportion_held_at_its_bounds(data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(1, 30), min_size=1, max_size=5))
    low = [data.draw(st.integers(0, 4)) for _ in weights]
    room = [data.draw(st.integers(0, 6)) for _ in weights]
    seats = data.draw(st.integers(sum(low), sum(low) + sum(room)))
    caps = [min(least + more, seats) for least, more in zip(low, room, strict=True)]
    claims = Claims.of(seats, weights, low, caps, None)
    shares = fair_shares(claims)
    assert sum(shares) == seats
    rows = list(zip(weights, shares, low, caps, strict=True))
    assert all(least <= share <= most for _, share, least, most in rows)
    # Nobody below a cap has less for its weight than anybody above a lower bound.
    could_gain = [share / weight for weight, share, _, most in rows if share < most]
    could_give = [share / weight for weight, share, least, _ in rows if share > least]
    if could_gain and could_give:
        assert max(could_give) <= min(could_gain)
