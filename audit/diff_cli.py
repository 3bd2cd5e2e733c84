"""`paizhu audit diff`: which rows of the read models changed between two days, and how."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from audit.counting import counted
from audit.history.asked import Where, asked, fits, where_of
from audit.history.cut import Cut
from audit.history.reading import Day, recorded_option, services_of, table_option, walked, where_option
from audit.history.streamed import Streamed
from audit.history.values import shown, shown_row, text, words
from audit.history.views import Change, Fork, forked, writing
from audit.options import json_option, progress, service_option, source_options
from audit.sources import Source

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command("diff")
@click.argument("day", metavar="A", type=Day())
@click.argument("other", metavar="B", type=Day())
@recorded_option
@source_options
@service_option
@table_option
@where_option
@json_option
def command(
    source: Source,
    day: date,
    other: date,
    recorded: bool,
    names: tuple[str, ...],
    tables: tuple[str, ...],
    conditions: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show row by row and column by column what changed in the read models from the end of A to the end of B.

    By date of fact, or with --recorded by date of record. B may be the earlier day. Ends with 1 where rows changed.
    """
    cuts, where = (Cut(day, recorded), Cut(other, recorded)), where_of(conditions)
    wanted = asked(services_of(source, names), tables, where)
    total = 0
    with Streamed(as_json) as out:
        out.members(**{"from": day.isoformat(), "to": other.isoformat(), "by": cuts[0].by})
        out.scope(source.city)
        for one in out.each("services", wanted):
            with progress(as_json) as started, walked(source, one.service, cuts, started(one.service.name)) as walk:
                fork = forked(walk, writing(one.service, one.tables))
            out.members(service=one.service.name)
            count = 0
            for change in out.each("changes", _changes(fork, where, turned=other < day)):
                out.members(**_plain(change))
                for line in _lines(change):
                    out.say(line)
                count += 1
            out.say(
                f"{one.service.name}: {counted(count, 'row')} changed from {day} to {other} by date of {cuts[0].by}"
            )
            total += count
        out.members(changed=total)
    sys.exit(1 if total else 0)


def _changes(fork: Fork, where: Where, turned: bool) -> Iterator[Change]:
    for change in fork.changes():
        if fits(change.before, where) or fits(change.after, where):
            yield change.turned() if turned else change


def _plain(change: Change) -> dict[str, object]:
    told: dict[str, object] = {"table": change.table.name, "what": change.what}
    told["key"] = {n: shown(n, value) for n, value in zip(change.table.key, change.key, strict=True)}
    if change.before is None or change.after is None:
        return told | {"row": shown_row(change.after or change.before or {})}
    before, after = change.before, change.after
    return told | {"columns": {n: {"from": shown(n, before[n]), "to": shown(n, after[n])} for n in change.columns}}


def _lines(change: Change) -> Iterator[str]:
    head = f"{_SIGNS[change.what]} {change.table.name}"
    if change.before is None or change.after is None:
        yield f"{head}  {words(change.table, change.after or change.before or {})}"
        return
    yield f"{head}  {' '.join(map(text, change.key))}"
    for name in change.columns:
        before, after = (text(shown(name, row[name])) or "(empty)" for row in (change.before, change.after))
        yield f"    {name}: {before} -> {after}"
