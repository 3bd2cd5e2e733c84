"""The import of a batch of registration forms as one job, beside reading the file and inserting its rows alone.

Ours is all of it: the workbook read at arm's length, every rule of every row, persons sealed under keys of their own,
three events a row in the log and in the read models. A database of its own each round; the job is worked in a process
of its own, whose peak of memory is told.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
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
from gateway.roster_door import KIND, packed
from gateway.roster_reading import Readers
from kernel import logs
from kernel.config import Config
from kernel.jobs.store import JobStore
from kernel.jobs.worker import Worker
from kernel.messages import Actor, Recorded
from kernel.opening import open_service
from kernel.service import Received
from programmes import loader
from services.personnel.wiring import SERVICE

ROOT = Path(__file__).resolve().parents[1]
PROGRAMME, CHANNEL, UNITS, BATCH = "LN2018", "省直机关工委", 100, 9_025
BARE = "python-calamine and psycopg2 execute_values alone"
OURS = "paizhu, one job"
WANTED = 1 / 4
OFFICE = Actor("p-channel", "干部处", CHANNEL, "channel", (), (CHANNEL,))
MOST_MIB = 500


def run(data: Path, rounds: int) -> tuple[Result, str]:
    """Measure on a server of its own below ``data``; the second is what is told of memory."""
    file = data / "roster.xlsx"
    file.write_bytes(roster.filled(roster.form(PROGRAMME), entries()))
    peaks: list[int] = []
    with servers.postgres(data) as server:
        numbers = count(1)

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
            finally:
                opened.log.close()
            if entered != BATCH:
                raise SystemExit(f"{entered} of {BATCH} rows entered")
            peaks.append(int(said[1]))
            return BATCH / (asking + float(said[0]))

        def bare() -> float:
            with psycopg2.connect(server.url) as session, session.cursor() as cursor:
                names = ", ".join(f'"{column.key}" text' for column in roster.form(PROGRAMME).columns)
                cursor.execute(f"drop table if exists bare; create table bare ({names})")
                session.commit()
                begun = time.perf_counter()
                sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes())).get_sheet_by_index(0)
                execute_values(cursor, "insert into bare values %s", sheet.to_python()[1:])
                session.commit()
                return BATCH / (time.perf_counter() - begun)

        result = measured(f"import of {BATCH:,} registration forms from xlsx", "rows", rounds, {BARE: bare, OURS: ours})
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


def main(url: str, keys: str) -> None:
    """Work the job that waits in personnel at ``url``; prints seconds and MiB."""
    logs.configure("bench", "error")
    config = Config(db=url, keys=Path(keys), province="21")
    opened = open_service(SERVICE, config)
    worker = Worker(SERVICE, opened.log, opened.handler, JobStore(url), threading.Event())
    begun = time.perf_counter()
    worker.work_one()
    print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _ask(door: Any, workbook: bytes) -> None:
    """The workbook read and its job asked for, as gateway and service do."""
    rows = Readers().rows(workbook, PROGRAMME, "bench", lambda: False, roster.MOST_OF_JOB)
    asked = {"programme": PROGRAMME, "accept": "all", "first_row": roster.FIRST_ROW, "synthetic": True, **packed(rows)}
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
