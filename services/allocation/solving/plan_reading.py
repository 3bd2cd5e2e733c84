"""Where a situation's rows come from: one look at today's read models, or the log replayed up to a position.

Invariant: one look is one statement and therefore one snapshot, whose position it gives; replaying the log up to that
position gives the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kernel.codec import EventTypes
from kernel.messages import Recorded
from kernel.projection import Op, Rows, Table
from kernel.work import Find, Progress
from services.allocation.planning.plan_situation import Tables

_COLUMNS: Final = {
    "targets": "programme, target, kind, tier, state, successor_of",
    "nominees": "programme, person, nomination, unit, channel, kind, tags, state",
    "units": "unit, level, helped, contacts",
    "profile_rules": "programme, version, path, value, origin, notice, clause",
    "target_needs": "programme, target, needs, first_batch",
    "placement_locks": "programme, person, target",
    "rule_waivers": "programme, rule, person, target",
    "plan_rows": "plan, person, target",
}
"""What a situation reads of each table."""
READ: Final = frozenset(_COLUMNS)
"""The tables a situation is made of."""
_PAGE: Final = 1000


def _sql() -> str:
    def rows(name: str, columns: str) -> str:
        own = {"units": "true", "plan_rows": "plan = %(base)s"}.get(name, "programme = %(programme)s")
        return f"(select coalesce(jsonb_agg(t), '[]') from (select {columns} from {name} where {own}) t) as {name}"

    looked = ", ".join(rows(name, columns) for name, columns in _COLUMNS.items())
    return f"select (select position from log.head) as position, {looked}"


def today(find: Find, programme: str, base: str) -> tuple[int, Tables]:
    """(position, rows by table) of one snapshot; ``base`` is the plan whose rows are wanted, "" for none."""
    sql = _sql().replace("%(base)s", "%s").replace("%(programme)s", "%s")
    given = [base if name == "plan_rows" else programme for name in _COLUMNS if name != "units"]
    (found,) = find(sql, *given)
    position = int(found.pop("position"))
    return position, found


def replayed(
    lines: Callable[[int, int], list[bytes]],
    types: EventTypes,
    project: Callable[[Recorded], Iterable[Op]],
    tables: Iterable[Table],
    upto: int,
    tell: Progress,
) -> Tables:
    """The rows the first ``upto`` events give."""
    rows, after = Rows(), 0
    while after < upto:
        page = lines(after, min(_PAGE, upto - after))
        for line in page:
            rows.apply(project(types.recorded(line)))
        after += len(page)
        tell("replay", after, upto)
        if not page:
            break
    own = {table.name: table for table in tables if table.name in _COLUMNS}
    return {name: rows.of(own[name]) for name in _COLUMNS}
