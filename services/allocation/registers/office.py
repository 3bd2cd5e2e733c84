"""Office holders: who holds a post of an organ from which day to which.

Invariant: the periods of one post never overlap; a new holder ends the period before. A post is one that a profile in
force at the organ names: whoever is recorded here may sign there, so a slip of the pen must not make an office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.allocation.registers.refusals import PERIOD_OVERLAPS, PERIOD_REVERSED, POST_UNKNOWN

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
"""Level of an organ by the digits of its division code."""


@dataclass(frozen=True, slots=True)
class KnownPosts:
    """The posts profiles in force at an organ name, as they name them, and the notice and clause that does."""

    names: tuple[str, ...] = ()
    notice: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds ``post`` of the organ of an area; ``person`` is an id, ``until`` None while it lasts."""

    organ: Area
    post: Key
    person: Key
    since: date
    until: date | None = None


class RecordOfficeHolder(Command, title="登记任职", roles=PROVINCE | CITIES | COUNTIES, concerns=("holders.organ",)):
    """Record holders of posts, all or none."""

    holders: tuple[Holder, ...]


class RecordHolder(Order):
    """Record one holder; ``known`` are the posts there are at the organ."""

    holder: Holder
    known: KnownPosts


class OfficeHolderRecorded(Event, title="任职登记"):
    """``person`` holds the post from ``since``; ``until`` is None while it lasts."""

    areas: ClassVar[tuple[str, ...]] = ("organ",)

    organ: Area
    post: str
    person: str
    since: date
    until: date | None


def decide(state: Holder | None, command: RecordHolder) -> Sequence[OfficeHolderRecorded]:
    """``state`` is the last holder recorded. Source of the posts: 锦州市选派到乡村工作干部管理办法（试行） 一.2."""
    holder = command.holder
    _must_be_known(holder, command.known)
    if holder.until is not None and holder.until < holder.since:
        raise PERIOD_REVERSED(since=holder.since)
    if state is not None and holder.since <= (state.until or state.since):
        raise PERIOD_OVERLAPS(
            organ=holder.organ, person=state.person, since=state.since, until=state.until or state.since
        )
    return [OfficeHolderRecorded.carrying(command, holder)]


def _must_be_known(holder: Holder, known: KnownPosts) -> None:
    level = f"{LEVELS[len(holder.organ)]}_"
    posts = [name.removeprefix(level) for name in known.names if name.startswith(level)]
    if holder.post not in posts:
        raise POST_UNKNOWN(
            organ=holder.organ, post=holder.post, posts=posts or known.names or "先发布载明该职务的方案"
        ).cited(known.notice, known.clause)


def evolve(state: Holder | None, event: Any) -> Holder | None:
    """The last holder."""
    if isinstance(event, OfficeHolderRecorded):
        return Holder(event.organ, event.post, event.person, event.since, event.until)
    return state


OFFICE: Part[Holder | None] = Part("office/{organ}.{post}", None, decides=(decide,), evolve=evolve)
