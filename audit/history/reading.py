"""From a source to walks: the options the commands on history share, and how each service's log is gone through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

import click

from audit.history.cut import Cut
from audit.history.walk import Walk
from audit.options import Advance
from audit.sources import Source, Unreadable
from audit.wirings import service_named
from kernel.errors import Corrupt
from kernel.service import Service

Command = TypeVar("Command", bound=Callable[..., Any])

recorded_option = click.option(
    "--recorded", is_flag=True, help="Dates of record (until midnight in Asia/Shanghai) instead of dates of fact."
)
table_option = click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="TABLE",
    help="Only this read model, also as service.table (repeatable).",
)
where_option = click.option(
    "--where", "conditions", multiple=True, metavar="COLUMN=VALUE", help="Only rows with this value (repeatable)."
)


class Day(click.ParamType[date]):
    """A day in ISO form."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day meant by ``value``."""
        try:
            return value if isinstance(value, date) else datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2018-06-30", param, ctx)


def services_of(source: Source, names: Sequence[str]) -> list[Service]:
    """The wirings of the services named, of all where none is. Raises Unreadable for one the source has not."""
    there = source.services()
    for name in names:
        if name not in there:
            raise Unreadable(f"there is no log of {name}; {', '.join(there)}")
    return [service_named(name) for name in names or there]


@contextmanager
def walked(source: Source, service: Service, cuts: Sequence[Cut], advance: Advance) -> Iterator[Walk]:
    """A walk through the log of ``service`` up to ``cuts``. What cannot be read in it raises Unreadable."""
    name = service.name
    with source.answering(name):
        head = source.head(name).position
        walk = Walk(service, source.lines(name), cuts, source.city is not None, lambda read: advance(read, head))
        advance(0, head)
        try:
            yield walk
        except Corrupt as error:
            raise Unreadable(f"{error}; `paizhu audit verify` tells what is wrong with this log") from None
        advance(head, head)
        source.release(name)
