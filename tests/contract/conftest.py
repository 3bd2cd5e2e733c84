"""An empty log of either kind, with a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kernel.log.memory import MemoryLog
from kernel.log.postgres import PostgresLog
from tests.kit.databases import Database
from tests.kit.log.probe import TYPES, AnyLog, Clock, emptied, project


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "postgres"])
def log(request: pytest.FixtureRequest, clock: Clock) -> Iterator[AnyLog]:
    """An empty log of either kind."""
    if request.param == "memory":
        yield MemoryLog("probe", TYPES, project, clock)
    else:
        yield request.getfixturevalue("postgres_log")


@pytest.fixture
def postgres_log(log_database: Database, clock: Clock) -> Iterator[PostgresLog]:
    """An empty log on PostgreSQL."""
    log = emptied(log_database, clock)
    yield log
    log.close()
