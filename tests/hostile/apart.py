"""Processes beside the test's own: forked from one that has loaded what they do, so that each begins at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, Final

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "tests.hostile.broker", "tests.hostile.bystander", "tests.hostile.crowd"])


def begun(act: Callable[..., None], *given: Any) -> tuple[ForkServerProcess, Connection]:
    """``act(*given, pipe)``, a function of a module, in a process of its own, and our end of the pipe to it."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=act, args=(*given, theirs), daemon=True)
    process.start()
    return process, ours
