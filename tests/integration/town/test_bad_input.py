"""Bad input at the door of a whole system: each refused with 4xx, field, code and clause, and no event anywhere."""

from __future__ import annotations

import base64
import hmac
import io
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
import xlsxwriter

from cli.office import token
from demo.people import spoiled
from gateway import roster
from kernel.auth import Issuer
from programmes import loader
from tests.kit.town import PROGRAMME, Town
from tests.kit.workbooks import rewritten

FORM = roster.form(PROGRAMME)
PRINTED = {path: rule["value"] for path, rule in loader.load(PROGRAMME).rules.items()}


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
SLIP = {"organ": "210727101", "post": "party_secretery", "person": "p-synthetic", "since": "2016-01-01"}
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
        lambda t: nominate(t, t.person),
        422,
        "person_registered_before",
        "id_number",
    ),
    "stale version": (
        lambda t: t.command(
            "FixTierSplit", {"programme": PROGRAMME, "tiers": PRINTED["quota.tiers"]}, headers={"If-Match": "1"}
        ),
        409,
        "stale_version",
        "expected",
    ),
    "a post nobody knows": (
        lambda t: t.command("RecordOfficeHolder", {"holders": [SLIP]}, t.world.county("210727")),
        422,
        "post_unknown",
        "holders.post",
    ),
    "a name given twice": (
        lambda t: t.send(
            "POST",
            "/api/v1/commands/PublishNotice",
            data=b'{"occurred_on": "2018-04-18", "data": {"title": "a", "title": "b"}}',
            headers={**t.bearer(t.world.province()), "Content-Type": "application/json"},
        ),
        400,
        "json_duplicate_key",
        "title",
    ),
    "unknown query": (
        lambda t: t.send("GET", "/api/v1/personnel/people", headers=t.bearer(t.world.province())),
        404,
        "query_unknown",
        "query",
    ),
    "unknown command": (lambda t: t.command("MakeCoffee", {}), 404, "command_unknown", "command"),
    "no command id": (
        lambda t: t.command("PublishNotice", NOTICE, headers={"Idempotency-Key": ""}),
        400,
        "idempotency_key_missing",
        "Idempotency-Key",
    ),
    "body of 2 MB": (lambda t: t.command("PublishNotice", {"title": "x" * (2 << 20)}), 413, "body_too_large", "body"),
    "no token": (
        lambda t: t.command("PublishNotice", NOTICE, headers={"Authorization": ""}),
        401,
        "token_missing",
        "Authorization",
    ),
    "invalid token": (
        lambda t: t.command("PublishNotice", NOTICE, headers={"Authorization": "Bearer a.b.c"}),
        401,
        "token_invalid",
        "Authorization",
    ),
    "expired token": (lambda t: expired(t), 401, "token_expired", "Authorization"),
    "token of another key": (lambda t: forged(t, "other"), 401, "token_invalid", "Authorization"),
    "token without a signature": (lambda t: forged(t, "none"), 401, "token_invalid", "Authorization"),
    "token signed with the public key": (lambda t: forged(t, "HS256"), 401, "token_invalid", "Authorization"),
    "body of 2 MB in chunks": (
        lambda t: t.send(
            "POST",
            "/api/v1/commands/PublishNotice",
            data=iter([b"x" * (1 << 18)] * 8),
            headers={**t.bearer(t.world.province()), "Content-Type": "application/json"},
        ),
        413,
        "body_too_large",
        "body",
    ),
    "lists in lists": (lambda t: t.command("PublishProfile", {"profile": nested(300)}), 400, "json_too_deep", "data"),
    "a character no text has": (
        lambda t: t.command("PublishNotice", {**NOTICE, "title": "a\0b"}),
        400,
        "field_value",
        "title",
    ),
    "the id of an event to come as command id": (
        lambda t: t.command("PublishNotice", NOTICE, headers={"Idempotency-Key": "personnel:999"}),
        400,
        "idempotency_key_invalid",
        "Idempotency-Key",
    ),
    "broken profile": (
        lambda t: t.command("PublishProfile", {"profile": {**version_2("21"), "sha256": "0" * 64}}),
        400,
        "digest_differs",
        "profile.sha256",
    ),
    "a city takes the province's rules over": (
        lambda t: t.command("PublishProfile", {"profile": version_2("2107")}, t.world.city("2107")),
        403,
        "foreign_area",
        "profile.scope",
    ),
    "workbook that would fill the memory": (
        lambda t: t.roster(rewritten(roster.filled(FORM), "<row r='1'><c r='XFD1048576'><v>1</v></c></row>")),
        400,
        "roster_too_large",
        "body",
    ),
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
        "rows[3].copies",
    ),
}


def expired(town: Town) -> requests.Response:
    office = town.world.province()
    claims = {"sub": office.person, "post": office.post, "organ": office.organ, "role": office.role, "areas": ["21"]}
    old = Issuer(town.system.keys, lambda: time.time() - 7200).issue(claims, 3600)
    return town.command("PublishNotice", NOTICE, headers={"Authorization": f"Bearer {old}"})


def forged(town: Town, how: str) -> requests.Response:
    """A command with a token nobody issued: of another key, without signature, or signed with what all may know."""
    office = town.world.province()
    if how == "other":
        made = token(Issuer(town.system.keys / "strange"), office)
    else:
        claims = token(Issuer(town.system.keys), office).split(".")[1]
        head = base64.urlsafe_b64encode(json.dumps({"alg": how}).encode()).rstrip(b"=").decode()
        public = (town.system.keys / "token-public.pem").read_bytes()
        digest = hmac.digest(public, f"{head}.{claims}".encode(), "sha256") if how == "HS256" else b""
        made = f"{head}.{claims}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
    return town.command("PublishNotice", NOTICE, headers={"Authorization": f"Bearer {made}"})


def nested(levels: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(levels):
        made = [made]
    return made


def version_2(scope: str) -> dict[str, Any]:
    """The next version of the programme, whole and with the digest that fits, for ``scope``."""
    profile = loader.load(PROGRAMME).published()
    digest = loader.digest(PROGRAMME, 2, None, scope, profile["rules"])
    return {**profile, "version": 2, "scope": scope, "sha256": digest}


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
    # A rule of a programme cites its clause; what concerns the door alone cites nothing, and no standard of technique.
    assert problem["clause"] or status != 422, problem
    assert "RFC" not in str(problem["clause"])
    assert problem["accepted"], problem
    assert town.heads() == before


def test_a_command_sent_again_after_a_lost_reply_takes_effect_once(town: Town) -> None:
    row = town.row()
    unit = town.world.unit(next(u for u in town.world.units if u.id == row["unit"]))
    data = {"programme": PROGRAMME, "nominee": row}
    first = town.command("NominateCadre", data, unit, headers={"Idempotency-Key": "once"}).json()
    after = town.heads()
    again = town.command("NominateCadre", data, unit, headers={"Idempotency-Key": "once"}).json()
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert {**again, "repeated": False} == first
    assert town.heads() == after
    other = town.command("NominateCadre", {**data, "nominee": town.row()}, unit, headers={"Idempotency-Key": "once"})
    assert (other.status_code, other.json()["code"]) == (422, "command_id_reused")
    assert town.heads() == after
