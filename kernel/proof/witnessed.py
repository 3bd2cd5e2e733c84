"""How far a log is witnessed: the newest checkpoint that enough witnesses co-signed, and how far each of them went.

Invariant: only signatures that verify count, whatever stands beside a checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from kernel.proof import notes
from kernel.proof.policy import Policy

Cosigned = tuple[int, str, list[str]]
"""(size, note of the checkpoint, signature lines of witnesses)"""


@dataclass
class Witnessed:
    """``size`` of the newest witnessed checkpoint (0: none), and the largest size each witness co-signed."""

    size: int = 0
    by: dict[str, int] = field(default_factory=dict)
    _policy: Policy | None = None
    _counted: dict[int, int] = field(default_factory=dict)

    def above(self, policy: Policy) -> int:
        """The size above which co-signed checkpoints are worth looking at; under a changed policy that is 0 again."""
        if policy != self._policy:
            self.size, self._policy, self._counted = 0, policy, {}
        return self.size

    def take(self, found: Iterable[Cosigned], policy: Policy) -> None:
        """Count these co-signed checkpoints, those above ``above(policy)``, the newest first."""
        counted = {}
        for size, text, lines in found:
            counted[size] = len(lines)
            if self._counted.get(size) == len(lines):
                continue  # nobody has signed since
            try:
                note = merged(text, lines)
            except notes.Malformed:  # the notary says so of the last one; older ones the auditor's verification names
                continue
            for name in policy.seen_by(note):
                self.by[name] = max(self.by.get(name, 0), size)
            if size > self.size and policy.witnessed(note):
                self.size = size
        self._counted = counted


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
