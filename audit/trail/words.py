"""A trail as people read it: titles, moments in Shanghai, and one line an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.cells import cell_len, chop_cells

from audit.history.cut import SHANGHAI
from audit.trail.order import depths
from audit.trail.trace import Trace, id_text
from audit.wirings import titles

_WHY = {"about": "", "named": "names it", "cause": "its cause", "effect": "its effect"}


def title(trace: Trace) -> str:
    """What officials call such an event; its type where nobody has named it."""
    return titles(trace.id[0]).get(trace.type, trace.type)


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


def lines(trail: Sequence[Trace], width: int = 80) -> Iterator[str]:
    """An ordered trail in lines of at most ``width`` cells: dates and id of each event, and below them what it says.

    An effect stands indented behind its cause.
    """
    deep = depths(trail)
    yield f"{'fact':<10}  {'recorded, Shanghai':<19}  event"
    for trace in trail:
        yield f"{trace.occurred_on}  {moment(trace.recorded_at)}  {id_text(trace.id)}"
        arrow = "-> " if deep[trace.id] else ""
        indent = " " * min(2 + 2 * deep[trace.id], width // 3)
        for n, line in enumerate(_filled(_parts(trace), width - len(indent) - len(arrow))):
            yield f"{indent}{arrow if not n else ' ' * len(arrow)}{line}"


def _parts(trace: Trace) -> Iterator[str]:
    because = f"because of {id_text(trace.cause)}" if trace.cause else f"by {trace.organ} {trace.post}".rstrip()
    basis = " ".join(filter(None, (trace.notice, trace.clause)))
    parts = (f"{title(trace)} {trace.type}", f"{trace.stream} v{trace.version}", because, basis, _WHY[trace.relation])
    return filter(None, parts)


def _filled(parts: Iterable[str], width: int) -> Iterator[str]:
    """The parts, as many a line as fit; a Chinese character takes two cells."""
    line = ""
    for part in parts:
        longer = f"{line} | {part}" if line else part
        if line and cell_len(longer) > width:
            yield line
            longer = part
        *whole, line = chop_cells(longer, width)
        yield from whole
    if line:
        yield line
