"""A month of attendance of the whole batch through the service, beside the same rows through psycopg2 alone.

Ours is all of it: each act at the door, every rule of every row, an event a day in the log, hashed, and in the read
models. Bare is the very rows that this left in log and read models, inserted into tables with the same indexes, by
one transaction a table, in a process of its own, so that the peak of memory is the service's alone. The two run in
turn on one server, a month a round; the first round is not counted. The acts come county by county and township by
township, so that memory holds the registers and one act at a time.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import psycopg2
from psycopg2.extras import execute_values

from bench.rounds import Result, measured
from deploy import databases
from deploy.local import servers
from kernel.config import Config
from kernel.messages import Actor, Recorded
from kernel.opening import open_service
from kernel.service import Received
from programmes import loader
from programmes.areas import registered
from services.attendance.wiring import SERVICE

Act = Callable[[str], None]
BATCH, DAYS, CLERKS, PAGE = 9_025, 22, 16, 500
BARE, OURS = "psycopg2 execute_values alone", "paizhu, through the service"
WANTED: Final = 1 / 5
MOST_MIB = 900
FILLED = 4
"""Months whose days are entered, at least; the others of the year are certified empty."""
MONTHS = [f"2018-{month:02}" for month in range(1, 13)]
ON = "2019-01-10"
_ASKED = {"value": 200, "unit": "天", "origin": "assumed", "notice": None, "clause": None}
_ROWS = {
    "days": "select * from read.days_on_post where month = %(month)s",
    "sheets": "select * from read.sheets where month = %(month)s",
    "years": "select * from read.assessed_year_days",
}


def run(data: Path, rounds: int, batch: int = BATCH) -> tuple[list[Result], str]:
    """Measure on a server of its own below ``data``; the second is what is told of memory."""
    with servers.postgres(data) as server:
        made = databases.provision(server.url, databases.derived("synthetic"), ("attendance",), "a")["attendance"]
        opened = open_service(SERVICE, Config(db=made.url, keys=data / "keys", province="21"))
        try:
            with Beside(made.owner_url) as rows:
                return _measured(Province(opened, batch), rows, min(rounds, len(MONTHS) - 1))
        finally:
            opened.log.close()


def _measured(province: Province, rows: Beside, rounds: int) -> tuple[list[Result], str]:
    """Each act in turn with its bare counterpart."""
    n, entered, certified = province.size, iter(MONTHS), iter(MONTHS)
    after: list[int] = []

    def certify(month: str) -> None:
        province.certify(month)
        after.append(_resident())

    def turn(
        kind: str, units: int, act: Callable[[str], None], months: Iterable[str]
    ) -> dict[str, Callable[[], float]]:
        at = iter(months)

        def ours() -> float:
            month = next(at)
            rows.mark(kind, month)
            begun = time.perf_counter()
            act(month)
            return units / (time.perf_counter() - begun)

        return {OURS: ours, BARE: lambda: units / rows.again()}

    results = [
        measured(f"Day records of {n:,} cadres", "days", rounds, turn("days", n * DAYS, province.enter, entered)),
        measured(
            f"A month of {n:,} cadres compiled, signed, sealed",
            "sheets",
            rounds,
            turn("sheets", n, certify, certified),
        ),
    ]
    for month in islice(entered, max(0, FILLED - rounds - 1)):
        province.enter(month)
    for month in certified:
        certify(month)
    years = turn("years", n, province.assess, (str(year) for year in count()))
    results.append(measured(f"A year of {n:,} cadres assessed", "years", rounds, years))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    reached = "reached" if peak < MOST_MIB else "MISSED"
    told = "  ".join(f"{months} {after[months - 1]}" for months in (1, 2, FILLED, len(after)))
    return results, (
        f"  peak memory of the service and its clerks {peak} MiB  wanted below {MOST_MIB}: {reached}\n"
        f"  in use after so many months: {told} MiB, of which states kept {province.kept >> 20}"
    )


def _resident() -> int:
    """MiB of memory that this process has in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20


class Beside:
    """``Rows`` in a process of its own."""

    def __init__(self, url: str) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _open, (url,))

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown()

    def mark(self, kind: str, month: str) -> None:
        """See ``Rows.mark``."""
        self._process.submit(_mark, kind, month).result()

    def again(self) -> float:
        """See ``Rows.again``."""
        return self._process.submit(_again).result()


_opened: list[Rows] = []


def _open(url: str) -> None:
    _opened.append(Rows(psycopg2.connect(url)))


def _mark(kind: str, month: str) -> None:
    _opened[0].mark(kind, month)


def _again() -> float:
    return _opened[0].again()


class Rows:
    """The rows of the last act, inserted again without anything else."""

    def __init__(self, session: Any) -> None:
        self._session = session
        with session, session.cursor() as cursor:
            cursor.execute("create schema bare")
            for table in ("log.events", "read.days_on_post", "read.sheets", "read.assessed_year_days"):
                cursor.execute(f"create table bare.{table.split('.')[1]} (like {table} including all)")

    def mark(self, kind: str, month: str) -> None:
        """What comes from here on is of this act."""
        self._kind, self._month, self._since = kind, month, self._read("select max(position) from log.events")[0][0]

    def again(self) -> float:
        """Seconds to insert them."""
        events = self._read("select * from log.events where position > %(since)s", since=self._since)
        shown = self._read(_ROWS[self._kind], month=self._month)
        table = _ROWS[self._kind].split("read.")[1].split()[0]
        with self._session, self._session.cursor() as cursor:
            cursor.execute(f"truncate bare.events, bare.{table}")
        begun = time.perf_counter()
        for name, rows in (("events", events), (table, shown)):
            with self._session, self._session.cursor() as cursor:
                execute_values(cursor, f"insert into bare.{name} values %s", rows, page_size=PAGE)
        return time.perf_counter() - begun

    def _read(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        with self._session, self._session.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())


