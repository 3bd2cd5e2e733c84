"""An empty log of either kind, with a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kernel.log.memory import MemoryLog
from kernel.log.postgres import PostgresLog, schema
from tests.conftest import LogDatabase, run
from tests.contract.probe import TABLES, TYPES, AnyLog, Clock, project


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
def postgres_log(log_database: LogDatabase, clock: Clock) -> Iterator[PostgresLog]:
    """An empty log on PostgreSQL. Emptying one takes its owner, and making it anew."""
    app = log_database.url.split("//")[1].split(":")[0]
    run(log_database.owner_url, "drop schema log cascade; drop schema read cascade;" + schema(app))
    log = PostgresLog(log_database.url, "probe", TYPES, project, clock)
    log.prepare(TABLES)
    yield log
    log.close()
