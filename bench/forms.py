"""The import of a batch of registration forms as one job, beside reading the file and inserting rows alone.

Which rows is told twice. Those of the file are the least that anybody could insert. What an import has to store of them
(their events, the claims of their numbers, the rows of the read models) is inserted as it came to stand in the
database of the job, all of it as text, into tables without an index. The target stands at both.

Ours is all of it: the workbook read at arm's length, every rule of every row, persons sealed under keys of their own,
three events a row in the log and in the read models. A database of its own each round; the job is worked in a process
of its own, whose peak of memory is told.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extras import execute_values
from python_calamine import CalamineWorkbook

from bench.rounds import Result, measured
from demo.people import People
from deploy import databases
from deploy.local import servers
from gateway import roster
from gateway.roster_door import KIND
from gateway.roster_reading import Readers
from kernel import logs
from kernel.config import Config
from kernel.jobs.store import JobStore
from kernel.jobs.worker import Worker
from kernel.log.postgres import PostgresLog
from kernel.messages import Actor, Recorded
from kernel.opening import open_service
from kernel.service import Received
from programmes import loader
from services.personnel.wiring import SERVICE

ROOT = Path(__file__).resolve().parents[1]
PROGRAMME, CHANNEL, UNITS, BATCH = "LN2018", "省直机关工委", 100, 9_025
BARE = "python-calamine and psycopg2 alone, the rows of the file"
STORED = "python-calamine and psycopg2 alone, all rows stored of them"
OURS = "paizhu, one job"
WANTED = 1 / 4
OFFICE = Actor("p-channel", "干部处", CHANNEL, "channel", (), (CHANNEL,))
MOST_MIB = 500
_COLUMNS = """
select table_schema || '.' || table_name as place, column_name as name from information_schema.columns
 where table_schema = 'read' or (table_schema = 'log' and table_name in ('events', 'commands', 'claims'))
 order by place, ordinal_position
