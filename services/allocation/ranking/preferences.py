"""Preferences: how much speaks for sending one candidate rather than another; they rank and never refuse.

Invariant: a score is made of named components, each counted by the profile alone; a component that nothing was stated
for is ``unscored`` and weighs like one that nothing speaks for. Whoever scores nothing stays in the list (侧重, 优先).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Component:
    """A named part of a score: ``points`` reached of at most ``most``; ``points`` None means unscored."""

    name: str
    points: int | None
    most: int

    @property
    def scored(self) -> bool:
        """False where nothing was stated that could be scored."""
        return self.points is not None

    @property
    def cost(self) -> int:
        """The same as a cost, 0 to ``most``: what is missing to the most that can be reached."""
        return self.most - min(self.points or 0, self.most)


@dataclass(frozen=True, slots=True)
class Match:
    """What a candidate meets of a village's needs: ``matched`` tags (None: no need was stated) and the paired help."""

    matched: int | None
    helps: bool

    @property
    def points(self) -> int | None:
        """Matched tags and one for the paired help; None, unscored, where the village stated no need (AL-038)."""
        return None if self.matched is None else self.matched + self.helps


def level_emphasis(level: str, points: Mapping[str, int]) -> Component:
    """The component of the sending unit's level; a level the profile does not name has 0 points.

    ``points`` is the profile's value at ``preference.levels``, levels to whole points (AL-015).
    Source: 辽组通字〔2018〕23号 四.1, whose sentence breaks off (M02).
    """
    return Component("level_emphasis", points.get(level, 0), max(points.values(), default=0))


def match(needs: Iterable[str], skills: Iterable[str], helps: bool) -> Match:
    """How a candidate's ``skills`` meet a village's ``needs``; ``helps``: the unit helps that village already.

    Source: 晋组通字〔2015〕41号 三.4. It is shown to the deciding department and binds nobody.
    """
    stated = set(needs)
    return Match(len(stated & set(skills)) if stated else None, helps)


def need_match(found: Match, most: int) -> Component:
    """The component of a match; ``most`` is the profile's value at ``preference.match_most``."""
    return Component("need_match", found.points, most)


def pool_membership(tags: Iterable[str], pool: str, level: str) -> Component:
    """The component of belonging to the ``pool`` that provincial units draw on first (AL-035); others have none.

    ``pool`` is the tag the profile names, "" where it names none. Source: 晋组通字〔2015〕41号 一.2.
    """
    counts = bool(pool) and level == "province"
    return Component("pool_membership", int(counts and pool in set(tags)), 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be ranked: an id and the components of the score."""

    person: str
    components: tuple[Component, ...]

    @property
    def cost(self) -> int:
        """Sum of the components' costs, all of weight 1."""
        return sum(component.cost for component in self.components)


def ranked(candidates: Iterable[Candidate]) -> Sequence[Candidate]:
    """All candidates, the most preferred first; equals by id, so that the order of the input does not matter."""
    return sorted(candidates, key=lambda one: (one.cost, one.person))
