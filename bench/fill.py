"""Filling a log quickly: the rows a log would have written, made by its own batches and brought in by COPY.

Invariant: what stands in the log afterwards is what appending would have left: events, commands, head and read models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from io import StringIO
from typing import Any

from bench.sample import ACTOR, MonthRecorded, payload, project
from kernel.log import Append, Draft
from kernel.log.batch import Batch, Facts
from kernel.log.readmodel import changes
from kernel.log.sessions import connect

PAGE = 5_000
DAY_US = 86_400_000_000


def events(count: int, first: date, days: int, streams: int) -> Iterable[tuple[int, Append]]:
    """``count`` appends of one event each, spread evenly over ``days`` from ``first``, as (microsecond, append)."""
    start = (first - date(1970, 1, 1)).days * DAY_US
    for number in range(count):
        day = first + timedelta(days=number * days // count)
        event = MonthRecorded(occurred_on=day, **payload(number))
        stream = f"posting/{number % streams}"
        draft = Draft(stream, event, "LN2018", "LN2018:1", "辽组发〔2018〕1号", "二")
        name = f"fill-{number}"
        item = Append(name, b"0123456789abcdef0123456789abcdef", (draft,), {stream: number // streams}, ACTOR, name)
        yield start + number * days * DAY_US // count, item


def fill(url: str, items: Iterable[tuple[int, Append]], told: Callable[[int], object] = lambda done: None) -> int:
    """Bring ``items`` into the empty log at ``url``, page by page; gives the head's position."""
    facts = Facts()
    with closing(connect(url)) as session, session.cursor() as cur:
        page: list[Append] = []
        moment = 0
        for moment, item in items:
            page.append(item)
            if len(page) == PAGE:
                _copy(cur, page, facts, moment)
                told(facts.position)
                page = []
        if page:
            _copy(cur, page, facts, moment)
            told(facts.position)
    return facts.position


def _copy(cur: Any, page: list[Append], facts: Facts, moment: int) -> None:
    facts.commands.clear()
    batch = Batch("bench", project, facts, moment)
    batch.add(page)
    facts.recorded_at = batch.recorded_at
    cur.execute("begin")
    _into(cur, "log.events", [(*e[:4], e.line.decode(), "\\x" + e.leaf.hex()) for e in batch.events])
    made = batch.records()
    commands = [
        (c.id, "\\x" + c.digest.hex(), c.receipt.decode(), c.position, number, "\\x" + leaf.hex())
        for number, c, leaf in made.commands
    ]
    _into(cur, "log.commands", commands)
    for statement in changes(batch.ops):
        cur.execute(statement)
    head = f"position = {batch.position}, recorded_at = {batch.recorded_at}, records = {made.last}"
    cur.execute(f"update log.head set {head}; commit")


def _into(cur: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    text = StringIO("".join(["\t".join([str(value).replace("\\", "\\\\") for value in row]) + "\n" for row in rows]))
    cur.copy_expert(f"copy {table} from stdin", text)
