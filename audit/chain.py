"""Whether the checkpoints of a log are all there: each has a number and names the text of the one before it.

Those of before they were numbered count as one each; the first that has a number says how many they were, and names the
last of them. Invariant: a note that cannot be read stands for one checkpoint, and nothing more is said of it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kernel.proof.checkpoint import NOTHING, Checkpoint

UNENDING: Final = 1 << 63


@dataclass(frozen=True, slots=True)
class Gap:
    """The checkpoints ``first`` to ``last`` are missing between those over ``after`` and over ``upto`` events."""

    first: int
    last: int
    after: int
    upto: int

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    @property
    def named(self) -> str:
        """Them in words."""
        return f"checkpoint {self.first} is" if self.count == 1 else f"checkpoints {self.first} to {self.last} are"


class Chain:
    """Follows the checkpoints of one log by size; ``gaps`` and ``broken`` (size, sentence) grow as it goes."""

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self.broken: list[tuple[int, str]] = []
        self._number = self._size = self._unread = 0
        self._numbered = False
        self._text: bytes | None = NOTHING

    def unread(self) -> None:
        """The next note cannot be read."""
        self._number += 1
        self._unread += 1
        self._text = None

    def follow(self, found: Checkpoint) -> None:
        """The next checkpoint is ``found``."""
        place, due = found.place, self._number + 1
        if place is None:
            if self._numbered:
                self.broken.append((found.size, "it has no number, though one before it has"))
            number = due
        else:
            number, self._numbered = place.number, True
            if number > due:
                self.gaps.append(Gap(due, number - 1, self._size, found.size))
            elif number < due - self._unread:
                self.broken.append((found.size, f"its number is {number}, and there were {due - 1} before it"))
            elif self._text is not None and place.before != self._text:
                self.broken.append((found.size, f"checkpoint {number} was signed after another than the one before it"))
        self._number, self._size, self._unread, self._text = number, found.size, 0, found.text_hash

    def end(self, kept: int) -> None:
        """There are no more, and ``kept`` is the number of the last that was ever kept."""
        if kept > self._number:
            self.gaps.append(Gap(self._number + 1, kept, self._size, UNENDING))
