"""The attacks of a hostile day: what each costs the bystander. Every one ends by itself.

Each attack runs in a process of its own beside the bystander; what it was answered is counted.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

from gateway.roster_door import XLSX
from tests.hostile import broker, crowd
from tests.hostile.bystander import Asked
from tests.hostile.crowd import Shot
from tests.hostile.ground import PROGRAMME, Ground

SECONDS: Final = 15.0
ON: Final = "2018-07-02"
ROSTER: Final = f"/api/v1/rosters?programme={PROGRAMME}&occurred_on={ON}"
EMPTY_CELLS: Final = 1_000_000


@dataclass(frozen=True)
class Attack:
    """``point`` of the list, what is done, and the function with its arguments that does it."""

    point: str
    title: str
    act: Callable[..., Counter[str]]
    given: tuple[Any, ...]


def bystander(ground: Ground) -> list[Asked]:
    """What the bystander does in turn: two questions of the province, and a command."""
    notice = {"title": "合成通知#", "issuers": ["合成机关"], "number": "合成字〔2018〕#号", "scope": "21"}
    return [
        Asked("GET", f"/api/v1/allocation/coverage?programme={PROGRAMME}&limit=50"),
        Asked("GET", "/api/v1/attendance/sheets?month=2018-06&limit=50"),
        Asked("POST", "/api/v1/commands/PublishNotice", {"occurred_on": ON, "data": notice}),
    ]


def attacks(ground: Ground, seconds: float = SECONDS, cells: int = EMPTY_CELLS) -> Iterator[Attack]:
    """Every attack of points 1 to 6 on ``ground``; its workbooks have so many empty cells."""
    url = ground.system.gateway_url
    nobody, cadre = ground.signed("unit"), ground.signed("cadre", person="p-cadre")
    blank: list[dict[str, Any]] = [{}] * 5_000
    rows = {"programme": PROGRAMME, "rows": blank}
    full = {"programme": PROGRAMME, "rows": blank, "accept": "good"}
    unit = ground.bearer(ground.world.unit(ground.world.units[0]))
    yield Attack(
        "1", "unit without a unit, 5,000 empty rows", crowd.flood,
        (url, [command("ImportNominees", rows, nobody)], 8, seconds),
    )  # fmt: skip
    yield Attack(
        "1", "unit with its right, 5,000 empty rows", crowd.flood,
        (url, [command("ImportNominees", full, unit)], 2, seconds, 20),
    )  # fmt: skip
    heaps = [
        command(name, {"programme": PROGRAMME, field: [{}] * 340_000}, cadre)
        for name, field in (("CheckNominees", "findings"), ("AssessSecondment", "findings"), ("RegisterAreas", "units"))
    ]
    yield Attack("2", "cadre, bodies of 1 MB", crowd.flood, (url, heaps, 8, seconds))
    book = workbook(cells)
    yield Attack("3", "140 clients with empty cells, no right", crowd.flood, (url, [sheet(book, cadre)], 140, seconds))
    yield Attack("3", "140 clients with empty cells, a right", crowd.flood, (url, [sheet(book, unit)], 140, seconds))
    yield Attack("3", "140 clients that leave", crowd.leave, (url, [sheet(book, unit)], 140, seconds))
    yield Attack("4", "2,000 idle connections", crowd.hold, (url, 2_000, seconds, b""))
    half = b"GET /api/v1/heads HTTP/1.1\r\nHost: localhost\r\nX-Half: "
    yield Attack("4", "1,000 half-sent headers", crowd.hold, (url, 1_000, 3 * seconds, half))
    yield Attack("4", "1,000 headers, a byte a second", crowd.hold, (url, 1_000, 3 * seconds, half, b"a"))
    county = ground.bearer(ground.world.county("210727"))
    asked = Shot("GET", "/api/v1/attendance/sheets?month=2018-06&limit=1000", bearing(county))
    yield Attack("5", "64 clients of one token, one query", crowd.flood, (url, [asked], 64, seconds))
    ledger = Shot("GET", f"/api/v1/personnel/ledger?programme={PROGRAMME}&limit=1000", bearing(county))
    yield Attack("5", "the ledger, read over and over", crowd.flood, (url, [ledger], 16, seconds))
    yield Attack("5", "no token", crowd.flood, (url, [Shot("GET", "/api/v1/allocation/coverage")], 16, seconds, 30_103))
    viewer = Shot("GET", "/?part=body", bearing(county))
    yield Attack("5", "12 viewers of the console", crowd.flood, (url, [viewer], 12, seconds))
    city = ground.system.city_amqp_url("2107")
    yield Attack("6", "a city gives back what it gets, for ever", broker.giving_back, (city, "2107", seconds))
    yield Attack("6", "400 connections of a city", broker.connections, (city, 400, seconds))
    yield Attack("6", "10,000 channels of a city", broker.channels, (city, 10_000, seconds))
    yield Attack("6", "5,000 consumers of a city", broker.consumers, (city, "2107", 5_000, seconds))


def bearing(token: str) -> Mapping[str, str]:
    """The header that says who comes."""
    return {"Authorization": f"Bearer {token}"}


def command(name: str, data: Mapping[str, Any], token: str) -> Shot:
    """A command; each sending of it has the same id."""
    body = json.dumps({"occurred_on": ON, "data": data}, separators=(",", ":")).encode()
    headers = {**bearing(token), "Content-Type": "application/json", "Idempotency-Key": f"hostile-{name}"}
    return Shot("POST", f"/api/v1/commands/{name}", headers, body)


def sheet(book: bytes, token: str) -> Shot:
    """A roster."""
    return Shot("POST", ROSTER, {**bearing(token), "Content-Type": XLSX, "Idempotency-Key": "hostile-roster"}, book)


def workbook(cells: int = EMPTY_CELLS) -> bytes:
    """A workbook of formatted empty cells: small as a file, large to read."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        made, form = book.add_worksheet(), book.add_format({"bold": True})
        for number in range(cells):
            made.write_blank(number // 100, number % 100, None, form)
    return file.getvalue()