"""


def run(data: Path, rounds: int) -> tuple[Result, str]:
    """Measure on a server of its own below ``data``; the second is what is told of memory."""
    file = data / "roster.xlsx"
    file.write_bytes(roster.filled(roster.form(PROGRAMME), entries()))
    peaks: list[int] = []
    with servers.postgres(data) as server:
        numbers = count(1)
        kept: list[list[tuple[str | None, ...]]] = []

        def ours() -> float:
            name = f"r{next(numbers)}"
            made = databases.provision(server.url, databases.derived("synthetic"), ("personnel",), name)["personnel"]
            opened = open_service(SERVICE, Config(db=made.url, keys=data / name, province="21"))
            try:
                _ready(opened.handler, opened.door)
                begun = time.perf_counter()
                _ask(opened.door, file.read_bytes())
                asking = time.perf_counter() - begun
                argv = [sys.executable, "-m", "bench.forms", made.url, str(data / name)]
                said = subprocess.run(argv, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
                entered = opened.log.rows("select count(*) as n from nominations")[0]["n"]
                kept[:] = _stored(opened.log)
            finally:
                opened.log.close()
            if entered != BATCH:
                raise SystemExit(f"{entered} of {BATCH} rows entered")
            peaks.append(int(said[1]))
            return BATCH / (asking + float(said[0]))

        def alone(widths: Sequence[int], tables: Callable[[list[Any]], Iterable[list[Any]]]) -> float:
            """The file read, and the rows of ``tables``, which are told those of the file, inserted as texts."""
            with psycopg2.connect(server.url) as session, session.cursor() as cursor:
                for number, width in enumerate(widths):
                    names = ", ".join(f"c{at} text" for at in range(width))
                    cursor.execute(f"drop table if exists bare{number}; create table bare{number} ({names})")
                session.commit()
                begun = time.perf_counter()
                sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes())).get_sheet_by_index(0)
                for number, rows in enumerate(tables(sheet.to_python()[1:])):
                    execute_values(cursor, f"insert into bare{number} values %s", rows)
                session.commit()
                return BATCH / (time.perf_counter() - begun)

        def bare() -> float:
            return alone([len(roster.form(PROGRAMME).columns)], lambda rows: [rows])

        def stored() -> float:
            return alone([len(rows[0]) for rows in kept], lambda _: kept)

        title = f"import of {BATCH:,} registration forms from xlsx"
        result = measured(title, "rows", rounds, {OURS: ours, BARE: bare, STORED: stored})
    reached = "reached" if max(peaks) < MOST_MIB else "MISSED"
    return result, f"  peak memory of the job {max(peaks)} MiB, wanted under {MOST_MIB}: {reached}"


def entries() -> Iterator[Mapping[str, Any]]:
    """The rows, by key: generated persons, shared out among the units."""
    people = People()
    for number in range(BATCH):
        person = people.next()
        (relative,) = person.pop("family")
        yield {
            **person,
            **{f"family_{key}": value for key, value in relative.items()},
            "sending_unit_and_post": "合成单位 科员",
            "intended_unit_and_post": "村党组织第一书记 待分配",
            "reporting_unit_opinion": "同意推荐（盖章）（合成）",
            "unit": f"U{number % UNITS:03}",
            "kind": "村",
            "origin": "组织推荐",
            "decision": f"党委会〔2018〕{number}号（合成）",
            "copies": 5,
            "recipient": CHANNEL,
        }


def _stored(log: PostgresLog) -> list[list[tuple[str | None, ...]]]:
    """The rows of every table that an import fills, as texts."""
    tables: dict[str, list[str]] = {}
    for row in log.rows(_COLUMNS):
        tables.setdefault(row["place"], []).append(f"{row['name']}::text")
    found = (log.rows(f"select {', '.join(columns)} from {place}") for place, columns in tables.items())
    return [[tuple(row.values()) for row in rows] for rows in found if rows]


def main(url: str, keys: str) -> None:
    """Work the job that waits in personnel at ``url``; prints seconds and MiB."""
    logs.configure("bench", "error")
    config = Config(db=url, keys=Path(keys), province="21")
    opened = open_service(SERVICE, config)
    worker = Worker(SERVICE, opened.log, opened.handler, JobStore(url), threading.Event())
    begun = time.perf_counter()
    worker.work_one()
    seconds = time.perf_counter() - begun
    # Of this program alone: the peak that ``resource`` tells begins with that of the process it was started from.
    (peak,) = re.findall(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    print(seconds, int(peak) // 1024)


def _ask(door: Any, workbook: bytes) -> None:
    """The workbook read and its job asked for, as gateway and service do."""
    rows = Readers().packed(workbook, PROGRAMME, "bench", lambda: False, roster.MOST_OF_JOB)
    asked = {"programme": PROGRAMME, "accept": "all", "first_row": roster.FIRST_ROW, "synthetic": True, **rows}
    request = {"act": "start", "kind": KIND, "key": "k", "occurred_on": "2018-04-18", "data": asked}
    answer = door.jobs({**request, "actor": asdict(OFFICE)})
    if "job" not in answer:
        raise SystemExit(f"the job was refused: {answer}")


def _ready(handler: Any, door: Any) -> None:
    """Rules, units with their places, the channel's scheme."""
    facts = [("ProfilePublished", loader.load(PROGRAMME).published())]
    for number in range(UNITS):
        unit = {"unit": f"U{number:03}", "name": f"合成单位{number:03}", "channel": CHANNEL, "level": "province"}
        places = {"programme": PROGRAMME, "unit": unit["unit"], "channel": CHANNEL, "townships": 0}
        facts += [("UnitRegistered", unit), ("UnitQuotaSet", {**places, "villages": -(-BATCH // UNITS)})]
    handler.react([_heard(position, *fact) for position, fact in enumerate(facts, 1)])
    units = [f"U{number:03}" for number in range(UNITS)]
    data = {"programme": PROGRAMME, "channel": CHANNEL, "title": "选派工作方案（合成）", "units": units}
    filed = {"command": "FileChannelScheme", "id": "scheme", "occurred_on": "2018-04-17", "data": data}
    answer = door.execute({**filed, "actor": asdict(OFFICE)})
    if "receipt" not in answer:
        raise SystemExit(f"the scheme was refused: {answer}")


def _heard(position: int, kind: str, data: Mapping[str, Any]) -> Received:
    said: dict[str, Any] = dict.fromkeys(("programme", "profile", "notice", "clause"))
    said |= {"correlation": "k", "causation": "", "command": "c", "actor": {}, "areas": ()}
    where = {"position": position, "stream": "s", "version": 1, "type": kind, "schema": 1, "recorded_at": 1}
    return Received("allocation", Recorded(**where, occurred_on=date(2018, 4, 16), data=data, **said))


if __name__ == "__main__":
    main(*sys.argv[1:])
