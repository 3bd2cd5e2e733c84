"""The full count of what a superuser changes, for `make hostile`: each is named by `audit verify`, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.hostile.report import Held
from tests.kit.audit.changes import ground
from tests.kit.audit.drawing import drawn

CHANGES: Final = 1_000


def changed(server: str, folder: Path, seed: int, count: int, told: Callable[[int], object]) -> Held:
    """``count`` changes on databases of their own, on the server whose superuser's address is ``server``.

    ``folder`` is a new directory for keys; ``told`` hears how many are done.
    """
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    folder.mkdir(parents=True)
    with ground(server, folder) as found:
        for number, change in enumerate(drawn(found, str(seed), count), 1):
            kinds[change.kind] += 1
            if said := found.judged(change):
                wrong.append(said)
            told(number)
        if left := found.verify():
            wrong.append(f"something was left behind: {left}")
    return Held("changes by a superuser", count, wrong, "not named, or something else", dict(kinds))
