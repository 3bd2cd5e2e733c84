"""To whom belongs what the commands of evaluation name."""

from __future__ import annotations

from typing import Any, Final

from kernel.reach import Finds, Whose
from kernel.service import Room
from programmes.concerns import of_posting as of_place
from programmes.concerns import of_programme


def _of_leg(leg: str, command: Any, room: Room) -> Whose | None:
    found = room.load(f"secondment/{leg}")
    return None if found is None else Whose((found.noted.sending, found.noted.host))


def of_posting(posting: str, command: Any, room: Room) -> Whose | None:
    """A posting is its place's, and the unit's that sent the cadre, as far as that was told."""
    place, found = of_place(posting, command, room), room.load(f"appraisee/{posting}")
    if place is None or found is None or not found.unit:
        return place
    return Whose(place.areas, (found.unit,))


FINDS: Final[Finds] = {"programme": of_programme, "posting": of_posting, "leg": _of_leg}
