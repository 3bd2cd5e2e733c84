"""The whole system of this room comes up while its other tests run: it is begun at the room's first test, and `whole`,
the last of its folders, waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from rich.console import Console

from tests.faults.report import Screen
from tests.hostile.ground import STAGES, Ground, laid

WHOLE = Path(__file__).parent / "whole"


class Coming(threading.Thread):
    """A system with the small demo's cadres on their posts, laid and ended by one thread: its processes end with the
    thread that started them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(name="laying the ground")
        self.folder = folder
        self.made: Future[Ground] = Future()
        self._over = threading.Event()

    def run(self) -> None:
        try:
            with Screen(Console(quiet=True)) as screen:
                screen.begin("hostile")
                with laid(self.folder, screen, STAGES[:-1]) as ground:
                    self.made.set_result(ground)
                    self._over.wait()
        except BaseException as error:
            if self.made.done():
                raise
            self.made.set_exception(error)

    def end(self) -> None:
        """End the system, however far it came."""
        self._over.set()
        self.join()


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
