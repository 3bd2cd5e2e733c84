"""Views: the rows of read models as of one cut, and of two at once with what lies between them.

Memory follows the rows: the events are folded one by one and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.history.walk import Walk
from kernel.messages import Recorded
from kernel.projection import Op, Rows, Table
from kernel.service import Service

Row = Mapping[str, Any]
Ops = Callable[[Recorded], Iterable[Op]]


def writing(service: Service, tables: Sequence[Table]) -> Ops:
    """The operations an event means for ``tables``, some of the service's."""
    if set(tables) == set(service.tables):
        return service.project
    wanted = frozenset(tables)
    return lambda recorded: [op for op in service.project(recorded) if op.table in wanted]


def folded(walk: Walk, ops: Ops) -> Rows:
    """The rows after every event of ``walk``. Raises what the walk raises."""
    rows = Rows()
    for _, recorded in walk:
        rows.apply(ops(recorded))
    return rows


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is not the same in both views; None where one has no such row."""

    table: Table
    key: tuple[Any, ...]
    before: Row | None
    after: Row | None

    @property
    def what(self) -> str:
        """One of "added", "removed" and "changed"."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    def turned(self) -> Change:
        """The same change, seen from the other side."""
        return Change(self.table, self.key, self.after, self.before)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose values differ; none where the row stands in one view only."""
        before, after = self.before, self.after
        return () if before is None or after is None else tuple(n for n in self.table.columns if before[n] != after[n])


class Fork:
    """Two views of the same tables that share every row neither of them changed alone."""

    def __init__(self) -> None:
        self._earlier = Rows()
        self._later = Rows()
        self._apart: dict[tuple[str, tuple[Any, ...]], Table] = {}

    def both(self, ops: Iterable[Op]) -> None:
        """Carry out ``ops`` in both views."""
        for op in ops:
            self._earlier.apply((op,))
            if (op.table.name, op.key) in self._apart:
                self._later.apply((op,))

    def later(self, ops: Iterable[Op]) -> None:
        """Carry out ``ops`` in the later view alone."""
        for op in ops:
            name, key = op.table.name, op.key
            if (name, key) not in self._apart:
                self._apart[name, key] = op.table
                row = self._earlier.tables.get(name, {}).get(key)
                if row is not None:
                    self._later.tables.setdefault(name, {})[key] = dict(row)
            self._later.apply((op,))

    def changes(self) -> Iterator[Change]:
        """The rows that differ, by table and key."""
        for name, key in sorted(self._apart):
            before = self._earlier.tables.get(name, {}).get(key)
            after = self._later.tables.get(name, {}).get(key)
            if before != after:
                yield Change(self._apart[name, key], key, before, after)


def forked(walk: Walk, ops: Ops) -> Fork:
    """Both views of a walk with two cuts. Raises what the walk raises."""
    fork = Fork()
    for side, recorded in walk:
        (fork.later if side else fork.both)(ops(recorded))
    return fork
