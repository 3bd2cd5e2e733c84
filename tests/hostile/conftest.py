"""The whole system of this room comes up while its other tests run: it is begun at the room's first test, and `whole`,
the last of its folders, waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.coming import Coming

WHOLE = Path(__file__).parent / "whole"


@pytest.fixture(scope="session", autouse=True)
def coming(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coming | None]:
    """The system on its way; None where no test is run that wants one."""
    if not any(WHOLE in item.path.parents for item in request.session.items):
        yield None
        return
    begun = Coming(tmp_path_factory.mktemp("hostile") / "system")
    begun.start()
    yield begun
    begun.end()
