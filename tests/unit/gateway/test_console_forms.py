"""The forms of the acts: every command has one, made of its contract; and what the page of what is due shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from gateway.api import Api
from gateway.console import after, session
from gateway.console.acts import Acts
from gateway.console.after import Arrival
from gateway.console.door import ConsoleDoor
from gateway.console.due_page import DuePage
from gateway.console.entered import data_of, settled
from gateway.console.fields import fields_of
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.due_door import DueDoor
from gateway.exchange import Reply, Request
from gateway.routes import commands
from kernel.errors import Unauthenticated
from kernel.messages import Actor

PROVINCE = Actor("p", "q", "o", "province_org", ("21",))
CITY = Actor("c", "q", "o", "city_org", ("2107",))
TOKENS = {"Bearer p": PROVINCE, "Bearer p2": PROVINCE, "Bearer c": CITY}
NAMES = sorted(commands())
UNUSED: Any = None


class Behind:
    """The services: they take every command, or refuse it, and remember it; and how far each is."""

    def __init__(self) -> None:
        self.taken: list[Mapping[str, Any]] = []
        self.problem: dict[str, Any] | None = None
        self.due: dict[str, Any] = {"items": [], "next": None, "position": 1}
        self.taken_in = {"allocation": 9}
        self.looks = 0

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if method == "query":
            return self.due if service == "personnel" else {"items": [], "next": None, "position": 1}
        self.taken.append(request)
        if self.problem:
            return {"problem": self.problem}
        return {"receipt": {"service": service, "position": 7, "events": {}, "streams": {}, "repeated": False}}

    def head(self, service: str) -> Mapping[str, Any]:
        self.looks += 1
        if self.looks > 2:
            self.taken_in["allocation"] = 12
        return {"position": 12, "taken_in": self.taken_in}


class Browser:
    """Somebody with a browser, signed in with a token."""

    def __init__(self, behind: Behind, token: str = "p") -> None:  # noqa: S107  # of no system
        self.token = token
        self.more: dict[str, str] = {}

        def verify(header: str | None) -> Actor:
            if header not in TOKENS:
                raise Unauthenticated("没有令牌。")
            return TOKENS[header]

        self.api = Api(behind, verify, commands(), lambda kind, request: None)
        pages, arrival = Pages(verify, "21"), Arrival(behind.head, sleep=lambda seconds: None)
        self.api.open(*ConsoleDoor(UNUSED, pages).paths(), *Acts(self.api, pages, arrival).paths())
        self.api.open(
            *DuePage(DueDoor(behind, verify), pages, commands(), arrival, Lookup(behind, pages.areas)).paths()
        )

    def headers(self, cookie: str = "") -> dict[str, str]:
        return {"cookie": f"{session.COOKIE}={self.token}; {cookie}", **self.more}

    def get(self, path: str, cookie: str = "", **query: str) -> Reply:
        return self.api.answer(Request("GET", path, self.headers(cookie), query), "k")

    def post(self, path: str, **typed: str) -> Reply:
        headers = {**self.headers(), "content-type": session.MEDIA}
        return self.api.answer(Request("POST", path, headers, {}, urlencode(typed).encode()), "k")

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of a form."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', str(self.get(path).body)))


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_shown_with_a_label_for_each_field(name: str, behind: Behind) -> None:
    browser = Browser(behind)
    entry = commands()[name].command.entry
    assert entry is not None
    TOKENS["Bearer any"] = Actor("a", "q", "o", sorted(entry.roles)[0], ("21",))
    browser.token = "any"
    page = browser.get(f"/acts/{name}")
    assert page.status == 200
    for shown in re.findall(r'<(?:input|select|textarea) id="([^"]+)"', str(page.body)):
        assert f'<label for="{shown}">' in page.body
    assert f'id="f-{fields_of(commands()[name].command)[0].name}"' in page.body
    assert behind.taken == []


NOTICE = {
    "occurred_on": "2018-04-16",
    "issued_on": "2018-04-16",
    "issuers": "省委组织部\r\n\r\n省财政厅",
    "annexes.0.no": "1",
    "annexes.0.title": "名额",
    "annexes.3.no": "",
    "annexes.3.title": "",
    "annexes.5.no": "x",
    "annexes.5.title": "表",
}


def test_what_was_typed_becomes_data_without_empty_groups_and_lines() -> None:
    fields = fields_of(commands()["PublishNotice"].command)
    kept = settled(fields, {key: value.replace("\r\n", "\n") for key, value in NOTICE.items()})
    data = data_of(fields, kept)
    assert data["issuers"] == ["省委组织部", "省财政厅"]
    assert [one["no"] for one in data["annexes"]] == [1, "x"]
    assert data["issued_on"] == "2018-04-16"
    assert "title" not in data


def test_what_is_no_text_is_read_as_what_it_is_and_the_rest_left_for_the_contract_to_refuse() -> None:
    kinds = fields_of(commands()["RecordVillageKinds"].command)
    row = {"villages.0.weak_party": "true", "villages.0.registered_poor": "false", "villages.1.weak_party": "maybe"}
    first, second = data_of(kinds, settled(kinds, row))["villages"]
    assert (first["weak_party"], first["registered_poor"], second["weak_party"]) == (True, False, "maybe")
    scores = fields_of(commands()["RecordAssessment"].command)
    assert data_of(scores, {"scores": "德：12\n能=x"})["scores"] == {"德": 12, "能": "x"}
    assert data_of(scores, {"scores": "德：12\n德：13"})["scores"] == "德：12\n德：13"
    assert data_of(scores, {"scores": "德"})["scores"] == "德"
    rows = fields_of(commands()["ImportOffices"].command)
    assert data_of(rows, {"rows": "organ\tsince\n2107\t2018-05-02"})["rows"] == [
        {"organ": "2107", "since": "2018-05-02"}
    ]
    for lost in ("organ\tsince\n2107\t2018-05-02\tmore", "organ\torgan\n2107\t2108"):
        assert data_of(rows, {"rows": lost})["rows"] == lost
    assert data_of(rows, {"rows": "organ\tsince\n2107\t"})["rows"] == [{"organ": "2107", "since": ""}]
    held = fields_of(commands()["HoldSymposium"].command)
    assert data_of(held, {"present": str(2**63 - 1)})["present"] == 2**63 - 1
    assert data_of(held, {"present": str(2**64)})["present"] == str(2**64)


def test_groups_are_numbered_anew_within_groups_too() -> None:
    areas = fields_of(commands()["RegisterAreas"].command)
    typed = {"units.3.divisions.7.code": "2107", "units.3.divisions.2.code": "21", "units.9.name": ""}
    assert settled(areas, typed) == {"units.0.divisions.0.code": "21", "units.0.divisions.1.code": "2107"}


def test_a_form_is_sent_once_under_the_key_that_stands_in_it_and_carries_its_position(behind: Behind) -> None:
    browser = Browser(behind)
    hidden = browser.hidden("/acts/PublishNotice")
    for _ in range(2):
        reply = browser.post("/acts/PublishNotice", **NOTICE, **hidden, _do="send")
        assert (reply.status, "第 7 位" in reply.body) == (200, True)
    assert {request["id"] for request in behind.taken} == {hidden["_key"]}
    assert reply.headers["Set-Cookie"].startswith(f"{after.COOKIE}=allocation=7; Path=/; HttpOnly; SameSite=Strict")


def test_a_refused_form_keeps_what_was_typed_and_says_all_that_is_wrong_at_its_fields(behind: Behind) -> None:
    browser = Browser(behind)
    detail = {"field": "annexes.1.no", "code": "field_type", "sentence": "应为整数。", "accepted": "整数"}
    more = {"field": "issuers.1", "code": "field_value", "sentence": "格式不符。", "accepted": "x"}
    plain = {"kind": "bad_input", "sentence": "有误", "accepted": None}
    behind.problem = {**plain, "code": "field_type", "field": "annexes.1.no", "details": [detail, more]}
    hidden = browser.hidden("/acts/PublishNotice")
    reply = browser.post("/acts/PublishNotice", **NOTICE, **hidden, _do="send")
    page = str(reply.body)
    assert reply.status == 400
    assert '<a href="#f-annexes.1.no">附件第 2 组，序号：应为整数。</a>' in page
    assert re.search(r'id="f-annexes\.1\.no" name="annexes\.1\.no" value="x"[^>]* aria-invalid="true"', page)
    assert "第 2 项：格式不符。" in page
    assert "省委组织部\n省财政厅</textarea>" in page
    assert f'name="_key" value="{hidden["_key"]}"' in page


def test_a_wrong_date_of_the_fact_hides_no_other_fault(behind: Behind) -> None:
    browser = Browser(behind)
    typed = {**NOTICE, "occurred_on": "2018-02-30", **browser.hidden("/acts/PublishNotice")}
    page = str(browser.post("/acts/PublishNotice", **typed, _do="send").body)
    assert 'href="#f-occurred_on"' in page
    assert 'href="#f-annexes.1.no"' in page
    assert behind.taken == []
    assert 'name="occurred_on" value="2018-02-30" autocomplete' in page  # no picker, which would show nothing


def test_groups_are_added_and_dropped_without_a_script_and_nothing_is_sent(behind: Behind) -> None:
    browser = Browser(behind)
    hidden = browser.hidden("/acts/PublishNotice")
    page = str(browser.post("/acts/PublishNotice", **NOTICE, **hidden, _do="add:annexes").body)
    assert 'name="annexes.6.no"' in page
    assert 'name="annexes.5.no" value="x"' in page
    page = str(browser.post("/acts/PublishNotice", **NOTICE, **hidden, _do="drop:annexes.5").body)
    assert 'name="annexes.5.no"' not in page
    assert 'name="annexes.0.no"' in page
    assert behind.taken == []


def test_a_form_of_another_session_or_site_is_refused_and_nothing_is_sent(behind: Behind) -> None:
    browser, other = Browser(behind), Browser(behind, "p2")
    hidden = browser.hidden("/acts/PublishNotice")
    assert other.post("/acts/PublishNotice", **NOTICE, **hidden, _do="send").status == 403
    assert browser.post("/acts/PublishNotice", **NOTICE, _key="k", _do="send").status == 403
    browser.more = {"sec-fetch-site": "cross-site"}
    assert browser.post("/acts/PublishNotice", **NOTICE, **hidden, _do="send").status == 403
    assert behind.taken == []
    browser.more = {"sec-fetch-site": "same-origin"}
    assert browser.post("/acts/PublishNotice", **NOTICE, **hidden, _do="send").status == 200
    # The API itself knows no cookie.
    asked = Request("POST", "/api/v1/commands/PublishNotice", browser.headers(), {}, b"{}")
    assert browser.api.answer(asked, "k").status == 401


def test_who_comes_without_a_session_is_led_to_where_one_signs_in(behind: Behind) -> None:
    browser = Browser(behind, "")
    assert browser.get("/acts").headers["Location"] == "/sign-in?next=%2Facts"
    assert browser.get("/").headers["Location"] == "/sign-in"


def test_the_list_holds_what_the_role_may_give_and_a_form_of_others_is_refused(behind: Behind) -> None:
    page = str(Browser(behind, "c").get("/acts").body)
    mine = set(re.findall(r'href="/acts/(\w+)"', page))
    assert mine == {n for n, r in commands().items() if r.command.entry and "city_org" in r.command.entry.roles}
    assert "市委组织部　锦州市" in page
    assert Browser(behind, "c").get("/acts/PassDay").status == 403
    assert Browser(behind, "c").get("/acts/Nothing").status == 404


def test_the_page_of_what_is_due_leads_to_the_act_pages_on_and_says_what_is_wrong(behind: Behind) -> None:
    browser = Browser(behind)
    assert "没有未办的事项" in browser.get("/due").body
    row: dict[str, Any] = dict.fromkeys(
        ("subject", "period", "unit", "person", "post", "done", "ranked_on", "met_on", "delay"), ""
    )
    row |= {
        "kind": "notice_acknowledged",
        "title": "签收通知",
        "area": "210726",
        "roles": ["province_org"],
        "notice": "甲",
    }
    row |= {
        "programme": "LN2018",
        "subject": "N1",
        "due_on": "2018-05-01",
        "overdue": 3,
        "clause": "三",
        "assumed": False,
    }
    row["part"] = ""
    behind.due = {"items": [row], "next": orjson.dumps(["~"] * 7).decode(), "position": 1}
    page = str(browser.get("/due", scope="area").body)
    commanded = commands()["AcknowledgeNotice"].command.entry
    assert commanded
    assert ("/acts/AcknowledgeNotice?" in page) == ("province_org" in commanded.roles)
    assert "逾期 3 天" in page
    assert "锦州市 黑山县" in page
    assert "依据 甲 三" in page
    assert 'href="/due?scope=area&amp;cursor=' in page
    behind.due = {"problem": {"kind": "busy", "code": "x", "sentence": "系统暂忙。"}}
    away = browser.get("/due")
    assert (away.status, "系统暂忙" in away.body, "再试一次" in away.body) == (503, True, True)


def test_the_next_page_waits_for_what_was_just_done(behind: Behind) -> None:
    browser = Browser(behind)
    assert "尚在传送" not in browser.get("/due", f"{after.COOKIE}=allocation=12").body
    looks = behind.looks
    assert "尚在传送" not in browser.get("/due", f"{after.COOKIE}=allocation=999999999999999999").body
    assert behind.looks <= looks + 5, "a position that no log has was waited for"
    assert behind.looks > 2
