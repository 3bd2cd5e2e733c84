"""The log: what a service decided, in one gap-free order that nobody can change.

A ``Log`` appends the events of one or more commands and reads them again. Two stores keep the same promises under one
contract suite: ``postgres`` (the real one) and ``memory`` (its twin for tests).

Promises: positions start at 1, have no gap and follow the order of commits; the versions of a stream likewise; an
append happens whole or not at all; a command id that stands in the log already gives its first receipt again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kernel.messages import Event, Past, Recorded
from kernel.projection import Op

Project = Callable[[Recorded], Iterable[Op]]


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is decided but not stored: everything but position, version and recorded_at."""

    stream: str
    event: Event
    programme: str | None = None
    profile: str | None = None
    notice: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Append:
    """What one command adds.

    ``expects`` holds, for every stream that was read, the version it had (0 for none): written or only read, it must
    not have moved. ``digest`` is a keyed digest of the command's content; ``result`` is kept with the receipt.
    ``taken_in`` is (source, position) where the command was caused by another service's event: that position must be
    the next one of that source. ``parked`` marks such an event as parked, with the reason, instead of decided; ``late``
    that its position was passed before its kind was followed (``kernel.following``).
    """

    command: str
    digest: bytes
    drafts: Sequence[Draft]
    expects: Mapping[str, int]
    actor: Mapping[str, str]
    correlation: str = ""
    causation: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    taken_in: tuple[str, int] | None = None
    parked: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an append: the log's position after it, counts by type, the streams touched with their versions."""

    position: int
    events: Mapping[str, int]
    streams: Mapping[str, int]
    result: Mapping[str, Any]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """A foreign event that was parked: where it stands in its source's log, why and when (microseconds since 1970
    UTC), and its ``state``: parked, replayed or discarded (``kernel.parked``)."""

    source: str
    number: int
    reason: str
    parked_at: int
    state: str

    @property
    def id(self) -> str:
        """The event's id everywhere, and the command id of its effect."""
        return f"{self.source}:{self.number}"


class Log(Protocol):
    """What both stores do. All methods may be called from many threads or green threads at once."""

    def append(self, item: Append) -> Receipt:
        """Store one command's events. Commands of one process that arrive together are committed together.

        Raises:
            Conflict: a stream in ``expects`` has moved; the exception names the versions found.
            ClaimTaken: a name claimed by one of the events belongs to another stream.
            Reused: the command id stands in the log with another digest.
        """
        ...

    def receipt(self, command: str, digest: bytes) -> Receipt | None:
        """The first receipt of a command id, None where it is new. Raises Reused where its digest is another."""
        ...

    def append_all(self, items: Sequence[Append]) -> list[Receipt]:
        """Store the commands of ``items`` in order in one transaction: all or none. Raises as ``append`` does."""
        ...

    def read_streams(self, after: Mapping[str, int]) -> Iterator[Past]:
        """The events of the named streams above the given versions, one stream after the other, in bounded memory."""
        ...

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Recorded]:
        """All events with ``after < position <= upto`` in order, in bounded memory. Raises Corrupt on a gap."""
        ...

    def replay(self, after: int = 0, upto: int | None = None) -> Iterator[Past]:
        """As ``read``, but of each event only what folding takes: quicker where no envelope is wanted."""
        ...

    def lines(self, after: int, limit: int, size: int | None = None) -> list[bytes]:
        """At most ``limit`` stored lines above position ``after``, in order, byte for byte as hashed.

        With ``size`` no more of them than reach that many bytes together.
        """
        ...

    def head(self) -> tuple[int, int]:
        """(position of the last event, its recorded_at in microseconds), (0, 0) for an empty log."""
        ...

    def taken_in(self) -> dict[str, int]:
        """For each foreign source the position up to which its events were taken in."""
        ...

    def parked_events(
        self, after: tuple[str, int] = ("", 0), limit: int = 1000, settled: bool = True
    ) -> list[ParkedEvent]:
        """At most ``limit`` events that were parked, by source and number, from above ``after``.

        Without ``settled`` only those that still are: neither replayed nor discarded.
        """
        ...
