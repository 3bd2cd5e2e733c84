"""Changes of all kinds, drawn by a seed: for the bounded test and for the full count of `make hostile` alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.kit.audit.changes import Change, Ground
from tests.kit.audit.changes_of_rights import RIGHTS
from tests.kit.audit.changes_of_rows import ROWS

KINDS: tuple[Callable[[Ground, random.Random], Change], ...] = (*ROWS, *RIGHTS)


def drawn(found: Ground, seed: str, count: int) -> Iterator[Change]:
    """``count`` changes of all kinds in turn, the same for the same seed. Each is to be undone before the next."""
    chance = random.Random(seed)
    for number in range(count):
        yield KINDS[number % len(KINDS)](found, chance)
