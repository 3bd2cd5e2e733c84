"""To whom belongs what the commands of personnel name."""

from __future__ import annotations

from typing import Any, Final

from kernel.reach import Finds, Whose
from kernel.service import Room
from kernel.text import digits
from programmes.concerns import of_channel, of_programme, of_unit

_ENGAGED = """
select programme from nominations where person = %s union select programme from legs where person = %s
"""


def _of_posting(posting: str, command: Any, room: Room) -> Whose | None:
    found = room.load(f"posting/{posting}")
    if found is None:
        return None
    return Whose((found.placed.target,), (found.placed.unit, found.placed.channel))


def _of_candidacy(candidacy: str, command: Any, room: Room) -> Whose | None:
    """A candidacy is the unit's and its channel's, and lies where the channel does, else in the whole programme."""
    found = room.load(f"candidacy/{candidacy}")
    if found is None:
        return None
    filed = found.filed
    area = filed.channel if digits(filed.channel) else filed.province
    return Whose((area,), (filed.unit, filed.channel))


def _of_leg(leg: str, command: Any, room: Room) -> Whose | None:
    found = room.load(f"leg/{leg}")
    return None if found is None else Whose((found.nominated.sending, found.nominated.host))


def _of_person(person: str, command: Any, room: Room) -> Whose | None:
    """A person is where the programmes hold that the person is or was in."""
    rows = room.find(_ENGAGED, person, person)
    if not rows:
        return None
    scopes = [of_programme(row["programme"], command, room) for row in rows]
    return Whose(tuple(area for whose in scopes if whose for area in whose.areas))


def _of_reserve(reserve: str, command: Any, room: Room) -> Whose | None:
    """A reserve is the village's, the home's, and while a use is under way that of the village to be served."""
    found = room.load(f"reserve/{reserve}")
    if found is None:
        return None
    return Whose(
        tuple(found.subject.parties[name] for name in ("village", "home", "target") if name in found.subject.parties)
    )


def _of_entered(entered: str, command: Any, room: Room) -> Whose | None:
    """Whoever has not the person is told of none: its plan answers as where there is none."""
    return None


def _of_nomination(nomination: str, command: Any, room: Room) -> Whose | None:
    """A nomination is its unit's and its channel's."""
    rows = room.find("select unit from nominations where nomination = %s", nomination)
    return of_unit(rows[0]["unit"], command, room) if rows else None


def _of_document(document: str, command: Any, room: Room) -> Whose | None:
    """A paper lies in the areas it concerns; a form is the unit's too."""
    found = room.load(f"paper/{getattr(command, 'programme', '')}.{document}")
    return None if found is None else Whose(found.areas, (found.unit,) if found.unit else ())


FINDS: Final[Finds] = {
    "programme": of_programme,
    "channel": of_channel,
    "unit": of_unit,
    "posting": _of_posting,
    "postings": _of_posting,
    "candidacy": _of_candidacy,
    "nominees": _of_candidacy,
    "leg": _of_leg,
    "legs": _of_leg,
    "person": _of_person,
    "entered": _of_entered,
    "corrected": _of_entered,
    "nomination": _of_nomination,
    "document": _of_document,
    "reserve": _of_reserve,
}
