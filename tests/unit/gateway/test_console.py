"""The first page: what is on it, that no person is, and that it says who does not answer."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import orjson
import pytest

import services.personnel.schemas as personnel
from gateway.api import Api
from gateway.console import view
from gateway.console.assets import Assets
from gateway.console.door import ConsoleDoor
from gateway.console.pages import Pages
from gateway.console.reading import Reading
from gateway.console.tiles import tiles
from gateway.exchange import Reply, Request
from kernel.errors import Busy, Unauthenticated
from kernel.handler import actor_of
from kernel.messages import Actor
from programmes.areas import registered
from programmes.standing import standing
from services import SERVICES

PERSON = "cb43130c-2e5c-5996-9a4d-000842ba6da8"
PROFILE = {"programme": "LN2018", "version": 1, "base": "", "title": "方案 <甲>", "published_on": "2018-04-16"}
COVERAGE = {"programme": "LN2018", "tier": "province", "city": "2107", "targets": 4, "townships": 1, "villages": 3}
EVENT = {
    "position": 9,
    "type": "CadreOnPost",
    "areas": ["210726102207", "2101"],
    "occurred_on": "2018-05-02",
    "recorded_at": 1_530_000_000_000_000,
    "data": {"person": PERSON},
    "actor": {"person": PERSON, "post": "q", "organ": "o"},
    "stream": f"person/{PERSON}",
}


class Behind:
    """The four services and the feeds; those in ``away`` do not answer."""

    def __init__(self) -> None:
        self.away: set[str] = set()
        self.asked = 0
        self.rule = "9 of 13"
        self.waiting = 0, 61
        self.tables: dict[str, list[dict[str, Any]]] = {
            "profiles": [PROFILE, {**PROFILE, "programme": "JZ", "base": "LN2018"}],
            "coverage": [
                {**COVERAGE, "confirmed": 3, "on_post": 2},
                {**COVERAGE, "city": "2113", "targets": 8, "confirmed": 8, "on_post": 8, "villages": 7},
            ],
            "figures": [{"targets": 12, "on_post": 10, "gaps": 2, "recalls": 1, "pairs": 0}],
        }

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.asked += 1
        # A service refuses an actor whose role and place do not agree; the page asks for its viewer, or for nobody.
        assert "actor" not in request or FITS(actor_of(request["actor"])) == ""
        if service in self.away:
            raise Busy("没有答复")
        if method == "proofs":
            seconds = {"unsigned_for": self.waiting[0], "unwitnessed_for": self.waiting[1]}
            return {"signed": 9, "signed_at": 1, "witnessed": 4, "witnesses": {}, "rule": self.rule, **seconds}
        if method == "events_after":
            lines = [orjson.dumps(EVENT).decode()] if request["limit"] > 1 else []
            return {"lines": lines, "head": 9, "taken_in": {"allocation": 7} if service == "personnel" else {}}
        return {"items": self.tables[request["query"]], "next": None}

    def heads(self) -> dict[str, Any]:
        return {"taken_in": {"allocation": 9, "personnel": 8}, "cities": {"2107": 1234}}


@pytest.fixture
def behind() -> Behind:
    return Behind()


FITS = standing("21")
PROVINCE = Actor("p", "q", "o", "province_org", ("21",))


def asked(behind: Behind, actor: Actor = PROVINCE, at: str = "/", **query: str) -> Reply:
    def verify(header: str | None) -> Actor:
        if header is None:
            raise Unauthenticated("没有令牌。")
        return actor

    api = Api(behind, verify, {})
    api.open(*ConsoleDoor(Reading(behind, behind), Pages(verify, "21")).paths())
    headers = {} if query.pop("token", "t") == "" else {"authorization": "Bearer t"}
    return api.answer(Request("GET", at, headers, query), "k")


def shown(behind: Behind, actor: Actor = PROVINCE, at: str = "/") -> str:
    reply = asked(behind, actor, at, part="body")
    assert reply.status == 200
    assert "'unsafe-inline'" not in reply.headers["Content-Security-Policy"]
    return str(reply.body)


def text(html: str) -> str:
    return " ".join(re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_the_pages_show_coverage_events_heads_and_feeds(behind: Behind) -> None:
    page = text(shown(behind))
    for part in (
        "在岗 10 / 派驻点 12",
        "锦州市 50% 2/4",
        "朝阳市 100% 8/8",
        "9 到岗 2018-05-02 锦州市 黑山县、沈阳市",
        "空缺 2",
    ):
        assert part in page
    page = text(shown(behind, at="/system"))
    for part in ("人员 9 差 2", "尚有 19 条待编入", "锦州市 1,234"):
        assert part in page


def test_only_what_changed_travels_when_a_page_renews_itself(behind: Behind) -> None:
    first = shown(behind)
    parts = dict(re.findall(r'id="(p-[a-z-]+)" data-digest="([0-9a-f]+)"', first))
    assert set(parts) == {"p-figures", "p-coverage", *(f"p-log-{service}" for service in SERVICES)}
    again = asked(behind, part="body", have=".".join(parts.values()))
    assert (again.status, again.body) == (200, "")
    behind.tables["figures"][0]["recalls"] = 2
    changed = str(asked(behind, part="body", have=".".join(parts.values())).body)
    assert re.findall(r'id="(p-[a-z-]+)"', changed) == ["p-figures"]
    assert "召回 2" in text(changed)
    assert len(changed.encode()) <= 5 * 1024
    whole = asked(behind)
    assert set(parts) <= set(re.findall(r'id="([^"]+)"', str(whole.body)))
    assert len(str(whole.body).encode()) <= 60 * 1024


def test_a_programme_without_figures_is_published_all_the_same(behind: Behind) -> None:
    behind.tables["figures"] = [{"targets": 0, "on_post": 0, "gaps": 0, "recalls": 0, "pairs": 0}]
    assert "方案已发布，尚无数据。" in text(shown(behind))
    behind.tables["profiles"] = []
    assert "尚未发布方案。" in text(shown(behind))


def test_the_page_says_loudly_what_too_few_witnesses_have_seen(behind: Behind) -> None:
    behind.away.add("evaluation")
    page = text(shown(behind, at="/system"))
    assert "名额与分配 9 齐 4 差 5 13 方中 9 方" in page
    assert "考核 无答复" in page
    assert "名额与分配、人员、考勤的日志有检查点逾一分钟未经足够的见证方见证" in page
    assert "逾一分钟没有签名" not in page
    behind.waiting = 61, 9
    page = text(shown(behind, at="/system"))
    assert "名额与分配、人员、考勤的日志逾一分钟没有签名" in page
    assert "见证方见证" not in page
    alone = Behind()
    alone.rule = "none"
    assert "人员 9 齐 4 差 5 尚无见证方" in text(shown(alone, at="/system"))


def test_no_person_is_on_the_page_and_texts_are_escaped(behind: Behind) -> None:
    page = shown(behind)
    assert PERSON not in page
    assert "方案 &lt;甲&gt;" in page


def test_nothing_comes_from_elsewhere(behind: Behind) -> None:
    for page in (shown(behind), str(asked(behind).body), str(asked(behind, at="/system").body)):
        assert not re.findall(r"(?:src|href)\s*=\s*[\"'](?!/|#)", page)
        assert "http://" not in page


def test_the_frame_holds_no_fact_and_the_facts_need_a_token(behind: Behind) -> None:
    frame = asked(behind, token="")
    assert (frame.status, frame.headers["Location"]) == (303, "/sign-in")
    assert "黑山县" not in frame.body
    assert behind.asked == 0
    assert asked(behind, token="", part="body").status == 401
    assert asked(behind, Actor("p", "q", "o", "village", ("210726102207",)), part="body").status == 403


def test_a_city_sees_its_own_events_and_feed_only(behind: Behind) -> None:
    foreign, own = (Actor("p", "q", "o", "city_org", (city,)) for city in ("2113", "2107"))
    assert "锦州市 1,234" not in text(shown(behind, foreign, "/system"))
    assert "9 到岗" not in text(shown(behind, foreign))
    assert "锦州市 1,234" in text(shown(behind, own, "/system"))
    assert "9 到岗" in text(shown(behind, own))


def test_a_service_that_is_away_is_named_and_the_rest_is_shown(behind: Behind) -> None:
    behind.away = {"attendance"}
    page = text(shown(behind))
    assert "暂无答复：attendance" in page
    assert "在岗 10 / 派驻点 12" in page
    behind.away = {"allocation", "personnel", "attendance", "evaluation"}
    assert "尚未设立派驻点" in text(shown(behind))


def test_many_who_look_at_once_cost_one_reading(behind: Behind) -> None:
    now = [0.0]
    reading = Reading(behind, behind, lambda: now[0])
    first = reading.facts(PROVINCE)
    asked = behind.asked
    assert reading.facts(PROVINCE) is first
    now[0] = 2.1
    assert reading.facts(PROVINCE) is not first
    assert behind.asked == 2 * asked


def test_a_tile_stands_where_its_city_lies_and_is_as_dark_as_its_posts_are_held() -> None:
    found = tiles(Behind().tables["coverage"], registered("21"))
    assert [(t["code"], t["x"], t["y"], t["share"], t["step"]) for t in found["tiles"]] == [
        ("2107", 96, 96, 50, 2),
        ("2113", 0, 96, 100, 4),
    ]
    assert found["total"] == {"targets": 12, "on_post": 10, "confirmed": 11}
    every = [{**COVERAGE, "city": c.code, "confirmed": 1, "on_post": 1} for c in registered("21").children("21")]
    placed = {(t["x"], t["y"]) for t in tiles(every, registered("21"))["tiles"]}
    assert len(placed) == len(every) == 14
    elsewhere = [{**row, "city": f"14{n:02}"} for n, row in enumerate(every, 1)]
    assert len({(t["x"], t["y"]) for t in tiles(elsewhere, registered("14"))["tiles"]}) == 14


def test_the_frame_asks_for_style_and_script_of_this_host_alone_and_they_are_kept(behind: Behind) -> None:
    page = asked(behind)
    policy = page.headers["Content-Security-Policy"]
    assert "style-src 'self'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|<script>|\son[a-z]+=|\sstyle=", str(page.body))
    api = Api(behind, lambda header: PROVINCE, {})
    api.open(*Assets().paths())
    asks = re.findall(r'(?:href|src)="(/console/[^"]+)"', str(page.body))
    assert len(asks) == 2
    for address in asks:
        found = api.answer(Request("GET", address, {}, {}), "k")
        assert (found.status, found.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    before = re.sub("-[0-9a-f]{16}", "-" + "0" * 16, asks[0])
    assert api.answer(Request("GET", before, {}, {}), "k").headers["Cache-Control"] == "no-store"
    assert api.answer(Request("GET", "/console/none-0000000000000000.css", {}, {}), "k").status == 404


def test_events_are_called_by_the_titles_of_their_classes() -> None:
    assert view.titles("attendance")["ProfileNoted"] == "方案抄录"
    assert view.titles("allocation")["AreasRegistered"] == "区划登记"
    assert set(view.titles("personnel")) == {kind.__name__ for kind in personnel.EVENTS}


def test_the_page_of_plans_holds_no_fact_and_runs_only_its_own_script(behind: Behind) -> None:
    api = Api(behind, lambda header: PROVINCE, {})
    api.open(*ConsoleDoor(Reading(behind, behind), Pages(lambda header: PROVINCE, "21")).paths())
    reply = api.answer(Request("GET", "/plans", {}, {}), "k")
    assert (reply.status, behind.asked) == (200, 0)
    page = str(reply.body)
    assert "分配方案" in text(page)
    for kind, tag in (("script", "script-src"), ("style", "style-src")):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag} 'sha256-{digest}'" in reply.headers["Content-Security-Policy"]
    assert "innerHTML" not in page


def test_no_two_figures_have_one_name() -> None:
    labels = [label for _, label in view._TILES]
    assert len(set(labels)) == len(labels)
