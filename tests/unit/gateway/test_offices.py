"""The workbook of offices at the door: its days, and what goes to allocation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gateway import roster
from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.offices import OfficeDoor
from gateway.roster_door import XLSX
from gateway.routes import commands
from kernel.messages import Actor
from tests.kit.gateway.rosters import book

COUNTY = Actor("p-county", "组织部", "合成县委组织部", "county_org", ("210726",))
HEADERS = [column.header for column in roster.offices().columns]
LINE = ["210726102", "党委书记", "p-1", "代理", date(2018, 7, 1), date(2018, 7, 31)]
ROW = {
    "organ": "210726102",
    "office_post": "党委书记",
    "account": "p-1",
    "acting": "代理",
    "since": "2018-07-01",
    "until": "2018-07-31",
}


def sent(body: bytes, by: Actor = COUNTY, **query: str) -> tuple[Reply, list[Mapping[str, Any]]]:
    """The reply, and what allocation was asked."""
    asked: list[Mapping[str, Any]] = []

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        assert (service, method) == ("allocation", "execute")
        asked.append(request)
        receipt = {"service": service, "position": 1, "events": {}, "streams": {}, "repeated": False, "result": {}}
        return {"receipt": receipt}

    api = Api(services, lambda header: by, commands())
    api.open(*OfficeDoor(api, lambda header: by, commands()).paths())
    headers = {"content-type": XLSX, "idempotency-key": "k"}
    return api.answer(Request("POST", "/api/v1/offices", headers, query, body), "c"), asked


def test_a_day_that_stands_as_a_day_is_that_day() -> None:
    assert roster.rows(book(LINE, header=HEADERS), roster.offices()) == [ROW]


def test_the_rows_go_to_allocation_as_one_command() -> None:
    reply, (asked,) = sent(book(LINE, header=HEADERS), area="210726", occurred_on="2018-07-01", accept="good")
    assert reply.status == 200
    assert (asked["command"], asked["occurred_on"]) == ("ImportOffices", "2018-07-01")
    assert asked["data"] == {"area": "210726", "accept": "good", "first_row": 2, "rows": [ROW]}


def test_what_the_head_lacks_is_told_before_the_file_is_read() -> None:
    lacking: tuple[dict[str, Any], ...] = ({"occurred_on": "2018-07-01"}, {"area": "210726"})
    for query in lacking:
        reply, asked = sent(b"no workbook", **query)
        assert (reply.status, asked) == (400, [])
    village = Actor("p-v", "村党组织", "村", "village", ("210726102201",))
    reply, asked = sent(b"", village, area="210726102201", occurred_on="2018-07-01")
    assert (reply.status, asked) == (403, [])
