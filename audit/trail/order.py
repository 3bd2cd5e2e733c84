"""The order of a trail: causes before effects, each log in its own order, and else by date of record.

Clocks of services may differ; a cause all the same stands before what it caused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from audit.trail.trace import Id, Trace


def ordered(found: Iterable[Trace]) -> list[Trace]:
    """``found`` in causal order. Of a ring, which no sound log holds, the earliest recorded comes first."""
    traces = {trace.id: trace for trace in found}
    before = _before(traces)
    after: dict[Id, list[Id]] = {}
    for id_, earlier in before.items():
        for cause in earlier:
            after.setdefault(cause, []).append(id_)
    waiting = {id_: len(earlier) for id_, earlier in before.items()}
    ready = [_rank(trace) for id_, trace in traces.items() if not waiting[id_]]
    heapify(ready)
    result: list[Trace] = []
    while len(result) < len(traces):
        if not ready:
            ready = [min(_rank(traces[id_]) for id_, count in waiting.items() if count > 0)]
        _, _, id_ = heappop(ready)
        waiting[id_] = -1
        result.append(traces[id_])
        for later in after.get(id_, ()):
            if waiting[later] > 0:
                waiting[later] -= 1
                if not waiting[later]:
                    heappush(ready, _rank(traces[later]))
    return result


def depths(trail: Iterable[Trace]) -> dict[Id, int]:
    """How many causes on the trail stand behind each event of an ordered trail."""
    found: dict[Id, int] = {}
    for trace in trail:
        found[trace.id] = found[trace.cause] + 1 if trace.cause in found else 0
    return found


def _before(traces: Mapping[Id, Trace]) -> dict[Id, set[Id]]:
    """For each event those that stand directly before it: its cause, and the one before it in its own log."""
    before: dict[Id, set[Id]] = {}
    last: dict[str, Id] = {}
    for id_, trace in sorted(traces.items()):
        earlier = {last[id_[0]]} if id_[0] in last else set()
        if trace.cause is not None and trace.cause in traces and trace.cause != id_:
            earlier.add(trace.cause)
        before[id_], last[id_[0]] = earlier, id_
    return before


def _rank(trace: Trace) -> tuple[int, int, Id]:
    return trace.recorded_at, trace.id[1], trace.id
