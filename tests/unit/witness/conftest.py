from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.witness.province import HttpProvince
from tests.kit.witness.bench import Bench
from tests.kit.witness.province import FakeProvince, served


@pytest.fixture(params=["in memory", "over http"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    fake = FakeProvince(5)
    if request.param == "in memory":
        yield Bench(fake, fake, tmp_path)
        return
    with served(fake) as url:
        yield Bench(fake, HttpProvince(url, "token"), tmp_path)
