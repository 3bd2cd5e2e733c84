"""A plan is asked for by a form: what the job is asked, and what is wrong is told with what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from gateway.api import Api
from gateway.console import session
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.console.solve_page import SolvePage
from gateway.exchange import Reply, Request
from gateway.jobs_door import JobsDoor
from tests.kit.gateway.asked_console import COUNTY, Behind

JOB = "cb43130c-2e5c-5996-9a4d-000842ba6da8"


class Planner(Behind):
    """Allocation, which begins every job."""

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if method != "jobs":
            return super().__call__(service, method, request)
        self.asked.append(dict(request))
        return {"job": {"id": JOB, "state": "queued", "problem": None, "result": None}}


def sent(behind: Behind, **typed: str) -> Reply:
    api = Api(behind, lambda header: COUNTY, {})
    pages = Pages(lambda header: COUNTY, "21", behind.described)
    api.open(*SolvePage(pages, JobsDoor(behind, lambda header: COUNTY), Lookup(behind, pages.areas)).paths())
    headers = {"authorization": "Bearer t"}
    form = str(api.answer(Request("GET", "/solve", headers, {}), "k").body)
    hidden = dict(re.findall(r'type="hidden" name="(_[a-z]+)" value="([^"]*)"', form))
    body = urlencode({**hidden, **typed}).encode()
    return api.answer(Request("POST", "/solve", {**headers, "content-type": session.MEDIA}, {}, body), "k")


TYPED = {"kind": "what_if", "programme": "LN2018", "tier": "county", "seed": "7", "occurred_on": "2018-04-27"}


def test_a_plan_is_asked_for_as_it_was_typed_and_the_page_of_the_job_follows() -> None:
    behind = Planner()
    reply = sent(behind, **TYPED, area="黑山县", partial="1")
    assert (reply.status, reply.headers["Location"]) == (303, f"/jobs/allocation/{JOB}")
    (asked,) = behind.asked
    assert (asked["kind"], asked["occurred_on"], asked["act"]) == ("what_if", "2018-04-27", "start")
    told = {"programme": "LN2018", "tier": "county", "seed": 7, "partial": True, "area": "210726"}
    assert asked["data"] == told
    assert asked["actor"]["areas"] == ("210726",)


def test_a_wrong_entry_comes_back_as_it_was_typed_and_no_job_is_begun() -> None:
    behind = Planner()
    for wrong in ({"seed": "七"}, {"occurred_on": "2018-02-30"}, {"area": "朝阳"}):
        reply = sent(behind, **{**TYPED, **wrong})
        assert reply.status == 400
        assert next(iter(wrong.values())) in reply.body
    assert behind.asked == []
