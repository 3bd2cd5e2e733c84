"""Gathers what is left after a run: the journal, four logs, the feeds twice (as stored, over HTTP), the subscribers'
files, and what the auditor's own commands say. Read only.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from cli.office import Office
from deploy import ROOT
from deploy.local.system import System
from services import SERVICES
from tests.faults import journal
from tests.faults.history import Event, Evidence, Stored

FEEDS = "feeds"
JOURNAL = "journal.ndjson"


def gather(system: System, bearer: Callable[[Office], str], cities: Sequence[str]) -> Evidence:
    """The evidence of a system that has come to rest; ``cities`` have subscribers."""
    found = Evidence(journal=list(journal.read(system.data / JOURNAL)))
    found.logs = {service: list(_log(system.auditor_url(service))) for service in SERVICES}
    found.heads = {s: int(_rows(system.auditor_url(s), "select position from log.head")[0][0]) for s in SERVICES}
    found.commands = {
        s: frozenset(str(row[0]) for row in _rows(system.auditor_url(s), "select id from log.commands"))
        for s in SERVICES
    }
    found.inboxes = inboxes(system)
    stored = _rows(
        system.database_url("gateway"),
        "select city, sequence, source, source_position from feed.items order by city, sequence",
    )
    every = sorted({str(row[0]) for row in stored} | set(cities))
    found.items = {city: [(s, f"{source}:{p}") for c, s, source, p in stored if c == city] for city in every}
    found.feeds = {city: list(_feed(system, bearer, city)) for city in every}
    found.stores = {city: _stored(system.data / "subscribers" / f"{city}.sqlite") for city in cities}
    found.parked = parked(system.data)
    found.replay = _replay(system.data)
    found.verify = _verify(system.data)
    return found


def inboxes(system: System) -> dict[str, dict[str, int]]:
    """How far every follower has taken in every source, by follower; the feeds are one."""
    urls = {service: system.auditor_url(service) for service in SERVICES} | {FEEDS: system.database_url("gateway")}
    return {name: dict(_rows(url, "select source, position from log.inbox")) for name, url in urls.items()}


def heads(system: System) -> dict[str, int]:
    """Where every log ends."""
    return {s: int(_rows(system.auditor_url(s), "select position from log.head")[0][0]) for s in SERVICES}


def recorded(system: System) -> dict[str, float]:
    """When every log took in its last event, in seconds since 1970."""
    return {s: _rows(system.auditor_url(s), "select recorded_at from log.head")[0][0] / 1e6 for s in SERVICES}


def _rows(url: str, sql: str) -> list[Any]:
    with closing(psycopg2.connect(url, connect_timeout=5)) as session, session.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _log(url: str) -> Iterator[Event]:
    for (line,) in _rows(url, "select line from log.events order by position"):
        said = json.loads(line)
        yield Event(
            said["position"],
            said["stream"],
            said["version"],
            said["type"],
            said["command"],
            said["recorded_at"],
            tuple(said["areas"]),
            {**said["data"], "occurred_on": said["occurred_on"]},
        )


def _feed(system: System, bearer: Callable[[Office], str], city: str) -> Iterator[tuple[int, str]]:
    office = Office("p-auditor", "审计", "审计", "auditor", ("21",))
    headers = {"Authorization": f"Bearer {bearer(office)}"}
    after = 0
    while True:
        url = f"{system.gateway_url}/feeds/{city}?after={after}&limit=1000"
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as reply:  # noqa: S310
            page = json.load(reply)
        if not page["items"]:
            return
        yield from ((int(item["sequence"]), item["id"]) for item in page["items"])
        after = page["next"]


def _stored(path: Path) -> Stored:
    with closing(sqlite3.connect(path)) as kept:
        events = [(s, i) for s, i in kept.execute("select sequence, id from event order by sequence")]
        applied = [i for (i,) in kept.execute("select id from applied order by number")]
        strangers = kept.execute("select count(*) from stranger").fetchone()[0]
        counted = dict(kept.execute("select name, amount from counted"))
    return Stored(events, applied, strangers, counted.get("unreadable", 0))


def paizhu(*arguments: str) -> subprocess.CompletedProcess[str]:
    """One command of `paizhu`, as an operator gives it."""
    argv = [sys.executable, "-m", "cli.main", *arguments]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)


def parked(data: Path) -> dict[str, list[str]]:
    """The parked events that are not settled, by follower."""
    asked = paizhu("bus", "parked", "--data", str(data), "--json")
    found: dict[str, list[str]] = {}
    for event in _json(asked)["events"]:
        found.setdefault(event["follower"], []).append(event["id"])
    return found


def _replay(data: Path) -> list[str]:
    said = _json(paizhu("audit", "replay", "--data", str(data), "--json"))
    tables = [(service["service"], table) for service in said["services"] for table in service["tables"]]
    return [
        f"{service}.{t['table']}: {t['only_live']} rows only live, {t['only_rebuilt']} only rebuilt"
        for service, t in tables
        if t["only_live"] or t["only_rebuilt"]
    ]


def _verify(data: Path) -> list[str]:
    said = _json(paizhu("audit", "verify", "--data", str(data), "--json"))
    return [f"{f['code']} {f['service']}:{f['position']} {f['sentence']}" for f in said["findings"]]


def _json(asked: subprocess.CompletedProcess[str]) -> Any:
    try:
        return json.loads(asked.stdout)
    except ValueError:
        raise RuntimeError(f"{asked.args} said nothing that can be read:\n{asked.stderr}") from None


def kept(system: System, city: str) -> int:
    """How many events the subscriber of ``city`` holds."""
    with closing(sqlite3.connect(system.data / "subscribers" / f"{city}.sqlite", timeout=10)) as store:
        return int(store.execute("select count(*) from event").fetchone()[0])


def owed(system: System, city: str) -> int:
    """How many items the feed of ``city`` has."""
    rows = _rows(system.database_url("gateway"), f"select sequence from feed.cities where city = '{city}'")
    return int(rows[0][0]) if rows else 0


def superuser_url(system: System, database: str = "postgres") -> str:
    """The superuser's address of a database of the system's PostgreSQL."""
    secrets = json.loads((system.data / "secrets.json").read_text(encoding="utf-8"))
    parts = urlsplit(system.database_url("allocation"))
    return f"postgresql://postgres:{secrets['postgres']}@127.0.0.1:{parts.port}/{database}"
