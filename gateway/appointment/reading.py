"""A file of either kind, told apart by how it begins."""

from __future__ import annotations

from typing import Final

from gateway.appointment import lrm, lrmx
from gateway.appointment.appointment import Appointment

_XML: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(body: bytes) -> Appointment:
    """The form in ``.lrmx`` or ``.lrm``. Raises BadInput: ``appointment_unreadable``, ``appointment_photo``."""
    return lrmx.read(body) if body.lstrip().startswith(_XML) else lrm.read(body)
