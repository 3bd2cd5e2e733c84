"""`paizhu audit as-of`: what the read models said, or would have said, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from audit.counting import counted
from audit.history.asked import asked, fitting, where_of
from audit.history.cut import Cut
from audit.history.reading import Day, recorded_option, services_of, table_option, walked, where_option
from audit.history.streamed import Streamed
from audit.history.values import shown_row, words
from audit.history.views import Row, folded, writing
from audit.options import json_option, progress, service_option, source_options
from audit.sources import Source
from kernel.projection import Table


@click.command("as-of")
@click.argument("day", metavar="DATE", type=Day())
@recorded_option
@source_options
@service_option
@table_option
@where_option
@click.option("--limit", default=50, show_default=True, help="Rows of a table shown as text; JSON has them all.")
@json_option
def command(
    source: Source,
    day: date,
    recorded: bool,
    names: tuple[str, ...],
    tables: tuple[str, ...],
    conditions: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> None:
    """Show the read models as of the end of DATE: of the facts dated up to it, or with --recorded of what was recorded.

    Without --table or --where it counts rows. A fact entered late belongs to its day; --recorded tells what was known.
    """
    cut, where = Cut(day, recorded), where_of(conditions)
    wanted = asked(services_of(source, names), tables, where)
    shown = limit if tables or where else 0
    with Streamed(as_json) as out:
        out.members(as_of=day.isoformat(), by=cut.by)
        out.scope(source.city)
        for one in out.each("services", wanted):
            with progress(as_json) as started, walked(source, one.service, (cut,), started(one.service.name)) as walk:
                rows = folded(walk, writing(one.service, one.tables))
            out.members(service=one.service.name, events=walk.counted)
            out.say(f"{one.service.name}: {counted(walk.counted, 'event')} up to {day} by date of {cut.by}")
            for table in out.each("tables", one.tables):
                out.members(table=table.name)
                _table(out, table, fitting(rows.of(table), where), shown)


def _table(out: Streamed, table: Table, rows: Iterable[Row], limit: int) -> None:
    count = 0
    for row in out.each("rows", rows):
        out.members(**shown_row(row))
        if count < limit:
            out.say(f"  {table.name}  {words(table, row)}")
        count += 1
    more = f", the first {limit} shown (--limit)" if 0 < limit < count else ""
    out.say(f"  {table.name}: {counted(count, 'row')}{more}")
