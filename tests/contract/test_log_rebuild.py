"""Read models that are new or declared otherwise are made from the log, without stopping it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace

import pytest

from kernel.log.postgres import PostgresLog
from kernel.messages import Recorded
from kernel.projection import Op, Table
from tests.kit.databases import Database, run
from tests.kit.log.probe import COUNTS, NAMES, TABLES, TYPES, Counted, counted, named, project, rows

WIDER = Table("counts", {"stream": "text"}, {"total": "int", "times": "int"}, (("total",),))
FRESH = Table("days", {"on_day": "date"}, {"times": "int"})


def wider(recorded: Recorded) -> Iterable[Op]:
    """The probe's read models in their next version."""
    if isinstance(recorded.event, Counted):
        yield WIDER.add(recorded.stream, total=recorded.event.amount, times=1)
        yield FRESH.add(recorded.occurred_on, times=1)
    yield from (op for op in project(recorded) if op.table is NAMES)


def filled(log: PostgresLog) -> None:
    log.append(counted("c-1", "a/1", 0, *range(1_500)))
    log.append(counted("c-2", "a/2", 0, 4, 5))
    log.append(named("c-3", "a/3", 0, "甲"))


def test_changed_and_new_tables_are_filled_from_the_log(postgres_log: PostgresLog, log_database: Database) -> None:
    filled(postgres_log)
    after = PostgresLog(log_database.url, "probe", TYPES, wider)
    after.prepare((WIDER, FRESH, NAMES))
    assert rows(after, WIDER) == [
        {"stream": "a/1", "total": sum(range(1_500)), "times": 1_500},
        {"stream": "a/2", "total": 9, "times": 2},
    ]
    assert [row["times"] for row in rows(after, FRESH)] == [1_502]
    after.append(counted("c-4", "a/2", 2, 1))
    assert [row["times"] for row in rows(after, WIDER)] == [1_500, 3]
    assert after.rows("select relname from pg_class where relname like '%\\_\\_next' and relkind = 'r'") == []
    after.close()


def test_tables_that_stand_as_declared_are_left_alone(postgres_log: PostgresLog, log_database: Database) -> None:
    filled(postgres_log)
    made = "select oid from pg_class where relname in ('counts', 'names') order by relname"
    before = postgres_log.rows(made)
    postgres_log.prepare(TABLES)
    assert postgres_log.rows(made) == before
    postgres_log.prepare((COUNTS, replace(NAMES, indexes=())))
    assert [a == b for a, b in zip(postgres_log.rows(made), before, strict=True)] == [True, False]
    assert [row["name"] for row in rows(postgres_log, NAMES)] == ["甲"]


def test_what_is_appended_during_a_rebuild_is_in_it(postgres_log: PostgresLog, log_database: Database) -> None:
    filled(postgres_log)
    late = iter(range(3))

    def interrupted(recorded: Recorded) -> Iterable[Op]:
        if recorded.position in (1, 700, 1_501):
            postgres_log.append(counted(f"late-{next(late)}", f"late/{recorded.position}", 0, 1))
        return wider(recorded)

    after = PostgresLog(log_database.url, "probe", TYPES, interrupted)
    after.prepare((WIDER,))
    assert sum(int(str(row["times"])) for row in rows(after, WIDER)) == 1_505
    after.close()


def test_a_rebuild_that_fails_leaves_what_stood(postgres_log: PostgresLog, log_database: Database) -> None:
    filled(postgres_log)
    before = rows(postgres_log, COUNTS)

    def failing(recorded: Recorded) -> Iterable[Op]:
        if recorded.position == 1_400:
            raise ZeroDivisionError
        return wider(recorded)

    after = PostgresLog(log_database.url, "probe", TYPES, failing)
    with pytest.raises(ZeroDivisionError):
        after.prepare((WIDER,))
    assert rows(postgres_log, COUNTS) == before
    assert postgres_log.append(counted("c-9", "a/2", 2, 1)).position == 1_504
    after.close()
    again = PostgresLog(log_database.url, "probe", TYPES, wider)
    again.prepare((WIDER,))
    assert [row["times"] for row in rows(again, WIDER)] == [1_500, 3]
    again.close()


def test_of_many_processes_that_start_at_once_one_rebuilds(postgres_log: PostgresLog, log_database: Database) -> None:
    filled(postgres_log)
    run(log_database.url, "drop table read.counts")
    logs = [PostgresLog(log_database.url, "probe", TYPES, project) for _ in range(4)]
    threads = [threading.Thread(target=log.prepare, args=(TABLES,)) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row["stream"] for row in rows(postgres_log, COUNTS)] == ["a/1", "a/2"]
    for log in logs:
        log.close()
