"""One small run of the demo for all system tests.

One process of every kind is ended with SIGKILL while the demo runs. The supervisor brings each back, and the figures
must be what they are without a kill.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from demo.performances import PERFORMANCES
from demo.play import play
from tests.kit.killing import killing


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], list[str]]:
    """A small run: its data directory, its summary, and what was killed meanwhile.

    The directory has a name as offices give them, so everything that works on it is shown to take such a path.
    """
    data = tmp_path_factory.mktemp("demo") / "选派 数据"
    with killing(data) as killed:
        return data, play(data, PERFORMANCES["small"], Console(quiet=True)), killed
