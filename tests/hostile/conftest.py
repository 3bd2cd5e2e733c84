"""The whole system of this room comes up while its other tests run: it is begun at the room's first test, and `whole`,
the last of its folders, waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

WHOLE = Path(__file__).parent / "whole"


@pytest.fixture(scope="session", autouse=True)
def begun(request: pytest.FixtureRequest) -> None:
    """The system on its way, where a test is run that wants one."""
    if any(WHOLE in item.path.parents for item in request.session.items):
        request.getfixturevalue("coming")
