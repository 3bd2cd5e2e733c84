"""The month of a place in the console, before attendance on its log: seen, registered, compiled, signed, sealed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from gateway.api import Api
from gateway.console import session
from gateway.console.acts import Acts
from gateway.console.after import Arrival
from gateway.console.filters import Lookup
from gateway.console.month_page import MonthPage
from gateway.console.pages import Pages
from gateway.console.questions import Questions
from gateway.exchange import Reply, Request
from gateway.routes import commands
from kernel.messages import Actor
from kernel.service import Service
from kernel.testing import actor
from services.attendance.wiring import SERVICE
from tests.kit.desk import Desk

TARGET, OTHER = "210726102207", "211302101201"
POSTING = f"LN2018.{TARGET}.1"
VILLAGE = actor("village", areas=(TARGET,), person="p-village")
TOWNSHIP = actor("township", areas=(TARGET[:9],), person="p-township")
SECRETARY = actor("township", areas=(TARGET[:9],), person="p-secretary")
COUNTY = actor("county_org", areas=(TARGET[:6],), person="p-county")
FOREIGN = actor("county_org", areas=(OTHER[:6],), person="p-foreign")


class Counter:
    """An official at the browser, before attendance."""

    def __init__(self, desk: Desk) -> None:
        self.by: Actor = VILLAGE
        self.desk = desk

        def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
            if service != "attendance":
                return {"items": [], "next": None, "position": 0}
            return desk.opened.door.query(request) if method == "query" else desk.opened.door.execute(request)

        def verify(header: str | None) -> Actor:
            return self.by

        self.api = Api(services, verify, commands())
        pages, arrival = Pages(verify, "21"), Arrival(lambda service: {})
        acts, lookup = Acts(self.api, pages, arrival), Lookup(services, pages.areas)
        questions = Questions(self.api, pages, lookup, arrival)
        self.api.open(*MonthPage(self.api, pages, lookup, acts, questions, arrival).paths(), *acts.paths())

    def get(self, by: Actor, address: str, **query: str) -> Reply:
        self.by = by
        return self.api.answer(Request("GET", address, {"cookie": f"{session.COOKIE}=t"}, query), "k")

    def send(self, by: Actor, page: Reply, to: str, **typed: str) -> Reply:
        """The form on ``page``, filled in and sent."""
        self.by = by
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', str(page.body)))
        prefilled = dict(re.findall(r'<input id="f-[^"]+" name="([^"]+)" value="([^"]*)"', str(page.body)))
        body = urlencode({**prefilled, **hidden, **typed}).encode()
        headers = {"cookie": f"{session.COOKIE}=t", "content-type": session.MEDIA}
        return self.api.answer(Request("POST", to, headers, {}, body), "k")

    def row(self, by: Actor, month: str = "2018-06") -> list[str]:
        """The cells of the one row of the month's sheet; none where there is no row."""
        page = self.get(by, "/attendance", month=month)
        assert page.status == 200
        rows = re.findall(r'<tr><th scope="row">.*?</tr>', str(page.body))
        return [unescape(re.sub("<[^>]+>", "", one)) for one in re.findall("<td[^>]*>(.*?)</td>", "".join(rows))]

    def onward(self, by: Actor, on: str) -> Reply:
        """The act that the sheet leads to, given on ``on``."""
        body = str(self.get(by, "/attendance", month="2018-06").body)
        row = re.findall(r'<tr><th scope="row">.*?</tr>', body)[0]
        parts = urlsplit(unescape(re.findall(r'href="(/acts/[^"]+)"', row)[0]))
        form = self.get(by, parts.path, **dict(parse_qsl(parts.query)))
        return self.send(by, form, parts.path, occurred_on=on, _do="send")


@pytest.fixture(scope="module")
def counter(open_desk: Callable[[Service], Desk]) -> Counter:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    holder = {"organ": TARGET[:9], "post": "party_secretary", "since": "2016-01-01", "until": None}
    desk.hear("allocation", "OfficeHolderRecorded", "2018-04-17", person=SECRETARY.person, **holder)
    for target in (TARGET, OTHER):
        cadre: dict[str, Any] = {"posting": f"LN2018.{target}.1", "person": f"p-{target}", "target": target}
        cadre |= {
            "programme": "LN2018",
            "unit": "U01",
            "kind": "village",
            "role": "村党组织第一书记",
            "tier": "province",
        }
        desk.hear("personnel", "CadreOnPost", "2018-05-02", weak=True, **cadre)
    return Counter(desk)


def test_a_month_goes_from_its_first_day_to_the_seal_by_the_pages_alone(counter: Counter) -> None:
    assert counter.row(VILLAGE)[:2] == ["0", "未汇总 月考勤汇总"]
    page = counter.get(VILLAGE, f"/attendance/{POSTING}", month="2018-06")
    ticks = re.findall(r'name="(day\.2018-06-\d\d)"', str(page.body))
    assert len(ticks) == 30
    taken = counter.send(
        VILLAGE, page, f"/attendance/{POSTING}", occurred_on="2018-06-30", **dict.fromkeys(ticks[:21], "1")
    )
    assert (taken.status, "已办理" in taken.body) == (200, True), taken.body
    days = [row["day"] for row in counter.desk.query(VILLAGE, "days", posting=POSTING, month="2018-06")]
    assert days == [one.removeprefix("day.") for one in ticks[:21]]
    assert counter.row(COUNTY) == ["21", "未汇总", *["到"] * 21, *[""] * 9]
    for by, on, phase in (
        (VILLAGE, "2018-07-02", "已汇总"),
        (SECRETARY, "2018-07-03", "已签字"),
        (TOWNSHIP, "2018-07-04", "已盖章"),
    ):
        done = counter.onward(by, on)
        assert (done.status, "已办理" in done.body) == (200, True), done.body
        assert counter.row(COUNTY)[1] == phase
    before = counter.get(COUNTY, "/attendance", month="2018-06", as_of="2018-07-03")
    assert "已签字" in before.body
    assert "已盖章" not in before.body


def test_a_foreign_county_sees_neither_the_sheet_nor_the_cadre(counter: Counter) -> None:
    page = counter.get(FOREIGN, "/attendance", month="2018-06")
    assert POSTING not in page.body
    assert f"LN2018.{OTHER}.1" in page.body
    assert POSTING not in counter.get(FOREIGN, "/attendance", month="2018-06", area=TARGET[:6]).body
    assert counter.get(FOREIGN, f"/attendance/{POSTING}", month="2018-06").status == 404


def test_a_refused_day_comes_back_on_the_form_of_the_act_with_nothing_stored(counter: Counter) -> None:
    page = counter.get(VILLAGE, f"/attendance/{POSTING}", month="2018-05")
    before = counter.desk.log.head()
    typed = {"occurred_on": "2018-05-31", "day.2018-05-01": "1"}
    refused = counter.send(VILLAGE, page, f"/attendance/{POSTING}", **typed)
    assert refused.status == 422, refused.body
    assert "2018-05-01" in refused.body
    assert counter.desk.log.head() == before
    assert counter.get(VILLAGE, "/attendance", month="2018-13").status == 400
