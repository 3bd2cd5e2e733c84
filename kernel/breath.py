"""Breath: long work on a loop that serves others too lets them be served in between.

The host of such a loop says once how that is done (``between``); everywhere else nothing happens. Invariant: who takes
breath holds no lock and relies on no state that the log would not compare again (``kernel.handler``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

EVERY: Final = 50
"""Small items between two breaths."""


class _Breath:
    def __init__(self) -> None:
        self.between: Callable[[], object] = lambda: None


_HOST = _Breath()


def between(way: Callable[[], object]) -> None:
    """From now on ``way`` lets others of this process be served."""
    _HOST.between = way


def take() -> None:
    """Let others be served."""
    _HOST.between()
