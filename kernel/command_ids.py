"""Ids of commands that nobody at the door may choose: taken by another, what is to stand under them could not be.

Under some stand the effects of foreign events, what became of those parked, what is followed; under others the
commands of days, which are given by the process of days alone.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = "day"
_EVENT: Final = re.compile(r"(?:[a-z]+/)?[a-z]+:[0-9]+|following/.*")
_OF_DAYS: Final = "calendar"


def of_day(day: date, command: str, subject: str) -> str:
    """The id of what a day asks of ``subject``, "" where of nothing in particular: given once, however often begun."""
    return "/".join(filter(None, (_DAY, day.isoformat(), command, subject)))


def reserved(command: str, role: str) -> bool:
    """Whether an actor in ``role`` may not give a command under the id ``command``."""
    return bool(_EVENT.fullmatch(command)) or (command.startswith(f"{_DAY}/") and role != _OF_DAYS)
