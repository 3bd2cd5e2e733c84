"""Where history is cut: a day, by date of fact or by date of record.

Invariant: which side of the cut a stored line lies on is read from its text and needs no decoding. Lines are canonical
JSON: after ``occurred_on`` come scalars only, and no text can hold the quotation marks of a key, so the last
occurrence of the key is the envelope's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kernel.errors import Corrupt

SHANGHAI = ZoneInfo("Asia/Shanghai")
_FACT = b'"occurred_on":"'
_RECORD = b'"recorded_at":'
_ISO = len("2018-05-02")


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of ``day``: of facts dated up to it, or with ``recorded`` of what was recorded up to its midnight."""

    day: date
    recorded: bool = False

    @property
    def by(self) -> str:
        """The clock that is meant: "fact" or "record"."""
        return "record" if self.recorded else "fact"

    @property
    def mark(self) -> Mark:
        """What ``mark_of`` of a line is compared with: lines of at most this lie before the cut."""
        return midnight_after(self.day) - 1 if self.recorded else self.day.isoformat().encode()


Mark = int | bytes
"""A place in time as lines carry it: microseconds since 1970 UTC, or a day in ISO form."""


def midnight_after(day: date) -> int:
    """The first moment after ``day`` in Asia/Shanghai, in microseconds since 1970 UTC."""
    start = datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)
    return int(start.timestamp()) * 1_000_000


def day_of(line: bytes) -> bytes:
    """The date of fact of a stored line, in ISO form. Raises Corrupt where it has none."""
    at = line.rfind(_FACT) + len(_FACT)
    if at < len(_FACT):
        raise Corrupt("a stored line has no date of fact")
    return line[at : at + _ISO]


def moment_of(line: bytes) -> int:
    """When a stored line was recorded, in microseconds since 1970 UTC. Raises Corrupt where it does not say."""
    at = line.rfind(_RECORD) + len(_RECORD)
    try:
        return int(line[at : line.index(b",", at)])
    except ValueError:
        raise Corrupt("a stored line has no date of record") from None
