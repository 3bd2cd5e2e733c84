"""The questions of the services as pages, and the card of a cadre: what a page shows is what the services gave, and
it asks as who looks."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gateway.api import Api
from gateway.console.after import Arrival
from gateway.console.cadre_page import CadrePage
from gateway.console.chapters import CHAPTERS
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.console.questions import Questions
from gateway.console.rooms import ROOMS
from gateway.exchange import Reply, Request
from gateway.form_door import FormDoor
from kernel.messages import Actor
from kernel.refusals import FIELD_MISSING
from services import SERVICES

COUNTY = Actor("p", "q", "o", "county_org", ("210726",))
GAP = {
    "target": "210726102207",
    "programme": "LN2018",
    "unit": "U01",
    "kind": "village",
    "state": "vacated",
    "work_funds_fen": 123_456,
    "weak_party": True,
    "posting": "LN2018.210726102207.1",
    "tags": ["农业", "<b>"],
    "places": {"2107": 3, "total": 4},
    "vacated_on": "2018-07-01",
}


class Behind:
    """The services: they tell of their questions, and answer one."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.problem: dict[str, Any] | None = None
        self.next: str | None = "210726102207"
        self.rows: list[dict[str, Any]] = [GAP]

    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = {service: {"commands": {}, "queries": {}} for service in SERVICES}
        for service in SERVICES:
            for name, query in import_module(f"services.{service}.wiring").QUERIES.items():
                told = {"title": query.title, "roles": sorted(query.roles)}
                told |= {"params": dict(query.params), "needs": list(query.needs)}
                found[service]["queries"][name] = told
        return found

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if request["query"] == "units":
            return {"items": [{"unit": "U01", "name": "单位01"}, {"unit": "U02", "name": "单位02"}], "next": None}
        if request["query"] == "profiles":
            profile = {"programme": "LN2018", "base": "", "title": "选派干部", "published_on": "2018-04-16"}
            return {"items": [profile], "next": None}
        self.asked.append(dict(request))
        if self.problem:
            return {"problem": self.problem}
        return {"items": self.rows, "next": self.next, "position": 9}


@pytest.fixture
def behind() -> Behind:
    return Behind()


def get(behind: Behind, address: str, actor: Actor = COUNTY, **query: str) -> Reply:
    api = Api(behind, lambda header: actor, {})
    pages = Pages(lambda header: actor, "21", behind.described)
    api.open(*Questions(api, pages, Lookup(behind, pages.areas), Arrival(lambda service: {})).paths())
    return api.answer(Request("GET", address, {"authorization": "Bearer t"}, query), "k")


def text(reply: Reply) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", str(reply.body)).split()))


def test_a_page_shows_what_the_service_gave_in_words_and_asks_as_who_looks(behind: Behind) -> None:
    reply = get(behind, "/ask/allocation/gaps", programme="LN2018", city="锦州")
    assert reply.status == 200
    (asked,) = behind.asked
    assert asked["params"] == {"programme": "LN2018", "city": "2107"}
    assert (asked["actor"]["role"], asked["actor"]["areas"]) == ("county_org", ("210726",))
    assert asked["limit"] == 200
    page = text(reply)
    for part in (
        "锦州市 黑山县 白厂门镇 三台西村民委员会",
        "单位01",
        "空缺",
        "1,234.56",
        "是",
        "农业、<b>",
        "锦州市：3；合计：4",
        "2018-07-01",
        "下一页",
        "截至名额与分配日志第 9 条",
    ):
        assert part in page
    assert "<b>" not in str(reply.body)
    assert '<a href="/cadres/LN2018.210726102207.1">' in str(reply.body)
    assert (
        'href="/ask/allocation/gaps?programme=LN2018&amp;city=%E9%94%A6%E5%B7%9E&amp;cursor=210726102207"' in reply.body
    )


def test_the_workbook_holds_the_cells_of_the_page_of_all_pages(behind: Behind) -> None:
    behind.next = None
    page = str(get(behind, "/ask/allocation/gaps").body)
    shown = [unescape(re.sub("<[^>]+>", "", one)) for one in re.findall("<t[dh][^>]*>(.*?)</t[dh]>", page)]
    reply = get(behind, "/ask/allocation/gaps.xlsx")
    assert isinstance(reply.body, bytes)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(reply.body)).get_sheet_by_index(0)
    assert [str(one) for row in sheet.to_python() for one in row] == shown


def test_a_name_that_means_nothing_here_is_said_at_its_field_and_nothing_is_asked(behind: Behind) -> None:
    reply = get(behind, "/ask/allocation/gaps", city="无此市")
    assert (reply.status, behind.asked) == (400, [])
    assert 'value="无此市"' in reply.body
    assert "没有唯一叫“无此市”的区划" in text(reply)
    many = get(behind, "/ask/allocation/unit_quotas", unit="单位")
    assert (many.status, behind.asked) == (400, [])
    assert "可以接受：单位01、单位02" in text(many)
    get(behind, "/ask/allocation/unit_quotas", unit="单位02")
    assert behind.asked[-1]["params"] == {"unit": "U02"}


def test_what_must_be_given_is_asked_for_and_a_problem_is_told_with_the_way_to_try_again(behind: Behind) -> None:
    lacking = get(behind, "/ask/attendance/shortfalls")
    assert (lacking.status, behind.asked) == (200, [])
    assert "请先填写月份" in text(lacking)
    behind.problem = FIELD_MISSING(field="month", accepted="2018-06").problem()
    refused = get(behind, "/ask/attendance/shortfalls", month="2018-06")
    assert refused.status == 400
    assert 'href="/ask/attendance/shortfalls?month=2018-06"' in refused.body


def test_nothing_found_and_nothing_more_are_said(behind: Behind) -> None:
    behind.rows, behind.next = [], None
    assert "没有这样的记录。" in text(get(behind, "/ask/allocation/gaps"))
    assert "没有更多记录。" in text(get(behind, "/ask/allocation/gaps", cursor="x"))
    assert get(behind, "/ask/allocation/none").status == 404
    assert get(behind, "/ask/allocation/daily").status == 404


def test_a_page_takes_no_parameter_that_its_question_does_not_take(behind: Behind) -> None:
    reply = get(behind, "/ask/allocation/gaps", colour="red")
    assert (reply.status, behind.asked) == (400, [])


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)
def test_a_chapter_stands_on_questions_and_acts_there_are_and_shows_the_first_that_one_may_ask(chapter: Any) -> None:
    behind = Behind()
    said = behind.described()
    for service, name in chapter.questions:
        assert name in said[service]["queries"], name
    assert set(chapter.acts) <= set(ROOMS)
    reply = get(behind, f"/{chapter.key}")
    assert reply.status == 200, text(reply)
    assert f"<h1>{chapter.title}" in reply.body
    assert re.search(r'<a href="[^"]+" aria-current="page">' + chapter.title, str(reply.body))


def test_every_question_one_may_ask_is_listed_and_no_other(behind: Behind) -> None:
    listed = set(re.findall(r'href="/ask/([a-z]+/[a-z_]+)"', str(get(behind, "/ask").body)))
    may = {
        f"{service}/{name}"
        for service, said in behind.described().items()
        for name, query in said["queries"].items()
        if "county_org" in query["roles"] and name not in ("daily", "due", "photo")
    }
    assert listed == may


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
