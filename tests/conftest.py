"""For every test: a limit on its time, so that a hung one fails by name instead of stopping the run; and a PostgreSQL
and a RabbitMQ of the run's own with a fresh log database for each module that asks for one; and one small system for
all that look at a whole one."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from deploy.local import servers
from deploy.local.postgres import FORGETFUL, Postgres
from deploy.local.rabbit import Rabbit
from deploy.local.servers import GivenBroker, GivenDatabase
from kernel.service import Service
from tests.kit.databases import Database, fresh
from tests.kit.desk import Desk

CITIES = ("2107", "2113")
BROWSER, WHOLE = (Path(__file__).parent / room for room in ("browser", "hostile/whole"))
SECONDS = 600.0
"""The limit of every test: far from what any takes, on whatever machine."""

# An example, and thinking of one, may take as long as the machine needs.
# No test's log holds the days of the clock: a test that has days pass says which.
os.environ["PAIZHU_DAYS"] = "none"

settings.register_profile("paizhu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("paizhu")


class Hung(Exception):
    """The test did not end: it waits for something that does not come."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser looks at the system of the hostile room: when that has come up, and before it is attacked."""
    looking = [item for item in items if BROWSER in item.path.parents]
    others = [item for item in items if BROWSER not in item.path.parents]
    at = next((n for n, item in enumerate(others) if WHOLE in item.path.parents), len(others))
    items[:] = [*others[:at], *looking, *others[at:]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run the test under an alarm. Fixtures have no limit here: servers have limits of their own."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise Hung(f"{item.nodeid} did not end within {SECONDS:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A fresh data directory, removed at the end; two runs at once have two."""
    parent = Path(__file__).parents[1] / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=parent))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server(data: Path) -> Iterator[Postgres | GivenDatabase]:
    """`url` is the superuser's address of a running PostgreSQL."""
    with servers.postgres(data, FORGETFUL) as server:
        yield server


@pytest.fixture(scope="session")
def rabbit_server(data: Path) -> Iterator[Rabbit | GivenBroker]:
    """`url` is Paizhu's own address of a running RabbitMQ, `city_url(code)` a subscriber's (2107, 2113)."""
    with servers.rabbit(data, CITIES) as server:
        yield server


@pytest.fixture(scope="module")
def log_database(postgres_server: Postgres | GivenDatabase) -> Iterator[Database]:
    """A database with an empty log, of this test module's own."""
    with fresh(postgres_server.url, "probe") as made:
        yield made["probe"]


@pytest.fixture(scope="module")
def open_desk(
    postgres_server: Postgres | GivenDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Desk]]:
    """Opens services on databases of this test module's own."""
    with ExitStack() as stack:

        def opened(service: Service, **options: Any) -> Desk:
            database = stack.enter_context(fresh(postgres_server.url, service.name))[service.name]
            desk = Desk(service, database, tmp_path_factory.mktemp("keys"), **options)
            stack.callback(desk.close)
            return desk

        yield opened


@pytest.fixture(scope="session")
def coming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A whole small system on its way: it comes up while other tests run."""
    from tests.hostile.coming import Coming  # with all that a whole system is made of: most tests need none of it

    begun = Coming(tmp_path_factory.mktemp("small") / "system")
    begun.start()
    yield begun
    begun.end()
