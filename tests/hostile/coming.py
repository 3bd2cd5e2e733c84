"""A whole system that comes up while other things are done."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path

from rich.console import Console

from tests.faults.report import Screen
from tests.hostile.ground import STAGES, Ground, laid


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
