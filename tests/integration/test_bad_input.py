"""Bad input at the door of a whole system: each refused with 4xx, field, code and clause, and no event anywhere."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import xlsxwriter

from deploy.demo import workbook
from deploy.demo.client import Gateway, Office, token
from deploy.demo.people import People, spoiled
from deploy.demo.stages import quotas, rules
from deploy.demo.world import SMALL, World
from deploy.local.system import System, running
from gateway import roster
from gateway.roster_door import XLSX
from kernel.auth import Issuer
from programmes import loader

PROGRAMME = "LN2018"
FORM = roster.form(PROGRAMME)
PRINTED = {path: rule["value"] for path, rule in loader.load(PROGRAMME).rules.items()}
_NUMBERS = itertools.count(1)


@dataclass
class Town:
    """A running system in which the quotas of 2018 are set and one person is nominated."""

    system: System
    world: World
    person: dict[str, Any] = field(default_factory=dict)

    def send(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Idempotency-Key": f"bad-{next(_NUMBERS)}", **more.pop("headers", {})}
        return requests.request(method, self.system.gateway_url + path, headers=headers, timeout=60, **more)

    def bearer(self, office: Office, ttl: int = 600) -> dict[str, str]:
        return {"Authorization": f"Bearer {token(Issuer(self.system.keys), office)}"}

    def command(self, name: str, data: Any, office: Office | None = None, **headers: str) -> requests.Response:
        body = {"occurred_on": "2018-04-18", "data": data}
        sent = {**self.bearer(office or self.world.province()), **headers}
        return self.send("POST", f"/api/v1/commands/{name}", json=body, headers=sent)

    def roster(self, body: bytes) -> requests.Response:
        params = {"programme": PROGRAMME, "occurred_on": "2018-04-18"}
        headers = {**self.bearer(self.world.province()), "Content-Type": XLSX}
        return self.send("POST", "/api/v1/rosters", params=params, data=body, headers=headers)

    def row(self, **changes: Any) -> dict[str, Any]:
        """A good row for the first unit, of a person nobody has seen."""
        place = next(p for p in self.world.places if p.kind == "village")
        row = workbook.row_of(self.world.people.next(), place.unit, "village", 500 + next(_NUMBERS))
        return {**row, **changes}

    def heads(self) -> dict[str, int]:
        """The position of every log, once nothing moves any more."""
        office = self.world.province()
        while True:
            found = self.world.gateway.read(office, "/api/v1/heads")["services"]
            now = {name: entry["position"] for name, entry in found.items()}
            if all(p >= now[source] for entry in found.values() for source, p in entry["taken_in"].items()):
                return now
            time.sleep(0.1)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The system, ready for the roster, with one nominee in it."""
    data: Path = tmp_path_factory.mktemp("bad") / "system"
    with running(data) as system:
        issuer = Issuer(system.keys)
        gateway = Gateway(system.gateway_url, lambda office: token(issuer, office))
        world = World(gateway, SMALL, lambda done: None, lambda more: None, People())
        try:
            rules.play(world, system, None)  # type: ignore[arg-type]  # the stage has no use for subscribers
            quotas.play(world, system, None)  # type: ignore[arg-type]
            made = Town(system, world)
            made.heads()
            made.person = made.row()
            unit = world.unit(next(p.unit for p in world.places if p.kind == "village"))
            accepted = made.command("NominateCadre", {"programme": PROGRAMME, "nominee": made.person}, unit)
            assert accepted.status_code == 200, accepted.text
            yield made
        finally:
            gateway.close()


def nominate(town: Town, row: dict[str, Any]) -> requests.Response:
    unit = next(u for u in town.world.units if u.id == row["unit"])
    return town.command("NominateCadre", {"programme": PROGRAMME, "nominee": row}, town.world.unit(unit))


def without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != key}


def sheet(header: list[str], row: list[Any], merged: str = "") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        made = book.add_worksheet()
        made.write_row(0, 0, header)
        made.write_row(1, 0, row)
        if merged:
            made.merge_range(merged, "合成")
    return file.getvalue()


HEADER = [column.header for column in FORM.columns]
TOO_MANY = [{"channel": c["channel"], "total": c["total"] + 1} for c in PRINTED["quota.channels"]]
NOTICE = {"title": "合成通知", "issuers": ["合成机关"], "scope": "21"}
TARGETS = {"programme": PROGRAMME, "tier": "province", "synthetic": "yes", "targets": []}
OTHER_CITY = {"programme": PROGRAMME, "city": "2113"}

