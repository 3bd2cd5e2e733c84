"""A service put together from its parts and plans: which commands it takes, where they go, which events it stores.

Nothing is listed a second time. What would be missing or doubled is found when the service's module is imported.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from kernel import parked
from kernel.codec import EventTypes, Upcaster
from kernel.concern import foreign_to
from kernel.messages import Command, Event
from kernel.part import Part
from kernel.reach import Finds
from kernel.service import Handles, Plan, Service, to

Parts = Sequence[Part[Any]]
Plans = Sequence[Plan]


def events_of(parts: Parts) -> tuple[type[Event], ...]:
    """Every event type of the parts, once, in their order."""
    return tuple(dict.fromkeys(kind for part in parts for kind in part.events))


def types_of(parts: Parts, upcasters: Mapping[tuple[str, int], Upcaster] | None = None) -> EventTypes:
    """The event types a service stores: those of its parts, and what is done with parked events."""
    return EventTypes((*events_of(parts), *parked.EVENTS), upcasters)


def plans_of(parts: Parts, plans: Plans) -> dict[type[Command], Plan]:
    """The commands of the door, each with the plan that takes it or leads to the part whose stream its fields name.

    Raises:
        TypeError: for a plan of an order, two plans for one command, and a command that has neither a plan nor just one
            part, or not the fields that name its stream.
    """
    planned: dict[type[Command], Plan] = {}
    for plan in plans:
        for kind in _commands(plan):
            if kind in planned or kind.entry is None:
                raise TypeError(f"{kind.__name__} has two plans, or is an order, which no plan takes")
            planned[kind] = plan
    deciding: dict[type[Command], list[Part[Any]]] = {}
    for part in parts:
        for kind in part.commands:
            deciding.setdefault(kind, []).append(part)
    for kind, able in deciding.items():
        if kind.entry is None or kind in planned:
            continue
        if len(able) > 1 or not set(able[0].fields) <= {field.name for field in fields(kind)}:
            raise TypeError(f"no plan says to which stream {kind.__name__} goes, and its fields do not")
        planned[kind] = to(able[0].stream_of)
    return planned


def handles_of(parts: Parts, plans: Plans, finds: Finds) -> dict[str, Handles]:
    """What the door does with each command, by name.

    Raises:
        TypeError: as ``plans_of``, and for a command that concerns what nothing in ``finds`` understands.
    """
    return {kind.__name__: _handles(kind, plan, finds) for kind, plan in plans_of(parts, plans).items()}


def commands_of(parts: Parts, plans: Plans) -> tuple[type[Command], ...]:
    """Every command of the door; raises as ``plans_of``."""
    return tuple(plans_of(parts, plans))


def service(
    name: str, parts: Parts, plans: Plans, events: EventTypes, finds: Finds | None = None, **more: Any
) -> Service:
    """The service ``name``; ``finds`` says to whom things belong, ``more`` are the other fields of ``Service``.

    Raises:
        TypeError: as ``handles_of``, and for two parts of one category.
    """
    known = {part.category: part for part in parts}
    if len(known) != len(parts):
        raise TypeError(f"{name}: two parts have one category")
    return Service(
        name=name, events=events, parts=known, commands=handles_of(parts, plans, finds or {}), finds=finds or {}, **more
    )


def _handles(kind: type[Command], plan: Plan, finds: Finds) -> Handles:
    entry = kind.entry
    if entry is None:
        raise TypeError(f"{kind.__name__} is an order")
    return Handles(kind, plan, entry.roles, entry.title, foreign_to(kind, entry.concerns, finds))


def _commands(plan: Plan) -> Iterable[type[Command]]:
    """The command types a plan takes, by the annotation of its first argument."""
    first = next(iter(typing.get_type_hints(plan).values()))
    kinds = typing.get_args(first) or (first,)
    if not all(isinstance(kind, type) and issubclass(kind, Command) for kind in kinds):
        raise TypeError(f"{plan} does not say which command it takes")
    return kinds
