"""The photo of a person as an attachment: the sealed file outside the log, its digest in the event (PE-008).

Invariant: what the digest names is the sealed file, so that it can be held against the log without a key, and tells
nothing of the picture.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from kernel.grounds import not_before
from kernel.messages import Command, Event, Key, Order, Sealing
from programmes.roles import MANAGERS, PROVINCE, UNITS
from services.personnel.persons.person import Person
from services.personnel.persons.refusals import PERSON_UNKNOWN

Media = Literal["image/jpeg", "image/png"]


class PhotoAttached(Event, title="照片存档"):
    """A photo of the person is kept: ``sha256`` is that of the sealed file, ``size`` the bytes of the picture."""

    person: Key
    sha256: Key
    media: Media
    size: int


class AttachPhoto(Command, title="上传照片", roles=PROVINCE | MANAGERS | UNITS, concerns=("corrected",)):
    """Keep a photo of a person: ``photo`` is the picture, JPEG or PNG, in base64."""

    corrected: Key
    photo: Annotated[Any, Sealing]


class KeepPhoto(Order):
    """The same, sealed and stored."""

    person: Key
    sha256: Key
    media: Media
    size: int


def keep(state: Person | None, command: KeepPhoto) -> list[PhotoAttached]:
    """The photo. Rejected: nobody is so registered; a day before the registration."""
    if state is None:
        raise PERSON_UNKNOWN()
    not_before(command, state.since, "登记", "form.fields")
    return [PhotoAttached.carrying(command)]
