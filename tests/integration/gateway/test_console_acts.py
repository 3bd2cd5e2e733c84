"""Forms of the console given to a real service on its log: taken once, or refused at the field with nothing stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from gateway.api import Api
from gateway.console import session
from gateway.console.acts import Acts
from gateway.console.after import Arrival
from gateway.console.pages import Pages
from gateway.exchange import Reply, Request
from gateway.routes import commands
from kernel.messages import Actor
from services.allocation.wiring import SERVICE as ALLOCATION
from tests.kit.desk import Desk, organ

PROVINCE = organ("province_org", "21")
CITY = organ("city_org", "2107")
NOTICE = {
    "occurred_on": "2018-04-16",
    "number": "辽组发〔2018〕1号",
    "title": "关于选派干部的通知",
    "issuers": "省委组织部\n省财政厅",
    "issued_on": "2018-04-16",
    "scope": "21",
    "annexes.0.no": "1",
    "annexes.0.title": "名额分配表",
    "annexes.0.text": "（略）",
}
UNIT = {"occurred_on": "2018-04-17", "unit": "U01", "name": "某厅", "level": "city", "channel": "2107"}
HOLIDAYS = {
    "occurred_on": "2017-12-01",
    "scope": "21",
    "year": "2018",
    "notice": "国办发明电〔2017〕12号",
    "holidays": "2018-01-01",
}


class Counter:
    """An official at the browser, before one service."""

    def __init__(self, desk: Desk) -> None:
        self.by: Actor = PROVINCE

        def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
            return desk.opened.door.execute(request)

        self.desk = desk
        self.api = Api(services, lambda header: self.by, commands())
        self.api.open(*Acts(self.api, Pages(lambda header: self.by, "21"), Arrival(lambda service: {})).paths())

    def form(self, name: str) -> dict[str, str]:
        """What a form holds when it is opened: its hidden fields."""
        page = self._answer("GET", name, b"")
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', str(page.body)))

    def give(self, name: str, typed: Mapping[str, str], opened: Mapping[str, str]) -> Reply:
        return self._answer("POST", name, urlencode({**opened, **typed, "_do": "send"}).encode())

    def _answer(self, method: str, name: str, body: bytes) -> Reply:
        headers = {"cookie": f"{session.COOKIE}=t", "content-type": session.MEDIA}
        return self.api.answer(Request(method, f"/acts/{name}", headers, {}, body), "k")


@pytest.fixture(scope="module")
def counter(open_desk: Callable[..., Desk]) -> Counter:
    return Counter(open_desk(ALLOCATION))


GIVEN = [
    ("PublishNotice", NOTICE, {"annexes.0.no": "一", "issued_on": "2018-02-30"}, ("annexes.0.no", "issued_on")),
    ("RegisterUnit", UNIT, {"level": "county seat", "name": ""}, ("level", "name")),
    ("RegisterCalendarNotice", HOLIDAYS, {"year": "x", "holidays": "2018-01-01\n元旦"}, ("year", "holidays")),
]


@pytest.mark.parametrize(("name", "good", "change", "at"), GIVEN, ids=[one[0] for one in GIVEN])
def test_a_form_is_refused_at_its_fields_with_nothing_stored_and_once_put_right_is_taken_once(
    counter: Counter, name: str, good: dict[str, str], change: dict[str, str], at: tuple[str, ...]
) -> None:
    counter.by = CITY if name == "RegisterUnit" else PROVINCE
    opened = counter.form(name)
    before = counter.desk.log.head()
    refused = counter.give(name, {**good, **change}, opened)
    assert refused.status == 400
    for path in at:
        assert f'<a href="#f-{path}">' in refused.body
    for typed in filter(None, change.values()):
        assert typed in refused.body
    assert counter.desk.log.head() == before
    taken = counter.give(name, good, opened)
    assert (taken.status, "：已办理</h1>" in taken.body) == (200, True), taken.body
    stands = counter.desk.log.head()
    assert stands != before
    again = counter.give(name, good, opened)
    assert (again.status, "未重复记录" in again.body) == (200, True)
    assert counter.desk.log.head() == stands


def test_a_refusal_by_a_rule_is_said_on_top_and_the_form_stands_as_it_was(counter: Counter) -> None:
    counter.by = organ("city_org", "2113")
    opened = counter.form("RegisterUnit")
    before = counter.desk.log.head()
    known = counter.give("RegisterUnit", {**UNIT, "name": "另一厅"}, opened)
    assert known.status == 403
    assert "未予办理，未作记录" in known.body
    assert 'value="另一厅"' in known.body
    assert counter.desk.log.head() == before
