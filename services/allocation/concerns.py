"""To whom belongs what the commands of allocation name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.reach import Finds, Whose
from kernel.service import Room
from programmes.concerns import of_channel, of_programme, of_unit
from programmes.notices import canonical_number


def _of_profile(profile: Mapping[str, Any], command: Any, room: Room) -> Whose | None:
    scope = profile.get("scope")
    return Whose((scope,)) if isinstance(scope, str) else None


def _of_notice(notice: str, command: Any, room: Room) -> Whose | None:
    issued = room.load(f"notice/{canonical_number(notice)}")
    return None if issued is None else Whose((issued.scope,))


def _of_nominee(person: str, command: Any, room: Room) -> Whose | None:
    sql = "select unit from nominees where programme = %s and person = %s"
    found = room.find(sql, command.programme, person)
    return of_unit(found[0]["unit"], command, room) if found else None


def _of_organ(organ: str, command: Any, room: Room) -> Whose | None:
    """A unit or channel, as an office is recorded of it: the channel's own lies wherever a programme holds."""
    if room.load(f"unit/{organ}") is not None:
        channel = of_unit(organ, command, room)
        units = channel.units if channel else ()
    else:
        units = (organ,)
    scopes = room.find("select distinct scope from profiles where base = ''")
    return Whose(tuple(row["scope"] for row in scopes), units)


FINDS: Final[Finds] = {
    "organ": _of_organ,
    "programme": of_programme,
    "channel": of_channel,
    "unit": of_unit,
    "person": _of_nominee,
    "notice": _of_notice,
    "profile": _of_profile,
}
