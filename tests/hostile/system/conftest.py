"""One small system for the tests of this room that need a whole one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.console import Console

from tests.faults.report import Screen
from tests.hostile.ground import STAGES, Ground, laid


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A running system with the small demo's cadres on their posts. It lives for one module: while it stands, others
    have a tenth of a processor less."""
    with Screen(Console(quiet=True)) as screen:
        screen.begin("hostile")
        with laid(tmp_path_factory.mktemp("hostile") / "system", screen, STAGES[:-1]) as made:
            yield made
