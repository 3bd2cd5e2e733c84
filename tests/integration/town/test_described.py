"""The document of a running system is true: every query it lists answers, to those it names and to nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

from cli.office import Office
from gateway.routes import commands
from programmes.roles import all_called
from services import SERVICES
from tests.kit.standing import placed
from tests.kit.town import PROGRAMME, Town
from tests.kit.waiting import BOUND, eventually

BY_RULE = {
    "/api/v1/attendance/sample_redrawn": (404, "sample_unknown"),
    "/api/v1/personnel/personal_data": (422, "erasure_not_requested"),
    "/api/v1/personnel/photo": (404, "photo_not_shown"),
    "/api/v1/personnel/reserve_sheet": (404, "sheet_not_shown"),
    "/api/v1/allocation/swap_pairing": (422, "rule_unknown"),
    "/api/v1/allocation/swap_composition": (422, "rule_unknown"),
    "/api/v1/allocation/support_lacking": (422, "rule_unknown"),
}
"""Queries that a rule refuses here: nobody asked that a person's data be handed over, no photo was attached, nobody
is a reserve, and the programme has no swap."""
ROLES = ("province_org", "city_org", "county_org", "township", "village", "channel", "unit", "enterprise", "auditor")


@pytest.fixture(scope="module")
def document(town: Town) -> dict[str, Any]:
    """The document, once every service was heard: one that is busy is asked again after a while."""
    found: dict[str, Any] = {}

    def whole() -> bool:
        answer = requests.get(f"{town.system.gateway_url}/api/openapi.json", timeout=BOUND)
        assert answer.status_code == 200
        found.update(answer.json())
        return "/api/v1/{service}/{query}" not in found["paths"]

    eventually(whole)
    return found


@pytest.fixture(scope="module")
def queries(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Path → operation of every query."""
    pattern = re.compile(rf"/api/v1/({'|'.join(SERVICES)})/\w+")
    return {path: operations["get"] for path, operations in document["paths"].items() if pattern.fullmatch(path)}


def office(role: str) -> Office:
    by = placed(role)
    return Office("p-asker", by.post, by.organ, role, by.areas, by.units)


def test_it_is_valid_and_leaves_no_query_open(document: dict[str, Any], queries: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert "/api/v1/{service}/{query}" not in document["paths"]
    assert {path.split("/")[3] for path in queries} == set(SERVICES)
    assert "/api/v1/allocation/placement_plan" in queries


def test_every_command_has_a_chinese_title_and_its_roles(document: dict[str, Any]) -> None:
    for name in commands():
        post = document["paths"][f"/api/v1/commands/{name}"]["post"]
        assert any("\u4e00" <= character <= "\u9fff" for character in post["summary"]), name
        assert post["x-roles"], name


def test_every_query_answers_whom_it_names_with_the_parameters_it_lists(
    town: Town, queries: dict[str, dict[str, Any]]
) -> None:
    nominated, *_ = town.world.gateway.read(office("province_org"), "personnel/nominations")["items"]
    given = {
        "programme": PROGRAMME,
        "month": "2018-06",
        "plan": f"{PROGRAMME}.province.all.1",
        "posting": "LN2018.210727101208.1",
        "nomination": nominated["nomination"],
        "person": nominated["person"],
        "batch": "2",
        "as_of": "2018-06-01",
        "day": "2018-06-01",
        "code": "210727",
        "city": "2107",
        "village": "210727101208",
        "number": "1",
        "name": "某",
        "kind": "village",
        "level": "county",
        "year": "2018",
        "quarter": "2018-Q2",
        "sample": "LN2018.210727.2018-06.1",
        "ballot": "LN2018.210727101208.1.2018.评议",
    }
    for path, query in queries.items():
        own = [p for p in query["parameters"] if p["in"] == "query" and p["name"] not in ("cursor", "limit")]
        needs = {p["name"]: given[p["name"]] for p in own if p["required"]}
        role = "province_org" if "province_org" in query["x-roles"] else query["x-roles"][0]
        answer = town.send("GET", path, params=needs, headers=town.bearer(office(role)))
        if path in BY_RULE:
            assert (answer.status_code, answer.json()["code"]) == BY_RULE[path], answer.text
            continue
        assert answer.status_code == 200, (path, role, answer.text)
        assert {"items", "next", "service", "position"} <= answer.json().keys(), path
        every = {p["name"]: given.get(p["name"], "") for p in own}
        if path.endswith("/due"):
            every["kind"] = ""  # a service knows its own kinds alone
        assert town.send("GET", path, params=every, headers=town.bearer(office(role))).status_code == 200, path
        for name in needs:
            less = {n: v for n, v in needs.items() if n != name}
            refused = town.send("GET", path, params=less, headers=town.bearer(office(role)))
            assert (refused.status_code, refused.json()["code"]) == (400, "field_missing"), path
            assert refused.json()["field"] == name


def test_whom_a_query_does_not_name_is_refused(town: Town, queries: dict[str, dict[str, Any]]) -> None:
    for path, query in queries.items():
        for role in sorted(set(ROLES) - set(query["x-roles"]))[:1]:
            answer = town.send("GET", path, headers=town.bearer(office(role)))
            assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed"), path
            assert answer.json()["accepted"] == all_called(query["x-roles"]), path
            assert {error["accepted"] for error in answer.json()["errors"]} == set(query["x-roles"]), path
