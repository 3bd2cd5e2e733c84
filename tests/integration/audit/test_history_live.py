"""History of a database: the same answers as from a bundle of its log, read with the address alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import audit
from audit.live import Live
from deploy.local.postgres import Postgres
from deploy.local.servers import GivenDatabase
from kernel.log import Append, Draft
from kernel.log.postgres import PostgresLog
from services.attendance.register.register import AttendanceRegistered
from services.attendance.wiring import SERVICE
from tests.kit.audit.annals import ACTOR, moment
from tests.kit.audit.bundles import bundle
from tests.kit.databases import Database, fresh, run

POSTING, TARGET = "LN2018.210726102207.1", "210726102207"
COUNT = 4_100  # more than two pages


@pytest.fixture(scope="module")
def database(postgres_server: Postgres | GivenDatabase) -> Iterator[Database]:
    """A log of attendance: two events a day, the second of them about the day before."""
    with fresh(postgres_server.url, "attendance") as made:
        _grow(made["attendance"])
        yield made["attendance"]


def _grow(database: Database) -> None:
    now = [moment("2018-01-01 08:00")]
    log = PostgresLog(database.url, "attendance", SERVICE.events, SERVICE.project, lambda: now[0])
    with closing(log):
        log.prepare(SERVICE.tables)
        for number in range(0, COUNT, 100):
            now[0] += 50 * 86_400_000_000
            log.append_all([_append(number + n, number // 100) for n in range(100)])


def _lines(database: Database) -> list[bytes]:
    with closing(Live({"attendance": database.auditor_url})) as source:
        return [line for page in source.lines("attendance") for line in page]


def _day(number: int) -> date:
    return date.fromordinal(date(2018, 1, 1).toordinal() + number // 2 - number % 2)


def _append(number: int, month: int) -> Append:
    day = _day(number)
    event = AttendanceRegistered(
        occurred_on=day, posting=f"{POSTING}{month}", target=TARGET, day=day, registrar="村委会"
    )
    draft = Draft(f"register/{number}", event, "LN2018", "LN2018:1", "辽组通字〔2018〕23号", "二")
    return Append(f"c-{number}", b"d", (draft,), {f"register/{number}": 0}, ACTOR)


def asked(*words: str | Path) -> Result:
    return CliRunner().invoke(audit, [str(word) for word in words])


def test_a_database_and_a_bundle_of_its_log_give_the_same_answers(database: Database, tmp_path: Path) -> None:
    live = ("--database", f"attendance={database.auditor_url}")
    lines = _lines(database)
    assert len(lines) == COUNT
    exported = ("--bundle", bundle(tmp_path / "bundle", {"attendance": lines}))
    for words in (
        ("as-of", "2020-06-30", "--json"),
        ("as-of", "2020-06-30", "--recorded", "--json"),
        ("diff", "2019-01-01", "2019-02-01", "--json"),
        ("trail", f"{POSTING}7", "--json"),
    ):
        one, other = asked(*words, *live), asked(*words, *exported)
        assert (one.exit_code, one.output) == (other.exit_code, other.output)
        assert len(one.output) > 200


def test_the_view_of_a_late_day_equals_the_live_tables(database: Database) -> None:
    done = asked(
        "as-of", "2100-01-01", "--database", f"attendance={database.auditor_url}", "--table", "days_on_post", "--json"
    )
    rows = json.loads(done.output)["services"][0]["tables"][0]["rows"]
    with closing(PostgresLog(database.url, "attendance", SERVICE.events, SERVICE.project)) as log:
        live = log.rows("select * from days_on_post order by posting, day")
    assert rows == [{**row, "day": row["day"].isoformat()} for row in live]
    replayed = asked("replay", "--database", f"attendance={database.auditor_url}")
    assert (replayed.exit_code, "replay equals the live read models" in replayed.output) == (0, True)


@pytest.mark.req("X-051")
def test_a_view_is_rebuilt_by_date_of_fact_and_by_date_of_record_and_the_same_events_give_the_same_bytes(
    database: Database, postgres_server: Postgres | GivenDatabase
) -> None:
    by_fact = ("as-of", "2018-06-30", "--table", "days_on_post", "--json")
    by_record = (*by_fact, "--recorded")

    def shown(where: Database, *words: str) -> str:
        done = asked(*words, "--database", f"attendance={where.auditor_url}")
        assert done.exit_code == 0, done.output
        return done.output

    def days(*words: str) -> set[tuple[str, str]]:
        rows = json.loads(shown(database, *words))["services"][0]["tables"][0]["rows"]
        return {(row["posting"], row["day"]) for row in rows}

    # A hundred events were recorded on 20 February, on 11 April, on 31 May, on 20 July and so on.
    facts = {(f"{POSTING}{n // 100}", _day(n).isoformat()) for n in range(COUNT) if _day(n) <= date(2018, 6, 30)}
    records = {(f"{POSTING}{n // 100}", _day(n).isoformat()) for n in range(300)}
    assert (days(*by_fact), days(*by_record)) == (facts, records)
    assert records < facts
    with fresh(postgres_server.url, "attendance") as made:
        again = made["attendance"]
        _grow(again)
        for words in (by_fact, by_record):
            assert shown(again, *words) == shown(database, *words)
        urls = (database.auditor_url, again.auditor_url)
        first, second = (
            [line for page in Live({"attendance": url}).lines("attendance") for line in page] for url in urls
        )
        assert first == second


def test_replay_of_a_database_prints_what_differs(database: Database) -> None:
    where = f"where day = '2018-01-02' and posting = '{POSTING}0'"
    run(database.owner_url, f"set role {database.app}; update read.days_on_post set registrar = 'x' {where}")
    done = asked("replay", "--database", f"attendance={database.auditor_url}", "--json")
    assert done.exit_code == 1
    (table,) = [t for t in json.loads(done.output)["services"][0]["tables"] if t["only_live"]]
    assert (table["table"], table["only_live"], table["only_rebuilt"]) == ("days_on_post", 1, 1)
    assert sorted((s["only"], s["registrar"], s["day"]) for s in table["samples"]) == [
        ("live", "x", "2018-01-02"),
        ("rebuilt", "村委会", "2018-01-02"),
    ]
    run(database.owner_url, f"set role {database.app}; update read.days_on_post set registrar = '村委会' {where}")


def test_a_database_that_does_not_answer_ends_with_two() -> None:
    address = "attendance=postgresql://nobody@127.0.0.1:9/none"  # the discard port
    for words in (("as-of", "2018-06-30"), ("diff", "2018-06-01", "2018-06-30"), ("trail", POSTING)):
        done = asked(*words, "--database", address)
        assert (done.exit_code, "the database of attendance does not answer" in done.output) == (2, True), done.output
