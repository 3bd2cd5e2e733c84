"""The workbook of a month at the door: a row a cadre, a column a day, and what goes to attendance (AT-031)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from gateway import roster
from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.months import MonthDoor
from gateway.roster_door import XLSX
from gateway.routes import commands
from kernel.messages import Actor

TOWNSHIP = Actor("p-township", "办公室", "合成乡镇党委", "township", ("210727102",))
ROW = {"posting": "LN2018.210727102213.1", "1": "√", "2": "√住", "30": "√外"}
ASKED = {"area": "210727102", "month": "2018-06", "occurred_on": "2018-07-01"}


def sent(body: bytes, query: Mapping[str, str], by: Actor = TOWNSHIP) -> tuple[Reply, list[Mapping[str, Any]]]:
    """The reply, and what attendance was asked."""
    asked: list[Mapping[str, Any]] = []

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        assert (service, method) == ("attendance", "execute")
        asked.append(request)
        receipt = {"service": service, "position": 1, "events": {}, "streams": {}, "repeated": False, "result": {}}
        return {"receipt": receipt}

    api = Api(services, lambda header: by, commands())
    api.open(*MonthDoor(api, lambda header: by, commands()).paths())
    headers = {"content-type": XLSX, "idempotency-key": "k"}
    return api.answer(Request("POST", "/api/v1/months", headers, dict(query), body), "c"), asked


@pytest.mark.req("AT-031")
def test_the_rows_go_to_attendance_as_one_command() -> None:
    reply, (asked,) = sent(roster.filled(roster.month(), [ROW]), {**ASKED, "accept": "preview", "document": "登记簿"})
    assert reply.status == 200
    assert (asked["command"], asked["occurred_on"]) == ("RegisterMonth", "2018-07-01")
    (row,) = asked["data"]["rows"]
    assert {key: cell for key, cell in row.items() if cell} == ROW
    told = {name: asked["data"][name] for name in ("area", "month", "accept", "document", "first_row")}
    assert told == {"area": "210727102", "month": "2018-06", "accept": "preview", "document": "登记簿", "first_row": 2}


def test_what_the_head_lacks_is_told_before_the_file_is_read() -> None:
    for name in ASKED:
        reply, asked = sent(b"no workbook", {key: value for key, value in ASKED.items() if key != name})
        assert (reply.status, asked) == (400, [])
    cadre = Actor("p-c", "第一书记", "村", "cadre", ("210727102213",))
    reply, asked = sent(b"", ASKED, cadre)
    assert (reply.status, asked) == (403, [])
