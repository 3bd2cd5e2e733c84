"""The county as last resort: what it must fill itself is worked out anew at every posting and every departure.

Invariant: the figures of an event are those after the fact it tells, and a fact that changes none of them is still
told, for the postings are what the next figure rests on (AL-032, AL-046).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from programmes.readers.demand import REFUSED_LEVELS
from programmes.refusals import LEVEL_REFUSED
from services.allocation.demand.demand_state import SOURCES, Demand, Post, count
from services.allocation.demand.refusals import SOURCE_UNKNOWN, VILLAGE_TAKEN
from services.allocation.demand.succession import (
    LoseFollower,
    VillageFollowerLost,
    VillageHandedOver,
    handed_over,
    lose,
)

FALLBACK = "coverage.fallback"


class NoteSent(Order):
    """Personnel says that a cadre of ``source`` is on post in a village."""

    programme: Key
    target: str
    posting: str
    source: str


class NoteLeft(Order):
    """Personnel says that the cadre of ``posting`` has gone; ``cause`` is the type of its event.

    ``bound``: the unit that sent the cadre is still bound to the village; ``successor`` is the posting that took over.
    """

    programme: Key
    posting: str
    cause: str
    bound: bool
    successor: str | None = None


class VillageSourced(Event, title="村有人在任"):
    """A cadre of ``source`` stands on the village; ``mandatory`` where somebody must."""

    rule = FALLBACK
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    posting: str
    source: str
    mandatory: bool


class VillageLeft(Event, title="村人选离任"):
    """The village has nobody again. ``successor_of`` is the bound unit that must send the next cadre, else empty."""

    rule = FALLBACK
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    posting: str
    source: str
    cause: str
    successor_of: str


class CountyShortfallChanged(Event, title="县级兜底变动"):
    """What the county must fill itself is ``need`` now and was ``before``: ``mandatory`` villages less those above it.

    ``county_posted`` are the county's own cadres on such villages, ``cause`` the fact that moved a figure.
    """

    rule = FALLBACK
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    county: Area
    cause: str
    mandatory: int
    central: int
    province: int
    city: int
    county_posted: int
    before: int
    need: int


def sent(state: Demand, command: NoteSent) -> Sequence[VillageSourced | CountyShortfallChanged]:
    """A cadre came. Source: 晋组通字〔2015〕41号 一.2."""
    rules = command.context.rules
    refused = rules.find(REFUSED_LEVELS) if rules else None
    if refused is not None and command.source in refused.value:
        raise LEVEL_REFUSED(level=command.source, field="tier", sources=SOURCES)
    if command.source not in SOURCES:
        raise SOURCE_UNKNOWN(posting=command.posting, source=command.source, sources=SOURCES)
    post = state.posts.get(command.target)
    if post is not None and post.posting == command.posting:
        return []
    there = post or state.assigned.get(command.target)
    if there is not None and there.posting != command.posting:
        raise VILLAGE_TAKEN(target=command.target, posting=there.posting, rule=FALLBACK)
    after = replace(state, posts={**state.posts, command.target: Post(command.posting, command.source)})
    fact = VillageSourced.carrying(command, mandatory=state.mandatory(command.target))
    return [fact, *_told(state, after, fact, fact.programme, fact.target)]


def left(
    state: Demand, command: NoteLeft
) -> Sequence[VillageLeft | VillageHandedOver | VillageFollowerLost | CountyShortfallChanged]:
    """A cadre went, for whatever reason; one who never stood here changes nothing. The village is the successor's where
    one took over (PE-108), and nobody owes one where somebody is to follow."""
    target = state.holder(command.posting)
    if target is None:
        about = {name: getattr(command, name) for name in ("context", "programme", "posting", "cause")}
        return lose(state, LoseFollower(**about))
    follower = state.next.get(target)
    if follower is not None and follower.posting == command.successor:
        return [handed_over(command.programme, target, command.posting, follower, command.context.occurred_on)]
    after = without(state, target)
    there = state.posts.get(target) or state.assigned[target]
    owed = state.unit_of(target) if command.bound and follower is None else None
    fact = VillageLeft.carrying(command, target=target, source=there.source, successor_of=owed or "")
    return [fact, *_told(state, after, fact, fact.programme, fact.target)]


def without(state: Demand, target: str) -> Demand:
    """The county with nobody on the village or assigned to it."""
    posts = {code: post for code, post in state.posts.items() if code != target}
    return replace(state, posts=posts, assigned={code: one for code, one in state.assigned.items() if code != target})


def shortfall(before: Demand, after: Demand, about: tuple[str, str, str], on: date) -> Sequence[CountyShortfallChanged]:
    """The county's figures where they moved (AL-032, AL-046); ``about`` is programme, county and cause."""
    if _figures(before) == _figures(after):
        return []
    programme, county, cause = about
    figures = _figures(after)
    return [
        CountyShortfallChanged(
            occurred_on=on,
            programme=programme,
            county=county,
            cause=cause,
            mandatory=figures["mandatory"],
            central=figures["central"],
            province=figures["province"],
            city=figures["city"],
            county_posted=figures["county"],
            before=before.need(),
            need=after.need(),
        )
    ]


def _told(before: Demand, after: Demand, fact: Event, programme: str, target: str) -> Sequence[CountyShortfallChanged]:
    return shortfall(before, after, (programme, target[:6], type(fact).__name__), fact.occurred_on)


def _figures(state: Demand) -> Mapping[str, int]:
    return {"mandatory": count(state.villages).union, **state.posted()}
