"""One small system for the tests of this room that need a whole one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.console import Console

from tests.faults.report import Screen
from tests.hostile.ground import Ground, laid


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A running system with the small demo's year in it."""
    with Screen(Console(quiet=True)) as screen:
        screen.begin("hostile")
        with laid(tmp_path_factory.mktemp("hostile") / "system", screen) as made:
            yield made
