"""A trail as people read it: titles, moments in Shanghai, facts and clauses; a run of equal events is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.cells import cell_len, chop_cells

from audit.history.cut import SHANGHAI
from audit.trail.facts import basis, facts
from audit.trail.order import depths
from audit.trail.titles import TITLES
from audit.trail.trace import Trace, id_text
from audit.wirings import titles

_RUN = 3
"""So many equal events in a row are told once."""
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
        "basis": basis(trace),
        "profile": trace.profile,
        "command": trace.command,
        "correlation": trace.correlation,
        "because": id_text(trace.cause) if trace.cause else None,
        "fields": dict(trace.fields),
        "facts": [{"title": name, "value": value} for name, value in facts(trace)],
    }


def runs(trail: Sequence[Trace]) -> Iterator[Sequence[Trace]]:
    """The trail in runs: of events that say the same but for their day (days on post), none of them tied to another."""
    here, causes = {trace.id for trace in trail}, {trace.cause for trace in trail}
    run: list[Trace] = []
    for trace in trail:
        tied = trace.cause in here or trace.id in causes
        if run and (tied or _kind(trace) != _kind(run[0])):
            yield run
            run = []
        run.append(trace)
        if tied:
            yield run
            run = []
    if run:
        yield run


def lines(trail: Sequence[Trace], width: int = 80) -> Iterator[str]:
    """An ordered trail in lines of at most ``width`` cells: dates and id of each event, and below them what it says.

    An effect stands indented behind its cause. Of ``_RUN`` equal events or more the first and the last are named.
    """
    deep = depths(trail)
    yield f"{'fact':<10}  {'recorded, Shanghai':<19}  event"
    for run in runs(trail):
        for told in [run] if len(run) >= _RUN else [[trace] for trace in run]:
            yield from _told(told, deep[told[0].id], width)


def _told(run: Sequence[Trace], deep: int, width: int) -> Iterator[str]:
    first, last = run[0], run[-1]
    to = f" … {id_text(last.id)}" if len(run) > 1 else ""
    yield f"{first.occurred_on}  {moment(first.recorded_at)}  {id_text(first.id)}{to}"
    arrow = "-> " if deep else ""
    indent = " " * min(2 + 2 * deep, width // 3)
    for n, line in enumerate(_filled(_parts(run), width - len(indent) - len(arrow))):
        yield f"{indent}{arrow if not n else ' ' * len(arrow)}{line}"


def _kind(trace: Trace) -> tuple[object, ...]:
    said = tuple(fact for fact in facts(trace) if fact[0] != TITLES["day"])
    return trace.id[0], trace.type, trace.stream, trace.organ, trace.post, basis(trace), trace.relation, said


def _parts(run: Sequence[Trace]) -> Iterator[tuple[str, str]]:
    """What is said of a run, each part with the sign before it."""
    trace, last = run[0], run[-1]
    many = f" × {len(run)}，{trace.occurred_on} 至 {last.occurred_on}" if len(run) > 1 else ""
    yield "", f"{title(trace)} {trace.type}{many}"
    said = [f"{name} {value}" for name, value in facts(trace) if len(run) == 1 or name != TITLES["day"]]
    for n, fact in enumerate(said, 1):
        yield " | " if n == 1 else "", f"{fact}，" if n < len(said) else fact
    version = f"v{trace.version}" if len(run) == 1 else f"v{trace.version}…v{last.version}"
    because = f"because of {id_text(trace.cause)}" if trace.cause else f"by {trace.organ} {trace.post}".rstrip()
    for part in filter(None, (basis(trace), f"{trace.stream} {version}", because, _WHY[trace.relation])):
        yield " | ", part


def _filled(parts: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """The parts, as many a line as fit; a Chinese character takes two cells."""
    line = ""
    for sign, part in parts:
        longer = f"{line}{sign}{part}" if line else part
        if line and cell_len(longer) > width:
            yield line
            longer = part
        *whole, line = chop_cells(longer, width)
        yield from whole
    if line:
        yield line
