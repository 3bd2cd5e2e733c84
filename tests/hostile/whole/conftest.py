"""One small system for the tests of this room that need a whole one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.coming import Coming
from tests.hostile.ground import Ground


@pytest.fixture(scope="module")
def ground(coming: Coming) -> Iterator[Ground]:
    """The system that was begun with the room. It ends with the module: while it stands, others have a tenth of a
    processor less."""
    yield coming.made.result()
    coming.end()
