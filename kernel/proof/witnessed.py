"""How far a log is witnessed: the newest checkpoint that enough witnesses co-signed, and how far each of them went.

Invariant: only signatures that verify count, whatever stands beside a checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from kernel.proof import notes
from kernel.proof.policy import NONE, Policy

Cosigned = tuple[int, str, list[str]]
"""(size, note of the checkpoint, signature lines of witnesses)"""

PAGE: Final = 100
"""Co-signed checkpoints read at a time."""
TOP: Final = 2**63 - 1
"""Above every size."""

Page = Callable[[int, int], list[Cosigned]]
"""(above, below) -> the newest PAGE co-signed checkpoints of more than ``above`` and fewer than ``below`` events."""


@dataclass
class Witnessed:
    """``size`` of the newest witnessed checkpoint (0: none), and the largest size each witness co-signed."""

    size: int = 0
    by: dict[str, int] = field(default_factory=dict)
    _policy: Policy | None = None
    _counted: dict[int, int] = field(default_factory=dict)
    _whole: bool = False
    """True once nothing below the pages read was left unread under this policy."""

    def above(self, policy: Policy) -> int:
        """The size above which co-signed checkpoints are worth looking at; under a changed policy that is 0 again."""
        if policy != self._policy:
            self.size, self._policy, self._counted, self._whole = 0, policy, {}, False
        return self.size

    def look(self, page: Page, policy: Policy) -> None:
        """Read on, page by page and the newest first, until one is witnessed or none is left.

        However many checkpoints since have too few cosignatures, the newest that has enough is found. What was read to
        its end once is read again only as far as there is something new.
        """
        above, below = self.above(policy), TOP
        while True:
            found = page(above, below)
            news = self.take(found, policy)
            last = len(found) < PAGE or policy.quorum == NONE
            if last or self.size > above or (self._whole and not news):
                break
            below = found[-1][0]
        self._whole = True

    def take(self, found: Iterable[Cosigned], policy: Policy) -> bool:
        """Count these co-signed checkpoints, those above ``above(policy)``; True where one of them is news."""
        news = False
        for size, text, lines in found:
            if self._counted.get(size) == len(lines):
                continue  # nobody has signed since
            self._counted[size] = len(lines)
            news = True
            try:
                note = merged(text, lines)
            except notes.Malformed:  # the notary says so of the last one; older ones the auditor's verification names
                continue
            for name in policy.seen_by(note):
                self.by[name] = max(self.by.get(name, 0), size)
            if size > self.size and policy.witnessed(note):
                self.size = size
        self._counted = {size: n for size, n in self._counted.items() if size > self.size}
        return news


def merged(text: str, lines: Iterable[str]) -> notes.Note:
    """The note ``text`` with those of the signature ``lines`` that can be read beneath its own.

    Raises:
        notes.Malformed: where ``text`` is no note.
    """
    return notes.parse(text).merged(_readable(lines))


def _readable(lines: Iterable[str]) -> Iterator[notes.Signature]:
    for line in lines:
        with suppress(notes.Malformed):
            yield notes.signature(line)
