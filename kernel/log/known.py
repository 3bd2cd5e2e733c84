"""What a writer knows without asking: the log as its own last transaction left it.

Invariant: what is known is true as long as the head stands where it stood then. The transaction that relies on it moves
the head from that very position and fails where another writer has moved it; then nothing is known any more.
"""

from __future__ import annotations

from kernel.log.batch import Facts, Needs

_MOST = 50_000  # streams
_LONGEST = 64  # groups


class Known:
    """The facts one writer may rely on. Used by one caller at a time."""

    def __init__(self) -> None:
        self._position: int | None = None
        self._recorded_at = self._records = 0
        self._versions: dict[str, int] = {}
        self._pause = 0
        self._misses = 0

    def facts(self, needs: Needs) -> Facts | None:
        """What ``needs`` asks for, or None where it must be asked.

        Command ids count as new: the table's key refuses one that is not. What no key could refuse is not guessed.
        """
        if self._pause:
            self._pause -= 1
            return None
        if self._position is None or needs.claims or needs.sources:
            return None
        versions = self._versions
        try:
            known = self._position, self._recorded_at, self._records
            return Facts(*known, {stream: versions[stream] for stream in needs.streams})
        except KeyError:
            return None

    def learn(self, before: int, facts: Facts, recorded_at: int) -> None:
        """A transaction that found the head at ``before`` has left the log as ``facts`` say."""
        if before != self._position or len(self._versions) > _MOST:
            self._versions.clear()
        self._versions.update(facts.versions)
        self._position, self._recorded_at, self._records = facts.position, recorded_at, facts.records

    def right(self) -> None:
        """What was known was true."""
        self._misses = 0

    def wrong(self) -> None:
        """What was known was not true, or no longer: ask the log, for longer the more often that happens."""
        self.forget()
        self._pause = min(2**self._misses - 1, _LONGEST)
        self._misses += 1

    def forget(self) -> None:
        """How the log stands is not known."""
        self._position = None
        self._versions.clear()
