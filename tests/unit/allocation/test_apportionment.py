"""Places by weights: the township column of annex 1 comes out exactly as printed, and ties go by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import loader
from services.allocation.apportionment import apportion


@pytest.mark.req("AL-011")
def test_townships_of_annex_1_by_largest_remainder() -> None:
    division = apportion(51, [340, 200, 240, 20, 20, 15, 3])

    assert division.places == (21, 12, 15, 1, 1, 1, 0)
    assert division.quotients == (20, 12, 14, 1, 1, 0, 0)
    assert division.divisor == 838
    assert division.remainders == (51 * 340 % 838, 51 * 200 % 838, 51 * 240 % 838, 182, 182, 765, 153)
    assert division.extra == (5, 0, 2)  # remainders .91, .69 and .61


def test_the_tier_of_the_province_over_its_two_kinds() -> None:
    assert apportion(838, [219, 3381]).places == (51, 787)


def test_the_profile_gives_the_same_column() -> None:
    rules = loader.load("LN2018").rules
    channels = rules["quota.channels"]["value"]
    method = rules["quota.apportionment"]["value"]["method"]

    division = apportion(51, [channel["total"] for channel in channels], method)

    assert list(division.places) == [channel["townships"] for channel in channels]
    assert [c["total"] - t for c, t in zip(channels, division.places, strict=True)] == [319, 188, 225, 19, 19, 14, 3]


def test_equal_remainders_are_served_in_row_order() -> None:
    assert apportion(2, [1, 1, 1]).places == (1, 1, 0)
    assert apportion(2, [1, 1, 1]).extra == (0, 1)


def test_a_weight_of_nothing_gets_nothing() -> None:
    assert apportion(5, [0, 3]).places == (0, 5)
    assert apportion(0, [0, 0]).places == (0, 0)
    assert apportion(0, []).places == ()


@pytest.mark.parametrize(("seats", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_impossible_input_is_refused(seats: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        apportion(seats, weights)


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="known: largest_remainder"):
        apportion(1, [1], "guess")


@given(st.integers(0, 500), st.lists(st.integers(0, 500), min_size=1, max_size=12).filter(any))
def test_places_add_up_and_stay_within_one_of_the_share(seats: int, weights: list[int]) -> None:
    division = apportion(seats, weights)

    assert sum(division.places) == seats
    for places, weight in zip(division.places, weights, strict=True):
        assert abs(places * sum(weights) - seats * weight) < sum(weights)
