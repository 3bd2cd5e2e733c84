"""A trail as people read it: titles, moments in Shanghai, and one line an event."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from audit.history.cut import SHANGHAI
from audit.trail.order import depths
from audit.trail.trace import Id, Trace, id_text

_WHY = {"about": "", "named": "names it", "cause": "its cause", "effect": "its effect"}


@lru_cache(1)
def _titles() -> Mapping[str, str]:
    # The Chinese titles of events stand in one place, where the console takes them from.
    text = files("gateway.console").joinpath("titles.csv").read_text("utf-8")
    return {row["event"]: row["title"] for row in csv.DictReader(text.splitlines())}


def title(trace: Trace) -> str:
    """What officials call such an event; its type where nobody has named it."""
    return _titles().get(f"{trace.id[0]}.{trace.type}", trace.type)


def moment(microseconds: int) -> str:
    """A moment of record as it reads in Shanghai, to the second."""
    return f"{datetime.fromtimestamp(microseconds // 1_000_000, UTC).astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def plain(trace: Trace) -> dict[str, Any]:
    """An event of a trail as JSON data; ``because`` is the id of its cause, ``recorded_at`` in microseconds."""
    return {
        "id": id_text(trace.id),
        "service": trace.id[0],
        "position": trace.id[1],
        "relation": trace.relation,
        "type": trace.type,
        "title": title(trace),
        "stream": trace.stream,
        "version": trace.version,
        "occurred_on": trace.occurred_on,
        "recorded_at": trace.recorded_at,
        "recorded": moment(trace.recorded_at),
        "organ": trace.organ,
        "post": trace.post,
        "notice": trace.notice,
        "clause": trace.clause,
        "profile": trace.profile,
        "command": trace.command,
        "correlation": trace.correlation,
        "because": id_text(trace.cause) if trace.cause else None,
        "fields": dict(trace.fields),
    }


def lines(trail: Sequence[Trace]) -> Iterator[str]:
    """An ordered trail, an event a line; an effect stands indented behind its cause."""
    deep = depths(trail)
    width = max((len(id_text(trace.id)) for trace in trail), default=0)
    yield f"{'fact':<10}  {'recorded, Shanghai':<19}  {'event':<{width}}  what"
    for trace in trail:
        yield f"{trace.occurred_on}  {moment(trace.recorded_at)}  {id_text(trace.id):<{width}}  {_what(trace, deep)}"


def _what(trace: Trace, deep: Mapping[Id, int]) -> str:
    because = f"because of {id_text(trace.cause)}" if trace.cause else f"by {trace.organ} {trace.post}".rstrip()
    basis = " ".join(filter(None, (trace.notice, trace.clause)))
    parts = (f"{title(trace)} {trace.type}", f"{trace.stream} v{trace.version}", because, basis, _WHY[trace.relation])
    return f"{'  ' * deep[trace.id]}{'-> ' if deep[trace.id] else ''}" + " | ".join(filter(None, parts))
