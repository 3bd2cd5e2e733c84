"""Bindings: a unit stays bound to the village it sends to until the village's own state releases it.

Invariant: Bound → Released only by the village's status; recall, withdrawal and a term's end
change nothing (AL-040). Where village or unit become another, the binding goes on there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import ClassVar

from kernel.messages import Area, Event, Order
from kernel.part import Part
from services.allocation.targets.refusals import BINDING_RELEASED


class Bond(Enum):
    """Where a binding stands."""

    NONE = "none"
    BOUND = "bound"
    RELEASED = "released"
    FOLLOWED = "followed"


class Bind(Order):
    """Bind the unit to the village of a posting; a binding that stands is reused (AL-044).

    ``reached_on`` is the day the village reached its target where from then on it takes no unit.
    """

    unit: str
    target: str
    reached_on: date | None = None


class Release(Order):
    """The village has reached its target."""

    unit: str
    target: str
    cause: str


class FollowBinding(Order):
    """The village, or the unit, is another one now, by ``document``: the binding goes on there."""

    unit: str
    target: str
    to_unit: str
    to_target: str
    document: str


class BindingFollowed(Event, title="结对随区划或单位变更"):
    """The binding of ``unit`` and ``target`` goes on as that of ``to_unit`` and ``to_target``."""

    rule = "binding.create"
    areas: ClassVar[tuple[str, ...]] = ("target", "to_target")

    unit: str
    target: Area
    to_unit: str
    to_target: Area
    document: str


class BindingCreated(Event, title="单位与村结对"):
    """The unit is bound to the village."""

    rule = "binding.create"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    unit: str
    target: Area


class BindingReleased(Event, title="结对解除"):
    """The village's status released the unit."""

    rule = "binding.release"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    unit: str
    target: Area
    cause: str


def bind(state: Bond, command: Bind) -> Sequence[BindingCreated]:
    """Bind, or reuse what stands (AL-044); a village that has reached its target takes no unit again."""
    reached_on = command.reached_on
    if state is Bond.RELEASED or (reached_on is not None and command.context.occurred_on >= reached_on):
        raise BINDING_RELEASED(target=command.target, unit=command.unit)
    if state is Bond.BOUND:
        return []
    return [BindingCreated.carrying(command)]


def follow(state: Bond, command: FollowBinding) -> Sequence[BindingFollowed]:
    """A binding that stands goes on elsewhere (X-056)."""
    if state is not Bond.BOUND:
        return []
    return [BindingFollowed.carrying(command)]


def release(state: Bond, command: Release) -> Sequence[BindingReleased]:
    """Release a binding that stands."""
    if state is not Bond.BOUND:
        return []
    return [BindingReleased.carrying(command)]


def evolve(state: Bond, event: Event) -> Bond:
    """Where the binding stands after one more event."""
    if isinstance(event, BindingCreated):
        return Bond.BOUND
    if isinstance(event, BindingFollowed):
        return Bond.FOLLOWED
    return Bond.RELEASED if isinstance(event, BindingReleased) else state


def scope(key: str) -> tuple[str | None, str | None]:
    """Scope of ``<programme>.<unit>.<target>``."""
    return key.split(".", 1)[0], key.rsplit(".", 1)[1]


BINDING: Part[Bond] = Part(
    "binding/{programme}.{unit}.{target}", Bond.NONE, decides=(bind, follow, release), evolve=evolve, scope=scope
)
