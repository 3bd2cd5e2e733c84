"""What a county has to cover and who stands there: the villages of the kinds a notice names, and postings by tier.

Invariant: a village counts once however many kinds it is of (AL-030), a posting on a village of no such kind covers
nothing that is demanded (AL-031), and the county owes what central, provincial and city cadres leave (AL-032, AL-046).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from kernel.messages import Area

Source = Literal["central", "province", "city", "county"]
"""Where a cadre is sent from. The sourcing rule speaks of three tiers; central cadres come beside them."""
SOURCES: tuple[str, ...] = get_args(Source)
ABOVE_COUNTY = ("central", "province", "city")


@dataclass(frozen=True, slots=True)
class VillageKinds:
    """A village and its two kinds; one that is of neither is covered by choice and counted apart."""

    target: Area
    weak_party: bool
    registered_poor: bool

    @property
    def mandatory(self) -> bool:
        """True where somebody must be sent."""
        return self.weak_party or self.registered_poor

    @property
    def kind(self) -> str:
        """The two marks in one word."""
        if self.weak_party:
            return "both" if self.registered_poor else "weak_party"
        return "registered_poor" if self.registered_poor else "neither"


@dataclass(frozen=True, slots=True)
class KindCounts:
    """Villages by kind; ``union`` counts those of both once, ``other`` those of neither."""

    weak_party: int
    registered_poor: int
    both: int
    union: int
    other: int


def count(villages: Mapping[str, VillageKinds]) -> KindCounts:
    """The counts of ``villages``, never a sum of the two kinds (AL-030). Source: 晋组通字〔2015〕41号 一.1."""
    kinds = [(v.weak_party, v.registered_poor) for v in villages.values()]
    weak = sum(weak for weak, _ in kinds)
    poor = sum(poor for _, poor in kinds)
    both = kinds.count((True, True))
    return KindCounts(weak, poor, both, weak + poor - both, kinds.count((False, False)))


@dataclass(frozen=True, slots=True)
class Post:
    """Who stands on a village: the posting's id and where its cadre was sent from."""

    posting: str
    source: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom the county assigned a village: the posting it will be, its person and unit, where the cadre comes from."""

    posting: str
    person: str
    unit: str
    source: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """A county's villages with their kinds, and the post on each, by village code.

    ``consulted`` are the units that talked to the county, ``assigned`` whom it assigned and who has not gone,
    ``numbers`` how many it assigned each village so far, ``owed`` the bound units that must send a successor, ``next``
    who is to follow on a planned day.
    """

    villages: Mapping[str, VillageKinds] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    consulted: frozenset[str] = frozenset()
    assigned: Mapping[str, Assignment] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    owed: Mapping[str, str] = field(default_factory=dict)
    next: Mapping[str, Assignment] = field(default_factory=dict)

    def mandatory(self, target: str) -> bool:
        """True where the village is one that somebody must be sent to."""
        found = self.villages.get(target)
        return found is not None and found.mandatory

    def posted(self) -> Mapping[str, int]:
        """Posts on villages that must be covered, by source."""
        held = [post.source for target, post in self.posts.items() if self.mandatory(target)]
        return {source: held.count(source) for source in SOURCES}

    def need(self) -> int:
        """Places the county must fill (AL-032): villages to be covered less whom the tiers above sent, at least 0."""
        posted = self.posted()
        return max(0, count(self.villages).union - sum(posted[source] for source in ABOVE_COUNTY))

    def holder(self, posting: str) -> str | None:
        """The village on which ``posting`` stands or to which it was assigned, None where there is none."""
        held = [(target, post.posting) for target, post in self.posts.items()]
        held += [(target, assigned.posting) for target, assigned in self.assigned.items()]
        return next((target for target, there in held if there == posting), None)

    def unit_of(self, target: str) -> str | None:
        """The unit that was assigned the village or owes it a successor, None where there is none."""
        assigned = self.assigned.get(target)
        return assigned.unit if assigned is not None else self.owed.get(target)
