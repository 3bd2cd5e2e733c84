"""For every test: a limit on its time, so that a hung one fails by name instead of stopping the run."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

SECONDS = 60.0


class TooSlow(Exception):
    """The test did not end within its limit (60 s, or what its `timeout` mark says)."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run the test under an alarm. Fixtures have no limit here: servers have limits of their own."""
    mark = item.get_closest_marker("timeout")
    seconds = float(mark.args[0]) if mark else SECONDS

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow(f"{item.nodeid} took more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
