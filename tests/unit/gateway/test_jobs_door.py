"""The door for long work: what is forwarded, 202 with its place, and what an ended job looks like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.jobs_door import JobsDoor
from gateway.openapi_jobs import KINDS
from kernel.messages import Actor
from services.allocation.jobs.plan_jobs import JOBS

PROVINCE = Actor("p", "q", "o", "province_org", ("21",))
ID = "0b6f3c1e-7d0a-5f39-9f0e-4f6a1d2c9b77"
OPEN = {"id": ID, "kind": "placement_plan", "state": "queued", "stage": "", "done": 0, "of": 0, "attempts": 0}
OPEN |= {"result": None, "problem": None, "occurred_on": "2018-04-24"}
PROBLEM: dict[str, Any] = {
    "kind": "rule",
    "code": "plan_infeasible",
    "sentence": "无处可派。",
    "field": "placements",
    "accepted": "豁免",
}
PROBLEM |= {"notice": "N", "clause": "四", "details": []}
BODY = {"kind": "placement_plan", "occurred_on": "2018-04-24", "data": {"programme": "LN2018"}}


class Behind:
    """Allocation, which answers what it is told to and remembers what it was asked."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.given = dict(answer)
        self.asked: list[Mapping[str, Any]] = []

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        assert (service, method) == ("allocation", "jobs")
        self.asked.append(request)
        return self.given if "state" not in self.given else {"job": self.given}


def told(behind: Behind, method: str, at: str, body: Any = None, **headers: str) -> Reply:
    api = Api(behind, lambda header: PROVINCE, {})
    api.open(*JobsDoor(behind, lambda header: PROVINCE).paths())
    given = {"idempotency-key": "k", "content-type": "application/json", **headers}
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    return api.answer(Request(method, at, given, {}, raw), "c")


def test_a_job_is_accepted_with_its_place() -> None:
    behind = Behind(OPEN)
    reply = told(behind, "POST", "/api/v1/allocation/jobs", BODY)
    assert reply.status == 202
    assert reply.headers["Location"] == f"/api/v1/allocation/jobs/{ID}"
    assert reply.headers["Retry-After"] == "1"
    (asked,) = behind.asked
    assert (asked["act"], asked["kind"], asked["key"], asked["data"]) == ("start", *BODY_OF)
    assert asked["actor"]["role"] == "province_org"


BODY_OF = ("placement_plan", "k", {"programme": "LN2018"})


def test_a_refused_job_carries_its_problem_in_the_form_of_all_problems() -> None:
    behind = Behind({**OPEN, "state": "refused", "problem": PROBLEM})
    reply = told(behind, "GET", f"/api/v1/allocation/jobs/{ID}")
    assert reply.status == 200
    assert "Retry-After" not in reply.headers
    problem = orjson.loads(reply.body)["problem"]
    assert (problem["status"], problem["code"], problem["clause"], problem["accepted"]) == (
        422,
        "plan_infeasible",
        "四",
        "豁免",
    )


def test_what_the_desk_refuses_is_a_problem_of_the_request() -> None:
    reply = told(Behind({"problem": {**PROBLEM, "kind": "forbidden"}}), "POST", "/api/v1/allocation/jobs", BODY)
    assert reply.status == 403


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (b"{", "json_invalid", "body"),
        ({"kind": "x", "data": {}}, "field_missing", "occurred_on"),
        ({**BODY, "kind": 7}, "field_type", "kind"),
        ({**BODY, "extra": 1}, "field_unknown", "extra"),
        (b'{"kind": "a", "kind": "b", "occurred_on": "2018-04-24", "data": {}}', "json_duplicate_key", "kind"),
    ],
)
def test_a_bad_body_is_refused_by_name_and_nobody_is_asked(body: Any, code: str, field: str) -> None:
    behind = Behind(OPEN)
    reply = told(behind, "POST", "/api/v1/allocation/jobs", body)
    found = orjson.loads(reply.body)
    assert (reply.status, found["code"], found["field"]) == (400, code, field)
    assert found["accepted"]
    assert behind.asked == []


def test_without_an_idempotency_key_there_is_no_job() -> None:
    reply = told(Behind(OPEN), "POST", "/api/v1/allocation/jobs", BODY, **{"idempotency-key": ""})
    assert orjson.loads(reply.body)["code"] == "idempotency_key_missing"


def test_an_id_of_another_form_is_no_place() -> None:
    assert told(Behind(OPEN), "GET", "/api/v1/allocation/jobs/one").status == 404


def test_the_document_names_the_jobs_there_are() -> None:
    assert set(KINDS) == set(JOBS)
