"""The card of a cadre and the search by name: what stands on them is what the services gave to who looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from gateway.api import Api
from gateway.console import session
from gateway.console.after import Arrival
from gateway.console.cadre_page import CadrePage
from gateway.console.filters import Lookup
from gateway.console.find_page import FindPage
from gateway.console.pages import Pages
from gateway.exchange import Reply, Request
from gateway.form_door import FormDoor
from kernel.messages import Actor
from tests.kit.gateway.asked_console import COUNTY, Behind, text


@pytest.fixture
def behind() -> Behind:
    return Behind()


HELD = {
    "posting": "LN2018.210726102207.1",
    "programme": "LN2018",
    "person": "cb43130c-2e5c-5996-9a4d-000842ba6da8",
    "target": "210726102207",
    "unit": "U01",
    "placed_on": "2018-04-28",
    "on_post_since": "2018-05-02",
}
TOLD: dict[str, list[dict[str, Any]]] = {
    "postings": [HELD, {**HELD, "posting": "LN2018.210726102207.2"}],
    "nominations": [
        {"nomination": "n-1", "nominated_on": "2018-04-20"},
        {"nomination": "n-2", "nominated_on": "2018-05-20"},
    ],
    "form": [{"fields": {"name": "甲某", "family": []}, "mobile": "1"}],
    "leaves": [{"posting": HELD["posting"], "leave": "L1", "asked_on": "2018-06-04", "clause": "第三条", "days": 2}],
    "sheets": [{"posting": HELD["posting"], "month": "2018-06", "sealed_on": "2018-07-03"}],
}


class Records(Behind):
    """The services with what they hold of one posting."""

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if request["query"] in ("units", "profiles"):
            return super().__call__(service, method, request)
        self.asked.append(dict(request))
        return {"items": TOLD.get(request["query"], []), "next": None, "position": 9}


def card(behind: Behind, address: str, actor: Actor = COUNTY, **query: str) -> Reply:
    api = Api(behind, lambda header: actor, {})
    pages = Pages(lambda header: actor, "21", behind.described)
    forms = FormDoor(api, lambda header: actor)
    page = CadrePage(api, pages, Lookup(behind, pages.areas), forms, Arrival(lambda service: {}))
    api.open(*page.paths())
    return api.answer(Request("GET", address, {"authorization": "Bearer t"}, query), "k")


def test_a_card_tells_all_that_is_recorded_in_the_order_of_its_days_with_the_form_it_came_of() -> None:
    behind = Records()
    page = text(card(behind, f"/cadres/{HELD['posting']}"))
    line = page[page.index("经过") : page.index("各项记录")]
    assert re.findall(r"\d{4}-\d\d-\d\d (\S+：\S+)", line) == [
        "推荐人选：推荐日期",
        "任职：确定派驻日期",
        "任职：在岗起始",
        "推荐人选：推荐日期",
        "请假：申请日期",
        "月考勤登记表：盖章日期",
    ]
    assert "依据 第三条" in line
    assert "人员卡片 甲某" in page
    (form,) = (one for one in behind.asked if one["query"] == "form")
    assert form["params"] == {"nomination": "n-1"}  # the posting was placed before the second one
    assert {one["actor"]["role"] for one in behind.asked} == {"county_org"}


def test_a_card_as_of_a_day_ends_with_it_and_asks_as_of_it() -> None:
    behind = Records()
    page = text(card(behind, f"/cadres/{HELD['posting']}", as_of="2018-05-02"))
    assert "请假：申请日期" not in page
    assert "任职：在岗起始" in page
    (form,) = (one for one in behind.asked if one["query"] == "form")
    assert form["params"]["as_of"] == "2018-05-02"
    assert card(behind, f"/cadres/{HELD['posting']}", as_of="2018-02-30").status == 400


def test_who_may_not_ask_for_a_form_has_none_on_the_card_and_what_is_not_shown_has_no_card() -> None:
    behind = Records()
    township = Actor("p", "q", "o", "township", ("210726102",))
    page = text(card(behind, f"/cadres/{HELD['posting']}", township))
    assert "甲某" not in page
    assert "form" not in {one["query"] for one in behind.asked}
    hidden = card(Behind(), "/cadres/LN2018.210726102207.3")
    assert (hidden.status, "不在本岗位可以查看的范围内" in text(hidden)) == (404, True)


def found(behind: Behind, typed: Mapping[str, str]) -> Reply:
    api = Api(behind, lambda header: COUNTY, {})
    pages = Pages(lambda header: COUNTY, "21", behind.described)
    api.open(*FindPage(api, pages, Lookup(behind, pages.areas)).paths())
    headers = {"authorization": "Bearer t"}
    form = str(api.answer(Request("GET", "/find", headers, {}), "k").body)
    proof = re.findall(r'name="_proof" value="([^"]*)"', form)[-1]
    headers["content-type"] = session.MEDIA
    body = urlencode({"_proof": proof, **typed}).encode()
    return api.answer(Request("POST", "/find", headers, {}, body), "k")


def test_a_cadre_is_found_by_name_with_the_way_to_the_card_and_the_name_stands_in_no_address(behind: Behind) -> None:
    behind.rows = [{"name": "甲某", **HELD}]
    reply = found(behind, {"name": "甲", "county": "黑山县"})
    assert reply.status == 200, reply.body
    assert behind.asked[-1]["params"] == {"name": "甲", "county": "210726"}
    assert f'<a href="/cadres/{HELD["posting"]}">甲某</a>' in reply.body
    assert "锦州市 黑山县 白厂门镇 三台西村民委员会" in text(reply)
    assert not re.search('(?:href|action)="[^"]*(?:甲|%E7%94%B2)', str(reply.body))
    behind.rows = []
    assert "所辖范围内没有这样姓名的在岗干部" in text(found(behind, {"name": "乙"}))
    asked = len(behind.asked)
    assert found(behind, {"name": ""}).status == 400
    assert len(behind.asked) == asked
