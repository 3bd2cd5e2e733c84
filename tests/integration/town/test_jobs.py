"""A job over HTTP: accepted at once, worked by the planner, looked up until it ended; the planner's own health."""

from __future__ import annotations

import os
from signal import SIGKILL
from typing import Any

import requests

from tests.kit.town import PROGRAMME, Town
from tests.kit.waiting import BOUND, eventually

JOBS = "/api/v1/allocation/jobs"


def start(town: Town, kind: str, **data: Any) -> requests.Response:
    body = {"kind": kind, "occurred_on": "2018-04-24", "data": data}
    return town.send("POST", JOBS, json=body, headers=town.bearer(town.world.province()))


def ended(town: Town, place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def is_over() -> bool:
        answer = town.send("GET", place, headers=town.bearer(town.world.province()))
        assert answer.status_code == 200, answer.text
        found.update(answer.json())
        return found["state"] in ("done", "refused", "failed")

    eventually(is_over)
    return found


def test_a_job_has_a_place_a_state_and_a_result(town: Town) -> None:
    accepted = start(town, "what_if", programme=PROGRAMME)
    assert accepted.status_code == 202, accepted.text
    place = accepted.headers["Location"]
    assert place == f"{JOBS}/{accepted.json()['id']}"
    done = ended(town, place)
    assert done["state"] == "done", done
    assert done["done"] == done["of"]
    assert done["asked_at"] < done["ended_at"]
    assert (done["result"]["gap"], len(done["result"]["input"])) == (0, 64)
    headers = town.bearer(town.world.province())
    listed = town.send("GET", f"{JOBS}?kind=what_if", headers=headers).json()["items"]
    assert place.rsplit("/", 1)[1] in {job["id"] for job in listed}
    assert all("result" not in job for job in listed)


def test_where_nobody_waits_there_is_no_plan(town: Town) -> None:
    refused = ended(town, start(town, "placement_plan", programme=PROGRAMME).headers["Location"])
    assert refused["state"] == "refused"
    assert (refused["problem"]["status"], refused["problem"]["code"]) == (422, "nobody_waits")
    assert refused["problem"]["accepted"] == "有初审合格、等待分配的人选"


def test_a_job_that_is_refused_says_so_as_every_problem_does(town: Town) -> None:
    accepted = start(town, "placement_plan", programme=PROGRAMME, without=["p-nobody"])
    refused = ended(town, accepted.headers["Location"])
    assert refused["state"] == "refused"
    assert (refused["problem"]["status"], refused["problem"]["code"]) == (404, "option_unknown")
    assert refused["problem"]["accepted"]


def test_the_planner_is_a_process_like_the_others(town: Town) -> None:
    planner = town.system.process("allocation-planner")
    assert planner.health == "ready"
    told = requests.get(planner.metrics, timeout=BOUND).text
    assert 'paizhu_job_seconds_count{kind="what_if",service="allocation",state="done"}' in told
    assert 'paizhu_jobs_waiting{service="allocation"} 0.0' in told


def test_a_planner_that_is_killed_is_back_and_works_what_waits(town: Town) -> None:
    before = town.system.process("allocation-planner")
    assert before.pid is not None
    os.kill(before.pid, SIGKILL)
    accepted = start(town, "what_if", programme=PROGRAMME)
    assert accepted.status_code == 202, "the door needs no planner"
    assert ended(town, accepted.headers["Location"])["state"] == "done"
    after = town.system.process("allocation-planner")
    assert after.restarts == before.restarts + 1
