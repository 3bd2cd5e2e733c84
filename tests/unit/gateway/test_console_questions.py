"""The questions of the services as pages, and the card of a cadre: what a page shows is what the services gave, and
it asks as who looks."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gateway.api import Api
from gateway.console.after import Arrival
from gateway.console.chapters import CHAPTERS
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.console.questions import Questions
from gateway.console.rooms import ROOMS
from gateway.exchange import Reply, Request
from kernel.messages import Actor
from kernel.refusals import FIELD_MISSING
from tests.kit.gateway.asked_console import COUNTY, Behind, text


@pytest.fixture
def behind() -> Behind:
    return Behind()


def get(behind: Behind, address: str, actor: Actor = COUNTY, **query: str) -> Reply:
    api = Api(behind, lambda header: actor, {})
    pages = Pages(lambda header: actor, "21", behind.described)
    api.open(*Questions(api, pages, Lookup(behind, pages.areas), Arrival(lambda service: {})).paths())
    return api.answer(Request("GET", address, {"authorization": "Bearer t"}, query), "k")


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
    several = get(behind, "/ask/attendance/shortfalls", month="2018-06", area="朝阳")  # a city, and a county inside it
    assert (several.status, behind.asked) == (400, [])
    assert "可以接受：2113、211321" in text(several)
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
        if "county_org" in query["roles"] and name not in ("daily", "due", "photo", "cadres_named")
    }
    assert listed == may


def test_a_question_about_a_plan_is_of_the_latest_until_another_is_chosen(behind: Behind) -> None:
    page = str(get(behind, "/ask/allocation/plan_rows").body)
    assert behind.asked[-1]["params"] == {"plan": "LN2018.province.all.1"}
    assert '<option value="LN2018.province.all.1" selected>' in page


def test_a_page_of_a_chapters_own_is_shown_to_whom_it_is_for(behind: Behind) -> None:
    province = Actor("p", "q", "o", "province_org", ("21",))
    assert 'href="/find"' in get(behind, "/roster").body
    assert 'href="/find"' not in get(behind, "/roster", Actor("p", "q", "o", "auditor", ("21",))).body
    assert 'href="/upload"' not in get(behind, "/papers").body
    assert 'href="/upload"' in get(behind, "/papers", province).body