class Province:
    """The batch on post, and who enters, signs and seals for it."""

    def __init__(self, opened: Any, batch: int) -> None:
        self._door, self._states, self._numbers = opened.door, opened.handler.states, count()
        villages = sorted(one.code for one in registered("21").within("21") if len(one.code) == 12)[:batch]
        self.size = len(villages)
        self._of = {digits: _grouped(villages, digits) for digits in (6, 9)}
        own = loader.load("LN2018").published()
        rules = {**own, "rules": {**own["rules"], "attendance.days_per_year": _ASKED}}
        secretary = {"post": "party_secretary", "since": "2016-01-01", "until": None}
        offices = ({"organ": code, "person": f"p-{code}", **secretary} for code in self._of[9])
        facts = [("allocation", "ProfilePublished", rules)]
        facts += [("allocation", "OfficeHolderRecorded", office) for office in offices]
        facts += [("personnel", "CadreOnPost", _cadre(code)) for code in villages]
        heard = {"allocation": count(1), "personnel": count(1)}
        received = [_heard(source, next(heard[source]), kind, data) for source, kind, data in facts]
        for start in range(0, len(received), 200):
            by_source = _runs(received[start : start + 200])
            for batch_of in by_source:
                opened.handler.react(batch_of)

    @property
    def kept(self) -> int:
        """Bytes of states that the service keeps, about."""
        return self._states.weight

    def enter(self, month: str) -> None:
        """The clerks of the counties enter the days from the registrars' paper."""
        days = {str(day): "√" for day in range(1, DAYS + 1)}
        told = {"month": month, "document": "考勤登记簿（合成）"}
        acts = []
        for county, villages in self._of[6].items():
            for some in _pages(villages, 100):
                rows = [{"posting": _posting(code), **days} for code in some]
                acts.append((_office("county_org", county), "RegisterMonth", {"area": county, "rows": rows, **told}))
        self._do(acts)

    def certify(self, month: str) -> None:
        """The counties' clerks add up, the townships' secretaries sign and seal."""
        for digits, role, name in (
            (6, "county_org", "CompileMonths"),
            (9, "township", "SignMonths"),
            (9, "township", "SealMonths"),
        ):
            self._each(digits, role, name, month=month)

    def assess(self, _: str) -> None:
        """The counties assess the year."""
        self._each(6, "county_org", "AssessYears", year=2018)

    def _each(self, digits: int, role: str, name: str, **told: Any) -> None:
        self._do(
            (_office(role, code), name, {"postings": [_posting(v) for v in some], **told})
            for code, villages in self._of[digits].items()
            for some in _pages(villages, 200)
        )

    def _do(self, acts: Iterable[tuple[Actor, str, dict[str, Any]]]) -> None:
        with ThreadPoolExecutor(CLERKS) as pool:
            list(pool.map(self._ask, acts))

    def _ask(self, act: tuple[Actor, str, dict[str, Any]]) -> None:
        by, name, data = act
        asked = {"command": name, "id": f"b-{next(self._numbers)}", "occurred_on": ON, "data": data}
        answer = self._door.execute({**asked, "actor": asdict(by)})
        if "receipt" not in answer:
            raise SystemExit(f"{name} was refused: {answer}")


def _office(role: str, area: str) -> Actor:
    return Actor(f"p-{area}", "clerk", area, role, (area,), ())


def _posting(village: str) -> str:
    return f"LN2018.{village}.1"


def _cadre(village: str) -> dict[str, Any]:
    about = {"programme": "LN2018", "posting": _posting(village), "person": f"c-{village}", "target": village}
    return {**about, "kind": "village", "role": "村党组织第一书记", "unit": "U1", "tier": "province", "weak": True}


def _grouped(codes: list[str], digits: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:digits], []).append(code)
    return found


def _pages(codes: list[str], size: int) -> Iterable[list[str]]:
    return (codes[start : start + size] for start in range(0, len(codes), size))


def _runs(received: list[Received]) -> list[list[Received]]:
    """Those of one service after each other, as a reactor hands them on."""
    runs: list[list[Received]] = []
    for one in received:
        if not runs or runs[-1][0].source != one.source:
            runs.append([])
        runs[-1].append(one)
    return runs


def _heard(source: str, position: int, kind: str, data: dict[str, Any]) -> Received:
    basis = {"programme": None, "profile": None, "notice": None, "clause": None}
    told = {"correlation": "k", "causation": "", "command": "c", "recorded_at": 1, "actor": {}, "areas": ()}
    on = date(2017, 12, 20)
    facts: dict[str, Any] = {"stream": "s", "version": 1, "type": kind, "schema": 1, "occurred_on": on, "data": data}
    return Received(source, Recorded(position=position, **facts, **told, **basis))
