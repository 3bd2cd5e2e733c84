"""The released contract with cities holds: the golden schemas are promises, and a change that breaks one fails here."""

from __future__ import annotations

import copy
import json
import types
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import CliRunner
from cloudevents.core.bindings import rabbitmq
from jsonschema import Draft7Validator

from gateway.feeds import asyncapi, contract, contract_cli, door, process, published
from gateway.feeds.compatible import broken
from gateway.feeds.item import cloud_event
from kernel.messages import Event
from tests.kit.golden import GOLDEN, files, read, received

RELEASED = {path.name.removesuffix(".json"): read(path) for path in files("feeds")}
WRITTEN = Path(__file__).parents[2] / "docs" / "contract"
EVENT = "personnel.SwapLegNominated.v1"
LISTED = "allocation.LedgerFedBack.v1"
NULLABLE = "allocation.NoticeIssued.v1"

Schema = dict[str, Any]
Change = Callable[[dict[str, Schema]], None]


def data(schemas: dict[str, Schema], kind: str = EVENT) -> Schema:
    found: Schema = schemas[kind]["properties"]["data"]
    return found


def test_what_the_code_publishes_keeps_every_released_promise() -> None:
    assert broken(RELEASED, published.schemas()) == []


def test_every_public_event_is_released() -> None:
    missing = set(published.schemas()) - set(RELEASED)
    assert not missing, f"copy docs/contract/schemas/<type>.json to {GOLDEN / 'feeds'}: {sorted(missing)}"


def removed_event(schemas: dict[str, Schema]) -> None:
    del schemas[EVENT]


def removed_field(schemas: dict[str, Schema]) -> None:
    del data(schemas)["properties"]["leg"]


def removed_envelope_field(schemas: dict[str, Schema]) -> None:
    del schemas[EVENT]["properties"]["sequence"]


def renamed_field(schemas: dict[str, Schema]) -> None:
    properties = data(schemas)["properties"]
    properties["seat_number"] = properties.pop("seat")


