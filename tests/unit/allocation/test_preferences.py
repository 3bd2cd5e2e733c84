"""Preferences rank and refuse nobody: emphasis on provincial organs, match of needs and skills."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import pytest

from programmes.readers.placement import LEVELS, MATCH_MOST
from services.allocation.ranking.preferences import (
    Candidate,
    Component,
    level_emphasis,
    match,
    need_match,
    ranked,
)
from tests.kit.allocation.ground import LN2018

POINTS: Mapping[str, int] = LN2018.entries[LEVELS.path].value
MOST = LN2018.value(MATCH_MOST)


def of(person: str, level: str, needs: tuple[str, ...] = (), skills: tuple[str, ...] = ()) -> Candidate:
    found = need_match(match(needs, skills, helps=False), MOST)
    return Candidate(person, (level_emphasis(level, POINTS), found))


@pytest.mark.req("AL-015")
def test_of_two_equal_candidates_the_provincial_organ_comes_first_and_the_city_cadre_stays() -> None:
    city, province, central = of("p-1", "city"), of("p-2", "province"), of("p-3", "central")
    for order in permutations((city, province)):
        assert [one.person for one in ranked(order)] == ["p-2", "p-1"]
    # Central organs are named beside the provincial ones; nobody is dropped, not even an unknown level.
    assert [one.person for one in ranked((city, of("p-0", "street"), central, province))] == [
        "p-2",
        "p-3",
        "p-0",
        "p-1",
    ]
    assert [one.components[0].cost for one in (city, province, central)] == [1, 0, 0]
    rule = LN2018.rule(LEVELS)
    assert (rule.origin, rule.notice, rule.clause) == ("assumed", "辽组通字〔2018〕23号", "四.1")


def test_emphasis_is_one_component_and_not_a_trump() -> None:
    skilled = of("p-1", "city", ("law", "water"), ("water", "law"))
    organ = of("p-2", "province", ("law", "water"), ())
    assert [(one.person, one.cost) for one in ranked((organ, skilled))] == [("p-1", 2), ("p-2", 3)]


@pytest.mark.parametrize(
    ("needs", "skills", "helps", "points", "cost"),
    [
        ((), ("law",), True, None, 3),
        (("law",), (), False, 0, 3),
        (("law", "water"), ("law", "law"), False, 1, 2),
        (("law", "water"), ("law",), True, 2, 1),
        (("a", "b", "c", "d"), ("a", "b", "c", "d"), True, 5, 0),
    ],
)
def test_a_match_counts_tags_once_and_the_paired_help(
    needs: tuple[str, ...], skills: tuple[str, ...], helps: bool, points: int | None, cost: int
) -> None:
    found = need_match(match(needs, skills, helps), 3)
    assert (found.points, found.cost, found.scored) == (points, cost, points is not None)


def test_without_points_nothing_is_preferred() -> None:
    assert level_emphasis("province", {}) == Component("level_emphasis", 0, 0)
