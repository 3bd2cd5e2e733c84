"""Logs: one JSON object a line on standard error, with the correlation id of the work in hand.

Invariant: a line holds no personal data. Names of persons are Chinese text, so Chinese text never passes; neither does
anything shaped like a resident id number or a mobile number, nor the detail a database adds to its errors.
Lines that say the same are written twenty times in ten seconds and counted beyond; errors of our own are all written.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from kernel import personal
from kernel.quiet import Quiet

# structlog loads rich where it finds it, for tracebacks in colours: a third of its time, and none of ours is coloured.
_rich = sys.modules.get("rich")
sys.modules["rich"] = None  # type: ignore[assignment]
import structlog  # noqa: E402

del sys.modules["rich"]
if _rich is not None:
    sys.modules["rich"] = _rich

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+")
_DETAIL = re.compile(r"\n(?:DETAIL|CONTEXT|HINT|LINE [0-9]+):.*", re.DOTALL)
_CLOSED = {"data", "sealed", "body", "params", "line"}


def masked(text: str) -> str:
    """``text`` without Chinese text and without anything shaped like a resident id or mobile number."""
    return _HAN.sub("□", personal.masked(text))


def _mask(logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Processor: mask every text of the entry; fields that carry content are dropped whole."""
    for name, value in list(entry.items()):
        if name in _CLOSED:
            entry[name] = "withheld"
        elif not isinstance(value, int | float | bool | None):
            entry[name] = masked(value if isinstance(value, str) else str(value))
    return entry


def _place(logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Processor: an exception as its type, first message line and the innermost places, never the values in them."""
    info = entry.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        entry["error"] = f"{type(error).__name__}: {_DETAIL.sub('', str(error)).strip()}"
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        entry["at"] = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return entry


_KIND = ("room", "event", "service", "route", "status", "code")
_OURS = frozenset({"error", "critical", "exception"})
_SERVER_FAULT = 500


def _limited(quiet: Quiet) -> Any:
    """Processor: drops what was said often enough; its number is said by a line of the same kind."""

    def limit(logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if method in _OURS or entry.get("status") == _SERVER_FAULT or "suppressed" in entry:
            return entry
        told = {name: entry[name] for name in _KIND if name in entry}

        def say(number: int) -> None:
            getattr(structlog.get_logger(), method)(**told, suppressed=number)

        if not quiet.admits((method, str(told)), say):
            raise structlog.DropEvent
        return entry

    return limit


class _Foreign(logging.Filter):
    """The same for what libraries say: of one place in a library it is said so often, and then how often it was not."""

    def __init__(self, quiet: Quiet) -> None:
        super().__init__()
        self._quiet = quiet

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by logging for every line."""
        told = {"library": record.name, "at": f"{record.filename}:{record.lineno}"}

        def say(number: int) -> None:
            structlog.get_logger().warning("said often", **told, suppressed=number)

        return record.levelno >= logging.ERROR or self._quiet.admits(tuple(told.values()), say)


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _place,
    _mask,
]


def configure(process: str, level: str = "info", quiet: Quiet | None = None) -> None:
    """Send this process's log, and that of the libraries (warnings and worse), to standard error. Call once, first."""
    quiet = quiet or Quiet()
    structlog.configure(
        processors=[_named(process), _limited(quiet), *_SHARED, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    foreign = logging.StreamHandler(sys.stderr)
    foreign.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_named(process), *_SHARED],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    foreign.addFilter(_Foreign(quiet))
    logging.root.handlers[:] = [foreign]
    logging.root.setLevel(logging.WARNING)


def _named(process: str) -> Any:
    """Processor: the name of the process; not a context variable, because new threads start without them."""

    def add(logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        entry.setdefault("process", process)
        return entry

    return add


def get(room: str) -> Any:
    """The logger of one room, e.g. ``get("relay").info("connected", service=name)``."""
    return structlog.get_logger(room=room)


@contextmanager
def correlated(correlation: str, **more: Any) -> Iterator[None]:
    """Within the block every line of this thread (or green thread) carries ``correlation``."""
    with structlog.contextvars.bound_contextvars(correlation=correlation, **more):
        yield
