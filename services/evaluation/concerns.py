"""To whom belongs what the commands of evaluation name."""

from __future__ import annotations

from typing import Any, Final

from kernel.reach import Finds, Whose
from kernel.service import Room
from programmes.concerns import of_posting, of_programme


def _of_leg(leg: str, command: Any, room: Room) -> Whose | None:
    found = room.load(f"secondment/{leg}")
    return None if found is None else Whose((found.noted.sending, found.noted.host))


FINDS: Final[Finds] = {"programme": of_programme, "posting": of_posting, "leg": _of_leg}
