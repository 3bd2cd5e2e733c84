"""Many rows of a read model go to PostgreSQL as one list a column, few as they are: what is stored is the same."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any

import psycopg2
import pytest

from kernel.log import readmodel
from kernel.log.readmodel import changes
from kernel.projection import Op, Rows, Table
from tests.kit.databases import Database

TABLE = Table(
    "lists",
    {"name": "text", "number": "int"},
    {"said": "text", "sum": "int", "good": "bool", "on_day": "date", "more": "json"},
)
TEXTS = ("", "O'Neill", "反斜\\n线", "''", '"', " ", "null", "{}", "村，镇", "a,b", "\t", "\\")


def ops(last: str = "", count: int = 40) -> list[Op]:
    return [
        TABLE.put(
            f"{TEXTS[n % len(TEXTS)]}{n}",
            n - 7,
            said=last if n == count - 1 else TEXTS[n % len(TEXTS)],
            sum=2**63 - 1 - n,
            good=n % 3 == 0,
            on_day=None if n % 2 else date(2018, 4, 1 + n % 30),
            more={"text": "一\n二 'x'", "list": [n, None, TEXTS[n % len(TEXTS)]]},
        )
        for n in range(count)
    ]


def stored(database: Database, statements: list[str]) -> list[dict[str, Any]]:
    with closing(psycopg2.connect(database.url)) as session, session.cursor() as cursor:
        cursor.execute(TABLE.ddl("read") + ";".join(statements))
        cursor.execute("select * from read.lists order by name, number")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("last", ["", "plain", "two\nlines"])
def test_lists_store_what_rows_written_out_do(
    log_database: Database, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    listed = changes(ops(last))
    monkeypatch.setattr(readmodel, "_FEW", 10_000)
    written = changes(ops(last))
    assert ("unnest" in listed[0], "unnest" in written[0]) == ("\n" not in last, False)
    memory = Rows()
    memory.apply(ops(last))
    assert stored(log_database, listed) == stored(log_database, written) == memory.of(TABLE)


def test_lists_add_and_renew_what_stands_there(log_database: Database) -> None:
    more = [TABLE.add(op.key[0], op.key[1], sum=-1) for op in ops()]
    again = [TABLE.put(op.key[0], op.key[1], said="anew") for op in ops()]
    memory = Rows()
    memory.apply([*ops(), *more, *again])
    assert stored(log_database, [*changes(ops()), *changes(more), *changes(again)]) == memory.of(TABLE)


@pytest.mark.parametrize(
    ("column", "value", "error"),
    [
        ("said", 1, TypeError),
        ("said", "\0", ValueError),
        ("sum", True, TypeError),
        ("sum", 2**63, ValueError),
        ("good", 1, TypeError),
        ("on_day", "2018-04-01", TypeError),
    ],
)
def test_what_does_not_fit_its_column_is_refused_among_many_as_alone(
    column: str, value: object, error: type[Exception]
) -> None:
    wrong = [*ops(), TABLE.put("wrong", 0, **{**ops()[0].set, column: value})]
    with pytest.raises(error, match=f"lists.{column}"):
        changes(wrong)
    with pytest.raises(error, match=f"lists.{column}"):
        changes(wrong[-1:])
