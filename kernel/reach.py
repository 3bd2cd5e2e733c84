"""Reach: to whom a thing belongs, and whose business it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kernel.errors import PaizhuError
from kernel.messages import Actor


@dataclass(frozen=True, slots=True)
class Whose:
    """To whom a thing belongs: the areas it lies in, the units that manage it, the person it is about."""

    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    person: str | None = None

    def reached_by(self, actor: Actor) -> bool:
        """True where one of the areas, one of the units, or the person is the actor's own."""
        return any(map(actor.covers, self.areas)) or any(map(actor.manages, self.units)) or actor.is_(self.person)


Finds = Mapping[str, Callable[[Any, Any, Any], Whose | None]]
"""By the name of a field: (value, command, room) -> to whom belongs what it names, None where nothing is so named."""
Fits = Callable[[Actor], str]
"""An actor -> why it cannot act in its role for the areas and units it has, "" where the three agree."""


def anybody(actor: Actor) -> str:
    """Nobody's role asks for a place."""
    return ""


def _unsaid(actor: Actor, data: Any, room: Any) -> PaizhuError | None:
    return None


@dataclass(frozen=True, slots=True)
class Foreign:
    """How it is told that a command is none of its actor's business.

    ``judge(command, room)`` gives the refusal; ``ahead(actor, data, room)`` gives the same from what stands first in
    the data as it came, None where that says nothing for certain.
    """

    judge: Callable[[Any, Any], PaizhuError | None]
    ahead: Callable[[Actor, Any, Any], PaizhuError | None] = _unsaid

    def __call__(self, command: Any, room: Any) -> PaizhuError | None:
        """The refusal where ``command`` is none of its actor's business."""
        return self.judge(command, room)


to_nobody = Foreign(lambda command, room: None)
"""Foreign to nobody: whoever has the role may ask it everywhere."""
