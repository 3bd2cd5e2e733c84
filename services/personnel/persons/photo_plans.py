"""Taking in a photo: what it is by its first bytes, sealed and stored before the event that names it (PE-008).

A file that no event names, because what followed was refused, is a sealed file that nobody is led to.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kernel.config import Config
from kernel.log.refusals import LOG_AWAY
from kernel.log.sessions import Lost, Readers
from kernel.service import Room, Step
from kernel.text import LONGEST_IMAGE
from services.personnel.persons.correction_plans import had
from services.personnel.persons.photo import AttachPhoto, KeepPhoto, Media
from services.personnel.persons.refusals import PHOTO_INVALID

_SIGNATURES: Final[Mapping[Media, bytes]] = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
_PUT: Final = """
insert into attachments.files (sha256, person, sealed) values (%s, %s, %s) on conflict do nothing returning sha256
"""
_GET: Final = "select sha256, sealed from attachments.files where sha256 = any(%s)"


class Attachments:
    """The sealed files in the database that ``sessions`` lead to."""

    def __init__(self, sessions: Readers) -> None:
        self._sessions = sessions

    def put(self, person: str, sealed: str) -> str:
        """Store a sealed file; gives its digest. Raises Busy."""
        digest = hashlib.sha256(sealed.encode()).hexdigest()
        try:
            self._sessions.query(_PUT, (digest, person, sealed))
        except Lost as error:
            raise LOG_AWAY() from error
        return digest

    def get(self, digests: Iterable[str]) -> dict[str, str]:
        """The sealed files by digest: of one that was changed since, nothing."""
        rows, _ = self._sessions.query(_GET, (list(digests),))
        return {name: sealed for name, sealed in rows if hashlib.sha256(sealed.encode()).hexdigest() == name}


def tools(config: Config) -> Mapping[str, Any]:
    """What the plans and questions about photos need."""
    return {"attachments": Attachments(Readers(config.db, most=2))}


def attach_photo(command: AttachPhoto, room: Room) -> Iterable[Step]:
    """The person's stream. Raises Rejected: ``person_unknown`` as a correction does, ``photo_invalid``."""
    person, actor = command.corrected, command.context.actor
    had(person, actor, room)
    media, picture = _picture(command.photo)
    sealed = room.tools["vault"].seal(person, {"media": media, "base64": base64.b64encode(picture).decode()})
    digest = room.tools["attachments"].put(person, sealed)
    order = KeepPhoto(context=command.context, person=person, sha256=digest, media=media, size=len(picture))
    return (Step(f"person/{person}", order),)


def _picture(given: Any) -> tuple[Media, bytes]:
    if isinstance(given, str) and len(given) <= LONGEST_IMAGE:
        try:
            picture = base64.b64decode(given, validate=True)
        except ValueError:
            raise PHOTO_INVALID() from None
        for media, signature in _SIGNATURES.items():
            if picture.startswith(signature):
                return media, picture
    raise PHOTO_INVALID()
