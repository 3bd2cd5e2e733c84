"""Rereadings: who reads the same data of the same persons again within a window leaves no second event, but is counted.

The first reading is an event before anything is shown; each that says the very same is counted, on disk and before
anything is shown too; once the window is over the number is an event itself. Invariants: nothing is shown that is
neither in the log nor counted; a number becomes an event once, whatever process is killed meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from kernel.codec import canonical
from kernel.config import Config
from kernel.log.batch import clock
from kernel.log.refusals import LOG_AWAY
from kernel.log.sessions import Lost, Readers
from kernel.messages import Actor
from services.personnel.privacy.disclosure import PersonalDataRead

WINDOW: Final = 600 * 1_000_000
"""Microseconds."""
_AGAIN: Final = """
update rereadings.open set again = again + 1
 where first = (select max(first) from rereadings.open where key = %s and since > %s and not closing)
   and not closing
returning first
"""
_OPEN: Final = """
insert into rereadings.open (first, key, since, reader, role, purpose) values (%s, %s, %s, %s, %s, %s)
on conflict do nothing returning first
"""
_DUE: Final = (
    "update rereadings.open set closing = true where since <= %s returning first, again, reader, role, purpose"
)
_CLOSE: Final = "delete from rereadings.open where first = any(%s) and closing returning first"


class Rereadings:
    """The open windows of the database that ``sessions`` lead to; ``now`` gives microseconds since 1970 UTC.

    Every method raises Busy where the database is away.
    """

    def __init__(self, sessions: Readers, now: Callable[[], int] = clock) -> None:
        self._sessions = sessions
        self._now = now

    def again(self, key: bytes) -> bool:
        """Count one more reading like that of ``key``; False where no window of one is open."""
        return bool(self._rows(_AGAIN, key, self._now() - WINDOW))

    def open(self, key: bytes, first: int, read: PersonalDataRead) -> None:
        """From now on readings like ``read``, the event at position ``first``, are counted."""
        self._rows(_OPEN, first, key, self._now(), read.reader, read.role, read.purpose)

    def due(self) -> list[dict[str, Any]]:
        """The windows that are over, as {first, again, reader, role, purpose}; nothing is counted in them any more."""
        return self._rows(_DUE, self._now() - WINDOW)

    def close(self, firsts: list[int]) -> None:
        """Forget windows that are over."""
        self._rows(_CLOSE, firsts)

    def _rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        try:
            found, names = self._sessions.query(sql, values)
        except Lost as error:
            raise LOG_AWAY() from error
        return [dict(zip(names, row, strict=True)) for row in found]


def key_of(actor: Actor, read: PersonalDataRead) -> bytes:
    """The same for two readings of which the log would say the same: who, as what, by which question, whose, which."""
    said = [actor.person, actor.post, actor.organ, actor.role, read.purpose, list(read.fields), list(read.persons)]
    return hashlib.sha256(canonical(said)).digest()


def tools(config: Config) -> Mapping[str, Any]:
    """What the questions that disclose need."""
    return {"rereadings": Rereadings(Readers(config.db, most=2))}