CASES: dict[str, tuple[Callable[[Town], requests.Response], int, str, str]] = {
    "unknown field": (lambda t: t.command("PublishNotice", {**NOTICE, "colour": "红"}), 400, "field_unknown", "colour"),
    "wrong type": (lambda t: t.command("OpenTargets", TARGETS), 400, "field_type", "synthetic"),
    "missing field": (lambda t: t.command("PublishNotice", without(NOTICE, "title")), 400, "field_missing", "title"),
    "missing form field": (lambda t: nominate(t, without(t.row(), "birth_month")), 422, "field_missing", "birth_month"),
    "id number with a wrong checksum": (
        lambda t: nominate(t, (row := t.row()) | {"id_number": spoiled(row["id_number"])}),
        422,
        "id_number_invalid",
        "id_number",
    ),
    "too few copies": (lambda t: nominate(t, t.row(copies=4)), 422, "copies_incomplete", "copies"),
    "broken totals": (
        lambda t: t.command("SetChannelQuotas", {"programme": PROGRAMME, "quotas": TOO_MANY}),
        422,
        "totals_differ",
        "quotas",
    ),
    "foreign area": (
        lambda t: t.command("AcknowledgeLedger", OTHER_CITY, t.world.city("2107")),
        403,
        "foreign_area",
        "city",
    ),
    "foreign role": (
        lambda t: t.command("PublishNotice", NOTICE, t.world.village("210726102207")),
        403,
        "role_not_allowed",
        "role",
    ),
    "duplicate nominee": (
        lambda t: nominate(t, t.row(id_number=t.person["id_number"])),
        422,
        "person_registered_before",
        "id_number",
    ),
    "stale version": (
        lambda t: t.command(
            "FixTierSplit", {"programme": PROGRAMME, "tiers": PRINTED["quota.tiers"]}, **{"If-Match": "1"}
        ),
        409,
        "stale_version",
        "expected",
    ),
    "unknown command": (lambda t: t.command("MakeCoffee", {}), 404, "command_unknown", "command"),
    "no command id": (
        lambda t: t.command("PublishNotice", NOTICE, **{"Idempotency-Key": ""}),
        400,
        "idempotency_key_missing",
        "Idempotency-Key",
    ),
    "body of 2 MB": (lambda t: t.command("PublishNotice", {"title": "x" * (2 << 20)}), 413, "body_too_large", "body"),
    "no token": (
        lambda t: t.command("PublishNotice", NOTICE, Authorization=""),
        401,
        "token_missing",
        "Authorization",
    ),
    "invalid token": (
        lambda t: t.command("PublishNotice", NOTICE, Authorization="Bearer a.b.c"),
        401,
        "token_invalid",
        "Authorization",
    ),
    "expired token": (lambda t: expired(t), 401, "token_expired", "Authorization"),
    "roster with merged cells": (lambda t: t.roster(sheet(HEADER, ["合成"], "A2:B2")), 400, "roster_merged", "A2:B2"),
    "roster with a missing column": (
        lambda t: t.roster(sheet(HEADER[1:], ["合成"])),
        400,
        "roster_column_missing",
        "姓名",
    ),
    "roster that is none": (lambda t: t.roster(b"%PDF-1.4"), 400, "roster_not_xlsx", "body"),
    "roster with one bad row, all or none": (
        lambda t: t.roster(roster.filled(FORM, [t.row(), t.row(copies=4)])),
        422,
        "copies_incomplete",
        "rows[2].copies",
    ),
}


def expired(town: Town) -> requests.Response:
    office = town.world.province()
    claims = {"sub": office.person, "post": office.post, "organ": office.organ, "role": office.role, "areas": ["21"]}
    old = Issuer(town.system.keys, lambda: time.time() - 7200).issue(claims, 3600)
    return town.command("PublishNotice", NOTICE, Authorization=f"Bearer {old}")


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_with_field_code_and_clause_and_leaves_no_event(town: Town, case: str) -> None:
    send, status, code, at = CASES[case]
    before = town.heads()
    answer = send(town)
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    found = (answer.status_code, problem["code"], problem["field"])
    assert found == (status, code, at), problem
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["clause"], problem
    assert town.heads() == before


def test_a_command_sent_again_after_a_lost_reply_takes_effect_once(town: Town) -> None:
    row = town.row()
    unit = town.world.unit(next(u for u in town.world.units if u.id == row["unit"]))
    data = {"programme": PROGRAMME, "nominee": row}
    first = town.command("NominateCadre", data, unit, **{"Idempotency-Key": "once"}).json()
    after = town.heads()
    again = town.command("NominateCadre", data, unit, **{"Idempotency-Key": "once"}).json()
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert {**again, "repeated": False} == first
    assert town.heads() == after
    other = town.command("NominateCadre", {**data, "nominee": town.row()}, unit, **{"Idempotency-Key": "once"})
    assert (other.status_code, other.json()["code"]) == (422, "command_id_reused")
    assert town.heads() == after
