"""A log with signed checkpoints, and the bundles exported from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kit.audit.archive import CITY, Archive, archive, exported


@pytest.fixture(scope="module")
def signed(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three checkpoints, witnessed, and a few events that are not signed yet."""
    with archive(postgres_server.url, tmp_path_factory.mktemp("archive")) as found:
        for commands in (170, 30, 80):
            found.grow(commands)
            found.sign()
        found.grow(5)
        yield found


@pytest.fixture(scope="module")
def whole(signed: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(signed, tmp_path_factory.mktemp("whole") / "bundle", None)


@pytest.fixture(scope="module")
def part(signed: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(signed, tmp_path_factory.mktemp("part") / "bundle", CITY)
