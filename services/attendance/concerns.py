"""To whom belongs what the commands of attendance name."""

from __future__ import annotations

from typing import Any, Final

from kernel.reach import Finds, Whose
from kernel.service import Room
from programmes.concerns import of_programme


def _of_posting(posting: str, command: Any, room: Room) -> Whose | None:
    """A posting is its target's, its unit's and, for what cadres ask themselves, the person's."""
    register = room.load(f"register/{posting}")
    return None if register is None else Whose((register.target,), (register.unit,), person=register.person)


FINDS: Final[Finds] = {"programme": of_programme, "posting": _of_posting, "postings": _of_posting}
