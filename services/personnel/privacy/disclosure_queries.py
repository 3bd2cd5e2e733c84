"""Showing personal data: the one place where a question opens what is sealed.

Invariant: before anything is opened an event says who reads whose data, which fields and for what, one event a
question; where it cannot be stored, nothing is opened. The event holds ids and names of fields, never what they hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.service import Ask
from services.personnel.privacy.disclosure import PersonalDataRead

ERASED: Final = "已销毁"
"""What stands in the place of the data of a person whose key was destroyed."""

Opened = Mapping[str, Any] | None
"""The fields of one blob, None where the person's key was destroyed."""


def opened(
    ask: Ask,
    tools: Mapping[str, Any],
    purpose: str,
    fields: Sequence[str],
    blobs: Sequence[tuple[str, str]],
) -> list[Opened]:
    """The contents of (person, sealed) pairs, in order.

    Args:
        purpose: the name of the question.
        fields: the fields that are shown of them.

    Raises:
        Busy: the reading could not be recorded.
    """
    if not blobs:
        return []
    persons = tuple(dict.fromkeys(person for person, _ in blobs))
    day = today()
    read = PersonalDataRead(
        occurred_on=day,
        reader=ask.actor.person,
        role=ask.actor.role,
        purpose=purpose,
        persons=persons,
        fields=tuple(fields),
        count=len(persons),
    )
    ask.record([(f"access/{day.isoformat()}", read)])
    found: list[Opened] = tools["vault"].open_all(blobs, gone=None)
    return found


def today() -> date:
    """The date in China by this machine's clock: under it readings are filed."""
    return day_of(clock())
