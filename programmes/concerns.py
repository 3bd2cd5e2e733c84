"""To whom belongs what the commands of every service name: a programme, a posting, a channel.

Each is one of ``kernel.reach.Finds``.
"""

from __future__ import annotations

from typing import Any

from kernel.reach import Whose
from kernel.rules import RuleBook
from kernel.service import Room
from kernel.text import digits


def of_programme(programme: str, command: Any, room: Room) -> Whose | None:
    """A programme is its scope's: the province's, for a notice of the province."""
    book = room.load(f"programme/{programme}")
    scope = book.scope(programme) if isinstance(book, RuleBook) else None
    return None if scope is None else Whose((scope,))


def of_posting(posting: str, command: Any, room: Room) -> Whose | None:
    """A posting ``<programme>.<target>.<n>`` is its target's."""
    parts = posting.split(".")
    return Whose((parts[1],)) if len(parts) == 3 else None


def of_channel(channel: str, command: Any, room: Room) -> Whose | None:
    """A channel is its own; the department of a city or county, named by its division, lies there, and every other lies
    where the programme of the command holds."""
    if digits(channel):
        return Whose((channel,), (channel,))
    programme = getattr(command, "programme", None)
    scope = of_programme(programme, command, room) if programme else None
    return Whose(scope.areas if scope else (), (channel,))


def of_unit(unit: str, command: Any, room: Room) -> Whose | None:
    """A unit is its own and its channel's."""
    known = room.load(f"unit/{unit}")
    if known is None:
        return None
    channel = of_channel(known.channel, command, room)
    return Whose(channel.areas if channel else (), (unit, known.channel))