def retyped_field(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["seat"] = {"type": "string"}


def untyped_field(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["seat"] = {}


def nullable_field(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["seat"] = {"type": ["integer", "null"]}


def optional_field(schemas: dict[str, Schema]) -> None:
    data(schemas)["required"].remove("seat")


def narrowed_values(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["level"]["enum"].remove("county")


def listed_values(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["leg"]["enum"] = ["a"]


def unlisted_values(schemas: dict[str, Schema]) -> None:
    del data(schemas)["properties"]["level"]["enum"]


def other_format(schemas: dict[str, Schema]) -> None:
    del data(schemas, NULLABLE)["properties"]["issued_on"]["format"]


def other_pattern(schemas: dict[str, Schema]) -> None:
    schemas[EVENT]["properties"]["sequence"]["pattern"] = "^[0-9]+$"


def removed_inside_a_list(schemas: dict[str, Schema]) -> None:
    del data(schemas, LISTED)["properties"]["rows"]["items"]["properties"]["person"]


def retyped_items(schemas: dict[str, Schema]) -> None:
    data(schemas, NULLABLE)["properties"]["issuers"]["items"] = {"type": "integer"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (removed_event, f"{EVENT}: the event is gone"),
        (removed_field, f"{EVENT}.data.leg: the field is gone"),
        (removed_envelope_field, f"{EVENT}.sequence: the field is gone"),
        (renamed_field, f"{EVENT}.data.seat: the field is gone"),
        (retyped_field, f"{EVENT}.data.seat: was integer, would be string"),
        (untyped_field, f"{EVENT}.data.seat: was integer, would be anything"),
        (nullable_field, f"{EVENT}.data.seat: was integer, would be integer, null"),
        (optional_field, f"{EVENT}.data.seat: was always there, might be missing"),
        (narrowed_values, f"{EVENT}.data.level: would never be county any more"),
        (listed_values, f"{EVENT}.data.leg: any value was possible, would be one of a"),
        (unlisted_values, f"{EVENT}.data.level: was one of city, county, township, would be any value"),
        (other_format, f"{NULLABLE}.data.issued_on: format was date, would be None"),
        (other_pattern, f"{EVENT}.sequence: pattern was ^[0-9]{{12}}$, would be ^[0-9]+$"),
        (removed_inside_a_list, f"{LISTED}.data.rows[].person: the field is gone"),
        (retyped_items, f"{NULLABLE}.data.issuers[]: was string, would be integer"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_change_that_breaks_a_subscriber_is_refused_by_name(change: Change, said: str) -> None:
    changed = copy.deepcopy(RELEASED)
    change(changed)
    assert broken(RELEASED, changed) == [said]


def added_field(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["remark"] = {"type": ["string", "null"]}


def added_required_field(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["remark"] = {"type": "string"}
    data(schemas)["required"].append("remark")


def added_event(schemas: dict[str, Schema]) -> None:
    schemas["personnel.SomethingNew.v1"] = copy.deepcopy(schemas[EVENT])


def added_value(schemas: dict[str, Schema]) -> None:
    data(schemas)["properties"]["level"]["enum"].append("village")


def never_null(schemas: dict[str, Schema]) -> None:
    data(schemas, NULLABLE)["properties"]["issued_on"]["type"] = "string"


def other_words(schemas: dict[str, Schema]) -> None:
    schemas[EVENT]["title"] = "Another sentence."


@pytest.mark.parametrize(
    "change", [added_field, added_required_field, added_event, added_value, never_null, other_words]
)
def test_what_only_adds_is_permitted(change: Change) -> None:
    changed = copy.deepcopy(RELEASED)
    change(changed)
    assert changed != RELEASED
    assert broken(RELEASED, changed) == []


def test_a_field_taken_from_the_allow_list_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = tuple(name for name in contract.PUBLIC["personnel.SwapLegNominated"] if name != "leg")
    monkeypatch.setattr(contract, "PUBLIC", {**contract.PUBLIC, "personnel.SwapLegNominated": fields})
    assert broken(RELEASED, published.schemas()) == [f"{EVENT}.data.leg: the field is gone"]


def test_a_changed_event_class_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = published.events()["personnel.SwapLegNominated"]
    hints = typing.get_type_hints(real, include_extras=True)
    changed = {**hints, "level": Literal["city", "township"], "seat": str}
    made = types.new_class(
        real.__name__, (Event,), {"title": "互派人选"}, lambda body: body.update(__annotations__=changed)
    )
    events = {**published.events(), "personnel.SwapLegNominated": made}
    monkeypatch.setattr(published, "events", lambda: events)
    assert broken(RELEASED, published.schemas()) == [
        f"{EVENT}.data.level: would never be county any more",
        f"{EVENT}.data.seat: was integer, would be string",
    ]


@pytest.mark.parametrize("kind", RELEASED)
def test_a_released_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(RELEASED[kind])
    assert RELEASED[kind]["properties"]["type"]["const"] == kind


LINES = {f"{path.parent.name}.{path.name.split('.')[0]}" for path in GOLDEN.glob("*/*.v1.json")}
PUBLIC_LINES = [name for name in published.events() if name in LINES]


@pytest.mark.parametrize("name", PUBLIC_LINES)
def test_what_leaves_fits_its_schema_and_a_damaged_one_does_not(name: str) -> None:
    schema = RELEASED[published.type_of(name)]
    item = json.loads(cloud_event(received(name), "2107", 1, "21"))
    Draft7Validator(schema).validate(item)
    for field in schema["properties"]["data"].get("required", []):
        damaged = copy.deepcopy(item)
        del damaged["data"][field]
        assert not Draft7Validator(schema).is_valid(damaged)
    assert not Draft7Validator(schema).is_valid({**item, "type": "personnel.Unheard.v1"})


@pytest.mark.parametrize("name", PUBLIC_LINES)
def test_the_sdk_of_cloudevents_reads_what_is_sent_as_what_the_contract_says_it_is(name: str) -> None:
    body = cloud_event(received(name), "2107", 1, "21")
    sent = process.outlet(("2107",)).outgoing((1, "2107", 1, f"2107.{name}.v1", body.decode()))
    document = asyncapi.document()
    described = document["components"]["messages"][published.type_of(name)].get("contentType")
    assert sent.media == described == document["defaultContentType"] == "application/cloudevents+json"
    read = rabbitmq.from_rabbitmq_event(rabbitmq.RabbitMQMessage(sent.headers, sent.media, sent.body))
    item = json.loads(body)
    assert (read.get_id(), read.get_source(), read.get_type()) == (item["id"], item["source"], item["type"])
    assert (read.get_extension("sequence"), read.get_data()) == ("000000000001", item["data"])


def test_the_answers_over_http_are_described_as_what_they_are_sent_as() -> None:
    document = asyncapi.document()
    forms = [message["$ref"].rsplit("/", 1)[-1] for message in document["channels"]["feed"]["messages"].values()]
    told = {name: document["components"]["messages"][name]["contentType"] for name in forms}
    assert told == {"page": door.PAGE_TYPE, "batch": door.BATCH_TYPE}


def test_most_public_events_have_a_line_to_be_checked_with() -> None:
    assert len(PUBLIC_LINES) * 4 >= len(RELEASED) * 3


def test_the_document_describes_both_ways_and_refers_to_nothing_that_is_not_there() -> None:
    document = asyncapi.document()
    assert document["asyncapi"] == "3.0.0"
    assert {channel["address"] for channel in document["channels"].values()} == {"city.{city}", "/feeds/{city}"}
    assert set(document["components"]["schemas"]) == set(published.schemas())
    references = list(_references(document))
    assert len(references) > 3 * len(RELEASED)
    for reference in references:
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def _references(value: Any) -> Any:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from [inner] if name == "$ref" else _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_the_files_are_what_the_code_says_and_the_check_says_so(tmp_path: Path) -> None:
    check = ["--out", str(tmp_path), "--check"]
    assert CliRunner().invoke(contract_cli.command, ["--out", str(WRITTEN), "--check"]).exit_code == 0
    assert CliRunner().invoke(contract_cli.command, check).exit_code == 1
    CliRunner().invoke(contract_cli.command, ["--out", str(tmp_path)], catch_exceptions=False)
    assert CliRunner().invoke(contract_cli.command, check).exit_code == 0
    changed = tmp_path / "schemas" / f"{EVENT}.json"
    changed.write_text(changed.read_text().replace("integer", "string"))
    (tmp_path / "stray.json").write_text("{}")
    done = CliRunner().invoke(contract_cli.command, check)
    assert done.exit_code == 1
    assert f"schemas/{EVENT}.json" in done.output
    assert "stray.json" in done.output
