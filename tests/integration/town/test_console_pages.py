"""Pages of the console on a running system: what they show is what the API answers, of the own area and no other; a
roster goes in by the browser, with its bad rows told by the numbers of the sheet."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import uuid4

import requests

from cli.office import Office, token
from gateway import roster
from gateway.console import session
from kernel.auth import Issuer
from programmes.areas import registered
from tests.kit.town import PROGRAMME, Town
from tests.kit.waiting import BOUND, eventually

FORM = roster.form(PROGRAMME)


def signed_in(town: Town, office: Office) -> dict[str, str]:
    """The cookies of a session."""
    return {session.COOKIE: token(Issuer(town.system.keys), office)}


def get(
    town: Town, office: Office, address: str, cookies: dict[str, str] | None = None, **query: str
) -> requests.Response:
    """A page, for whoever is signed in as ``office``."""
    cookies = cookies or signed_in(town, office)
    return requests.get(
        town.system.gateway_url + address, params=query, cookies=cookies, timeout=BOUND, allow_redirects=False
    )


def table(page: requests.Response) -> list[dict[str, str]]:
    """The rows of the table on the page, by the names of its columns."""
    names = re.findall(r'data-column="([^"]+)"', page.text)
    rows = re.findall(r"<tr>((?:<td.*?</td>)+)</tr>", page.text)
    cells = [[unescape(re.sub("<[^>]+>", "", one)) for one in re.findall("<td[^>]*>(.*?)</td>", row)] for row in rows]
    return [dict(zip(names, row, strict=True)) for row in cells]


def place(code: str) -> str:
    areas = registered("21")
    return " ".join(areas.get(code[:digits]).name for digits in (4, 6, 9, 12) if len(code) >= digits)


def test_a_page_shows_what_the_api_answers_and_a_foreign_county_sees_nothing_of_it(town: Town) -> None:
    asked = {"programme": PROGRAMME, "limit": "1"}
    everywhere = town.send("GET", "/api/v1/allocation/gaps", params=asked, headers=town.bearer(town.world.province()))
    target = everywhere.json()["items"][0]["target"]
    for office in (town.world.province(), town.world.county(target[:6])):
        said = town.send(
            "GET",
            "/api/v1/allocation/gaps",
            params={"programme": PROGRAMME, "limit": "200"},
            headers=town.bearer(office),
        ).json()["items"]
        page = get(town, office, "/ask/allocation/gaps", programme=PROGRAMME)
        assert page.status_code == 200
        shown = table(page)
        assert [row["target"] for row in shown] == [place(row["target"]) for row in said]
        assert place(target) in {row["target"] for row in shown}
    foreign = next(code for code in ("210727", "210726", "211302") if code != target[:6])
    page = get(town, town.world.county(foreign), "/ask/allocation/gaps", programme=PROGRAMME)
    assert page.status_code == 200
    assert place(target) not in page.text
    assert all(row["target"].startswith(place(foreign)) for row in table(page))


def test_every_chapter_answers_every_role_with_a_page_of_words(town: Town) -> None:
    for office in (town.world.province(), town.world.city("2107"), town.world.county("210727")):
        first = get(town, office, "/due")
        assert first.status_code == 200
        for address in re.findall(r'<li><a href="(/[a-z]*)"', first.text):
            page = get(town, office, address)
            assert page.status_code == 200, (address, page.text)
            heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page.text)
            assert [one for one in heads if re.fullmatch("[a-z_]+", one)] == [], address


def upload(town: Town, office: Office, rows: list[dict[str, Any]], accept: str) -> requests.Response:
    """The workbook of ``rows``, sent by the form."""
    cookies = signed_in(town, office)
    page = get(town, office, "/upload", cookies)
    hidden = dict(re.findall(r'type="hidden" name="(_[a-z]+)" value="([^"]*)"', page.text))
    proofs = {"_proof": re.findall(r'name="_proof" value="([^"]*)"', page.text)[-1], "_key": hidden["_key"]}
    typed = {**proofs, "programme": PROGRAMME, "occurred_on": "2018-04-18", "accept": accept}
    return requests.post(
        f"{town.system.gateway_url}/upload",
        data=typed,
        files={"file": ("名册.xlsx", roster.filled(FORM, rows), "application/octet-stream")},
        cookies=cookies,
        timeout=BOUND,
        allow_redirects=False,
    )


def test_a_roster_with_two_bad_rows_is_refused_whole_with_their_numbers_or_taken_but_for_them(town: Town) -> None:
    office = town.world.province()
    rows = [town.row(copies=4), town.row(), town.row(copies=4)]
    before = town.heads()
    refused = upload(town, office, rows, "all")
    assert refused.status_code == 422
    assert re.findall(r'<th scope="row">第 (\d+) 行　[^<]*份数', refused.text) == ["2", "4"]
    assert town.heads() == before
    taken = upload(town, office, rows, "good")
    assert taken.status_code == 200, taken.text
    assert "表格 1 份" in taken.text
    assert re.findall(r'<th scope="row">第 (\d+) 行', taken.text) == ["2", "4"]


def test_a_preview_is_a_job_that_enters_nothing(town: Town) -> None:
    office = town.world.province()
    before = town.heads()
    asked = upload(town, office, [town.row(copies=4), town.row()], "preview")
    assert asked.status_code == 303, asked.text
    pages: list[str] = []

    def ended() -> bool:
        pages.append(get(town, office, asked.headers["Location"]).text)
        return "已办结" in pages[-1]

    eventually(ended)
    assert re.findall(r'<th scope="row">第 (\d+) 行', pages[-1]) == ["2"]
    after = town.heads()
    assert {name: after[name] for name in ("allocation", "attendance", "evaluation")} == {
        name: before[name] for name in ("allocation", "attendance", "evaluation")
    }


def test_a_form_of_another_session_or_without_a_file_is_refused(town: Town) -> None:
    office = town.world.province()
    cookies = signed_in(town, office)
    typed = {"_proof": "0" * 64, "_key": str(uuid4()), "programme": PROGRAMME, "occurred_on": "2018-04-18"}
    sent = requests.post(
        f"{town.system.gateway_url}/upload", data=typed, files={"file": b""}, cookies=cookies, timeout=BOUND
    )
    assert sent.status_code == 403
