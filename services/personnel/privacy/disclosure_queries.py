"""Showing personal data: the one place where a question opens what is sealed.

Invariant: before anything is opened an event says who reads whose data, which fields and for what, or the reading is
counted to the event that says the very same (``rereading_queries``); where neither can be stored, nothing is opened.
The event holds ids and names of fields, never what they hold. Of whom nothing can be opened, because the key is
destroyed, nobody has read anything, and no event says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.service import Ask
from services.personnel.privacy.disclosure import PersonalDataRead, PersonalDataReadAgain
from services.personnel.privacy.rereading_queries import Rereadings, key_of


class Missing(StrEnum):
    """What stands in the place of data that is not shown: destroyed by two hands, or damaged, which is an alarm."""

    ERASED = "已销毁"
    UNREADABLE = "无法读取：所存密文或密钥已损坏，请报系统管理员"


Opened = Mapping[str, Any] | Missing
"""The fields of one blob, or why there are none."""


def opened(
    ask: Ask,
    tools: Mapping[str, Any],
    purpose: str,
    fields: Sequence[str],
    blobs: Sequence[tuple[str, str]],
) -> list[Opened]:
    """The contents of (person, sealed) pairs, in order; one that does not open costs the others nothing.

    Args:
        purpose: the name of the question.
        fields: the fields that are shown of them.

    Raises:
        Busy: the reading could not be recorded, nor counted.
    """
    if not blobs:
        return []
    erased = tools["vault"].destroyed(person for person, _ in blobs)
    held = [(person, sealed) for person, sealed in blobs if person not in erased]
    if held:
        _recorded(ask, tools["rereadings"], _reading(ask, purpose, fields, held))
    found = iter(tools["vault"].open_all(held, gone=Missing.ERASED, broken=Missing.UNREADABLE))
    return [Missing.ERASED if person in erased else next(found) for person, _ in blobs]


def _reading(ask: Ask, purpose: str, fields: Sequence[str], blobs: Sequence[tuple[str, str]]) -> PersonalDataRead:
    persons = tuple(dict.fromkeys(person for person, _ in blobs))
    return PersonalDataRead(
        occurred_on=today(),
        reader=ask.actor.person,
        role=ask.actor.role,
        purpose=purpose,
        persons=persons,
        fields=tuple(fields),
        count=len(persons),
    )


def _recorded(ask: Ask, rereadings: Rereadings, read: PersonalDataRead) -> None:
    """Record the reading; count it where the log says the same already."""
    key = key_of(ask.actor, read)
    if rereadings.again(key):
        return
    rereadings.open(key, ask.record([(_stream(read.occurred_on), read)]), read)
    for over in rereadings.due():
        again = PersonalDataReadAgain(occurred_on=read.occurred_on, **over)
        if again.again:
            ask.record([(_stream(read.occurred_on), again)], once=f"reread/personnel:{again.first}")
        rereadings.close([again.first])


def _stream(day: date) -> str:
    return f"access/{day.isoformat()}"


def today() -> date:
    """The date in China by this machine's clock: under it readings are filed."""
    return day_of(clock())
