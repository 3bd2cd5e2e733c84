"""The OpenAPI document: valid, stable, and true to the contracts commands are loaded with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.openapi import document
from gateway.routes import Route, commands
from kernel.messages import OWN, Area, Command, Key, Text
from programmes.field_words import WORDS
from services import SERVICES


@dataclass(frozen=True, kw_only=True)
class Seat:
    area: Area
    day: date


class OpenThings(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    """Open things.

    All of them or none.
    """

    thing: Key
    title: Text
    kind: Literal["a", "b"] = "a"
    seats: tuple[Seat, ...] = ()
    weights: dict[str, int] = field(default_factory=dict)
    note: str | None = None


def made() -> dict[str, object]:
    return document({"OpenThings": Route("allocation", OpenThings)})


def test_the_document_is_valid_openapi_3_1_and_plain_json() -> None:
    OpenAPIV31SpecValidator(json.loads(json.dumps(made()))).validate()


def test_the_same_contracts_give_the_same_bytes() -> None:
    assert json.dumps(made()) == json.dumps(made())


def test_a_command_has_its_path_its_words_and_its_fields() -> None:
    paths = json.loads(json.dumps(made()))
    post = paths["paths"]["/api/v1/commands/OpenThings"]["post"]
    assert (post["summary"], post["description"]) == ("OpenThings", "Open things.\n\nAll of them or none.")
    assert {p["name"] for p in post["parameters"] if p.get("required")} == {"Idempotency-Key"}
    assert {"200", "400", "401", "403", "404", "409", "413", "415", "422", "429", "503"} == set(post["responses"])
    body = post["requestBody"]["content"]["application/json"]["schema"]
    assert body["additionalProperties"] is False
    contract = paths["components"]["schemas"][body["properties"]["data"]["$ref"].rsplit("/", 1)[-1]]
    assert sorted(contract["properties"]) == ["kind", "note", "seats", "thing", "title", "weights"]
    assert sorted(contract["required"]) == ["thing", "title"]
    assert contract["properties"]["kind"]["enum"] == ["a", "b"]


SAID = {
    "allocation": {
        "commands": {"OpenThings": {"title": "开设", "roles": ["province_org"]}},
        "queries": {
            "things": {
                "title": "各项",
                "roles": ["auditor", "province_org"],
                "params": {"thing": "编号", "day": "日期"},
                "needs": ["thing"],
            }
        },
    }
}


def test_what_services_say_of_themselves_stands_in_the_document() -> None:
    found = json.loads(json.dumps(document({"OpenThings": Route("allocation", OpenThings)}, SAID)))
    OpenAPIV31SpecValidator(found).validate()
    post = found["paths"]["/api/v1/commands/OpenThings"]["post"]
    assert (post["summary"], post["x-roles"]) == ("开设", ["province_org"])
    get = found["paths"]["/api/v1/allocation/things"]["get"]
    assert (get["summary"], get["x-roles"]) == ("各项", ["auditor", "province_org"])
    own = [(p["name"], p["description"], p["required"]) for p in get["parameters"] if p["name"] in ("thing", "day")]
    assert own == [("thing", "编号", True), ("day", "日期", False)]
    others = found["paths"]["/api/v1/{service}/{query}"]["get"]["parameters"][0]["schema"]["enum"]
    assert others == ["personnel", "attendance", "evaluation"]


def test_where_all_are_heard_nothing_is_left_open() -> None:
    everybody: dict[str, Any] = {service: {"commands": {}, "queries": {}} for service in SERVICES}
    assert "/api/v1/{service}/{query}" not in document({}, everybody)["paths"]


def test_the_real_commands_make_a_valid_document() -> None:
    found = json.loads(json.dumps(document(commands())))
    OpenAPIV31SpecValidator(found).validate()
    assert {f"/api/v1/commands/{name}" for name in commands()} <= set(found["paths"])


def test_every_field_of_every_command_says_what_it_holds() -> None:
    found = document(commands())
    silent = [
        f"{kind}.{name}"
        for kind, schema in found["components"]["schemas"].items()
        for name, field in schema.get("properties", {}).items()
        if not field.get("description", "").strip()
    ]
    assert silent == []
    target = found["components"]["schemas"]["WaiveRule"]["properties"]["target"]
    assert target["description"] == "派驻点的区划代码"
    assert all(word and not word.isascii() for word in WORDS.values())
