"""What is due for a province's postings on one day, beside reading as many rows that lie ready in a table.

Ours is all of it: 9,025 postings with a year of monthly sheets, recall clocks and places, in the four services' read
models, and every open obligation worked out, in order, page after page. The rows are those that events leave; they are
written into the read models at once. Beside it, how long the gateway takes over the first page of all four.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import psycopg2
from psycopg2.extras import execute_values

from bench.rounds import Result, measured
from deploy import databases
from deploy.local import servers
from gateway.due_door import DueDoor
from gateway.exchange import Request
from kernel.config import Config
from kernel.messages import Actor
from kernel.opening import Opened, open_service
from programmes import loader
from programmes.due import MOST
from services import SERVICES

POSTINGS, DAY, SHOWN = 9_025, "2019-06-11", 100
BARE = "psycopg2, the rows ready in a table"
OURS = "paizhu, worked out by four services"
WANTED = 1 / 5
MOST_SECONDS = 10.0
AUDITOR = Actor("p-auditor", "auditor", "21", "auditor", ("21",))
_PLACE = "'2107' || lpad((27000000 + n)::text, 8, '0')"
_POSTING = f"'LN2018.' || {_PLACE} || '.1'"
_EVERY = f"from generate_series(1, {POSTINGS}) as n"
_ROWS: Mapping[str, tuple[str, ...]] = {
    "allocation": (
        "insert into read.targets (programme, target, state, opened_on)"
        f" select 'LN2018', {_PLACE}, 'open', '2018-04-20' {_EVERY}",
    ),
    "personnel": (
        "insert into read.postings (posting, programme, person, target, status, placed_on, on_post_since)"
        f" select {_POSTING}, 'LN2018', 'p-' || n, {_PLACE}, 'on_post', '2018-04-25', '2018-05-02' {_EVERY}",
    ),
    "attendance": (
        "insert into read.registers (posting, programme, person, target, kind, opened_on)"
        f" select {_POSTING}, 'LN2018', 'p-' || n, {_PLACE}, 'village', '2018-05-02' {_EVERY}",
        "insert into read.sheets (posting, month, version, target, compiled_on, signed_on, sealed_on)"
        f" select {_POSTING}, to_char(m, 'YYYY-MM'), 1, {_PLACE}, (m + interval '1 month 2 days')::date,"
        " case when m < '2019-05-01' then (m + interval '1 month 4 days')::date end,"
        " case when m < '2019-05-01' then (m + interval '1 month 5 days')::date end"
        f" {_EVERY}, generate_series('2018-05-01'::timestamp, '2019-05-01', '1 month') as m",
    ),
    "evaluation": (
        "insert into read.clocks (posting, programme, person, target, kind, started_on)"
        f" select {_POSTING}, 'LN2018', 'p-' || n, {_PLACE}, 'village', '2018-05-02' {_EVERY}",
        "insert into read.dues (posting, requires, target, due)"
        f" select {_POSTING}, requires, {_PLACE}, ('2018-05-02'::date + years * interval '1 year')::date {_EVERY},"
        " (values ('development_idea', 1), ('income_channel', 2), ('delisted', 3)) as asked (requires, years)",
    ),
}


def run(data: Path, rounds: int) -> tuple[Result, str]:
    """Measure on a server of its own below ``data``; the second is what is told of one whole day."""
    seconds: list[float] = []
    glances: list[float] = []
    with servers.postgres(data) as server, ExitStack() as stack:
        opened = dict(_opened(server.url, data, stack))
        session = stack.enter_context(psycopg2.connect(opened["allocation"].made))
        owed = list(_day(opened))
        with session.cursor() as cursor:
            cursor.execute("create table read.ready (place int primary key, row jsonb)")
            execute_values(
                cursor, "insert into read.ready values %s", enumerate(orjson.dumps(row).decode() for row in owed)
            )

        def ours() -> float:
            begun = time.perf_counter()
            found = sum(1 for _ in _day(opened))
            seconds.append(time.perf_counter() - begun)
            glances.append(_glance(opened))
            return found / seconds[-1]

        def bare() -> float:
            begun, found = time.perf_counter(), 0
            with session.cursor() as cursor:
                while True:
                    cursor.execute(
                        "select row from read.ready where place >= %s order by place limit %s", (found, MOST)
                    )
                    if not (rows := cursor.fetchall()):
                        return found / (time.perf_counter() - begun)
                    found += len(rows)

        title = f"obligations of {POSTINGS:,} postings on one day, {len(owed):,} of them open"
        result = measured(title, "rows", rounds, {BARE: bare, OURS: ours})
    took = median(seconds)
    reached = "reached" if took <= MOST_SECONDS else "MISSED"
    told = f"  one day takes {took:.1f} s, wanted at most {MOST_SECONDS:g}: {reached}"
    return result, f"{told}; the gateway's first page of {SHOWN} {median(glances):.2f} s"


class Filled:
    """A service whose read models hold the province; ``made`` is its database's address."""

    def __init__(self, opened: Opened, made: str) -> None:
        self.opened = opened
        self.made = made


def _opened(url: str, data: Path, stack: ExitStack) -> Iterator[tuple[str, Filled]]:
    made = databases.provision(url, databases.derived("synthetic"), SERVICES)
    for name in SERVICES:
        service = import_module(f"services.{name}.wiring").SERVICE
        opened = open_service(service, Config(db=made[name].url, keys=data / name, province="21"))
        stack.callback(opened.log.close)
        with psycopg2.connect(made[name].url) as session, session.cursor() as cursor:
            for programme in ("LN2018", "JZ"):
                told = loader.load(programme).published()
                cursor.execute(
                    "insert into read.rules_in_force values (%s, %s, %s, %s, %s, %s, %s)",
                    (
                        *(programme, told["base"] or programme, told["version"], told["base"] or "", told["scope"]),
                        *(told["sha256"], orjson.dumps(told["rules"]).decode()),
                    ),
                )
            for statement in _ROWS[name]:
                cursor.execute(statement)
            session.commit()
            session.autocommit = True
            cursor.execute("analyze")
        yield name, Filled(opened, made[name].url)


def _day(filled: Mapping[str, Filled]) -> Iterator[Mapping[str, Any]]:
    """Every open obligation of the day, of one service after the other."""
    for one in filled.values():
        cursor = ""
        while cursor is not None:
            params = {"as_of": DAY}
            asked = {
                "query": "due",
                "params": params,
                "actor": asdict(AUDITOR),
                "limit": MOST,
                "cursor": cursor or None,
            }
            page = one.opened.door.query(asked)
            yield from page["items"]
            cursor = page["next"]


def _glance(filled: Mapping[str, Filled]) -> float:
    """Seconds until the gateway shows the first hundred of all."""

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        return filled[service].opened.door.query(request)

    begun = time.perf_counter()
    reply = DueDoor(services, lambda header: AUDITOR).due(Request("GET", "/api/v1/due", query={"as_of": DAY}), "bench")
    if len(orjson.loads(reply.body)["items"]) != SHOWN:
        raise SystemExit(f"no page: {reply.body!r:.200}")
    return time.perf_counter() - begun
