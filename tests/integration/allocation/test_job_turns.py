"""Whose job is next, how many an organ may have open, whose a key is, and how long an ended job is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from kernel.jobs.desk import OPEN_MOST
from kernel.jobs.worker import KEPT_DAYS
from kernel.messages import Actor
from tests.kit.allocation.jobs import ON, Office
from tests.kit.allocation.scenario import LN2018, PROVINCE, publish
from tests.kit.databases import fresh, run
from tests.kit.desk import organ
from tests.kit.waiting import eventually

COUNTY, NEIGHBOUR = organ("county_org", "210727"), organ("county_org", "211302")


@pytest.fixture
def office(postgres_server: Any, tmp_path: Path) -> Iterator[Office]:
    """A published programme in which nobody waits: every job ends at once."""
    with fresh(postgres_server.url, "allocation") as made:
        found = Office(made["allocation"], tmp_path)
        publish(found, PROVINCE, LN2018, "2018-04-16")
        try:
            yield found
        finally:
            found.close()


def start(office: Office, by: Actor, key: str, seed: int = 0) -> dict[str, Any]:
    data = {"programme": LN2018, "tier": "county", "area": by.areas[0], "seed": seed}
    request = {"act": "start", "kind": "what_if", "key": key, "occurred_on": ON, "data": data, "actor": asdict(by)}
    return office.opened.door.jobs(request)


def states(office: Office, by: Actor, idents: list[str]) -> list[str]:
    return [office.shown(ident, by)["job"]["state"] for ident in idents]


def test_an_organ_has_at_most_so_many_jobs_open_and_another_organ_is_not_held_up(office: Office) -> None:
    mine = [start(office, COUNTY, f"k{n}")["job"]["id"] for n in range(OPEN_MOST)]
    refused = start(office, COUNTY, "one-more")["problem"]
    assert (refused["kind"], refused["code"], refused["field"]) == ("too_many", "jobs_open", "kind")
    assert f"{OPEN_MOST} 项任务尚未办结" in refused["sentence"]
    assert f"不超过 {OPEN_MOST} 项" in refused["accepted"]
    assert start(office, COUNTY, "k0")["job"]["id"] == mine[0], "asked again it is no further job"
    assert start(office, NEIGHBOUR, "k0")["job"]["state"] == "queued"
    assert office.worker.work_one()
    assert start(office, COUNTY, "one-more")["job"]["state"] == "queued"


def test_the_next_job_is_of_the_organ_that_waited_longest_since_its_last(office: Office) -> None:
    county = [start(office, COUNTY, f"k{n}")["job"]["id"] for n in range(3)]
    neighbour = [start(office, NEIGHBOUR, f"k{n}")["job"]["id"] for n in range(2)]
    ended = []
    for _ in range(5):
        assert office.worker.work_one()
        ended.append((states(office, COUNTY, county).count("queued"), states(office, NEIGHBOUR, neighbour)[-1]))
    assert ended == [(2, "queued"), (2, "queued"), (1, "queued"), (1, "done"), (0, "done")]


def test_a_key_is_its_organs_own_whoever_of_the_organ_sends_it(office: Office) -> None:
    first = start(office, COUNTY, "k")["job"]["id"]
    other = start(office, NEIGHBOUR, "k", seed=7)["job"]["id"]
    assert other != first
    colleague = replace(COUNTY, person="p-colleague", post="科员")
    assert start(office, colleague, "k")["job"]["id"] == first
    namesake = replace(NEIGHBOUR, organ=COUNTY.organ)
    assert start(office, namesake, "k")["job"]["id"] not in (first, other)
    assert office.shown(first, namesake)["problem"]["code"] == "job_unknown"
    assert office.shown(first, colleague)["job"]["id"] == first
    assert [row["id"] for row in office.query(COUNTY, "jobs")] == [first]


def test_the_planner_clears_jobs_away_that_ended_long_ago_and_never_an_open_one(office: Office) -> None:
    old, young = (start(office, COUNTY, key)["job"]["id"] for key in ("old", "young"))
    assert office.store.clear(0) == 0
    assert office.worker.work_one()
    assert office.worker.work_one()
    for ident, days in ((old, KEPT_DAYS + 1), (young, KEPT_DAYS - 1)):
        micros = days * 86_400_000_000
        run(office.database.url, f"update jobs.jobs set ended_at = ended_at - {micros} where id = '{ident}'")
    planner = threading.Thread(target=office.worker.run)
    planner.start()
    try:
        eventually(lambda: "problem" in office.shown(old, COUNTY))
    finally:
        office.worker.stop.set()
        planner.join()
    assert office.shown(old, COUNTY)["problem"]["code"] == "job_unknown"
    assert office.shown(young, COUNTY)["job"]["state"] == "done"
