"""The OpenAPI document: valid, stable, and true to the contracts commands are loaded with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.openapi import document
from gateway.routes import Route, commands
from kernel.messages import Area, Command, Key, Text


@dataclass(frozen=True, kw_only=True)
class Seat:
    area: Area
    day: date


@dataclass(frozen=True, kw_only=True)
class OpenThings(Command):
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
    assert (post["summary"], post["description"]) == ("Open things.", "All of them or none.")
    assert {p["name"] for p in post["parameters"] if p.get("required")} == {"Idempotency-Key"}
    assert {"200", "400", "401", "403", "404", "409", "413", "415", "422", "503"} == set(post["responses"])
    body = post["requestBody"]["content"]["application/json"]["schema"]
    assert body["additionalProperties"] is False
    contract = paths["components"]["schemas"][body["properties"]["data"]["$ref"].rsplit("/", 1)[-1]]
    assert sorted(contract["properties"]) == ["kind", "note", "seats", "thing", "title", "weights"]
    assert sorted(contract["required"]) == ["thing", "title"]
    assert contract["properties"]["kind"]["enum"] == ["a", "b"]


def test_the_real_commands_make_a_valid_document() -> None:
    found = json.loads(json.dumps(document(commands())))
    OpenAPIV31SpecValidator(found).validate()
    assert {f"/api/v1/commands/{name}" for name in commands()} <= set(found["paths"])
