"""Offloading: work that keeps a processor busy for long is done off the loop on which a process answers requests.

Where there is such a loop, its host gives the service a tool of this name; everywhere else the work is done at once.
Invariant: what is handed over is a pure function of plain values. It runs on a thread that has nothing of the loop's,
neither its connections nor its locks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

TOOL: Final = "offload"

Offload = Callable[..., Any]
"""(function, *arguments) -> what the function gives; raises what it raises."""


def of(tools: Mapping[str, Any]) -> Offload:
    """The host's way among the ``tools`` of a query, or doing it at once."""
    found: Offload = tools.get(TOOL, at_once)
    return found


def at_once(function: Callable[..., Any], *arguments: Any) -> Any:
    """What ``function`` gives for ``arguments``."""
    return function(*arguments)
