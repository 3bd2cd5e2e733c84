"""A recorded plan derived again, from the log up to the position its input was read at, and compared bit for bit.

Invariant: nothing but the log goes into it. Equal means that every event of the plan has exactly the bytes that stand
in the log; what differs is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import orjson

from kernel.codec import canonical, data_of
from kernel.messages import Recorded
from kernel.projection import Op
from kernel.work import Task
from services.allocation import projections
from services.allocation.planning.plan_record import events
from services.allocation.planning.plan_scope import Scope
from services.allocation.planning.plan_situation import Options, situation
from services.allocation.schemas import TYPES
from services.allocation.solving import plan_prices, plan_reading
from services.allocation.solving.plan_floors import best_of_floors
from services.allocation.solving.plan_repair import repaired
from services.allocation.solving.plan_solving import Outcome, plan

_STORED: Final = "select line from log.events where stream = %s order by version"


def derived(task: Task, head: Mapping[str, Any]) -> dict[str, Any]:
    """{plan, equal, events, recorded, derived, differs}: SHA-256 of the recorded and of the derived events' content."""
    stored = [orjson.loads(row["line"]) for row in task.rows(_STORED, f"placement-plan/{head['plan']}")]
    options, outcome = _outcome(task, head)
    prices = plan_prices.of_all(outcome, task.progress) if head["explained"] else None
    solved = plan(outcome.pairs.situation, options, head["number"], outcome, prices)
    size = max(len(one["data"].get(name, ())) for one in stored for name in ("rows", "left")) or 1
    on = date.fromisoformat(stored[0]["occurred_on"])
    again = [canonical(data_of(event)) for event in events(solved.head, solved.rows, solved.left, size, on)]
    kept = [canonical(one["data"]) for one in stored]
    return {
        "plan": head["plan"],
        "equal": kept == again,
        "events": len(kept),
        "recorded": _digest(kept),
        "derived": _digest(again),
        "differs": list(_differing(kept, again)),
    }


def prices(task: Task, head: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The second best of the persons asked for, in the plan derived again."""
    _, outcome = _outcome(task, head)
    found = plan_prices.of_some(outcome, task.asked.persons, task.progress)
    return [
        {"person": person, "target": target, "price": price, "displaces": list(displaces)}
        for person, (target, price, displaces) in found.items()
    ]


def _outcome(task: Task, head: Mapping[str, Any]) -> tuple[Options, Outcome]:
    options = Options(
        seed=head["seed"],
        partial=head["partial"],
        without=tuple(head["without"]),
        closed=tuple(head["closed"]),
        base=head["replaces"],
    )
    tables = plan_reading.replayed(task.lines, TYPES, _project, projections.TABLES, head["position"], task.progress)
    scope = Scope(head["programme"], head["tier"], head["area"])
    found = situation(scope, options, head["position"], tables)
    return options, (repaired if options.base else best_of_floors)(found, options, task.progress)


def _project(recorded: Recorded) -> Iterable[Op]:
    return (op for op in projections.project(recorded) if op.table.name in plan_reading.READ)


def _differing(kept: list[bytes], again: list[bytes]) -> Iterator[str]:
    """Which events, and which of their fields, are not the same."""
    if len(kept) != len(again):
        yield f"events: {len(kept)} / {len(again)}"
    for number, (one, other) in enumerate(zip(kept, again, strict=False)):
        if one != other:
            mine, yours = orjson.loads(one), orjson.loads(other)
            whole = mine.get("head") or mine
            theirs = yours.get("head") or yours
            yield from (f"{number}.{name}" for name in sorted(whole) if whole[name] != theirs.get(name))


def _digest(parts: list[bytes]) -> str:
    return hashlib.sha256(b"\n".join(parts)).hexdigest()
