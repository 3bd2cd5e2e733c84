"""The OpenAPI 3.1 document: one path a command, made from the very contracts the services load commands with, and one
a query, as the services describe them.

Invariant: the document is a function of contracts and descriptions alone; the same of both give the same bytes.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, cast

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from gateway import openapi_files, openapi_jobs, openapi_parked, openapi_places, openapi_proofs, openapi_queries
from gateway.described import Description
from gateway.openapi_places import CORRELATION, json_body, problem_responses
from gateway.routes import Route
from kernel.messages import Command, Entry
from kernel.schema import schema_of
from programmes.field_words import WORDS
from services import SERVICES

_HEADERS: Final[list[dict[str, Any]]] = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "命令编号。以同一编号重发的命令只生效一次，并得到第一次的回执。",
        "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    },
    {
        "name": "Paizhu-After",
        "in": "header",
        "description": "须先到达的位置，如 allocation=123,personnel=7；未到达时答复 503 与 Retry-After，不作记录。",
        "schema": {"type": "string"},
    },
    {
        "name": "If-Match",
        "in": "header",
        "description": "所依据的对象版本；与现有版本不符时答复 409（stale_version）。",
        "schema": {"type": "string"},
    },
    CORRELATION,
]


def document(commands: Mapping[str, Route], described: Mapping[str, Description] | None = None) -> dict[str, Any]:
    """The document of the API with ``commands`` and what services say of themselves, as plain data fit for JSON."""
    said = described or {}
    spec = APISpec(
        title="派驻 Paizhu",
        version="1",
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": "选派干部的命令、查询与事件订阅接口。错误一律为 application/problem+json（RFC 9457）。"},
        security=[{"token": []}],
        tags=[{"name": service} for service in SERVICES],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for name, schema in {
        **openapi_places.SCHEMAS,
        **openapi_proofs.SCHEMAS,
        **openapi_parked.SCHEMAS,
        **openapi_jobs.SCHEMAS,
    }.items():
        spec.components.schema(name, schema)
    for name in sorted(commands):
        spec.path(path=f"/api/v1/commands/{name}", operations={"post": _operation(name, commands[name], said)})
    places = {**openapi_places.PATHS, **openapi_files.PATHS, **openapi_proofs.PATHS, **openapi_parked.PATHS}
    places |= openapi_queries.paths(SERVICES, said)
    for at, operations in openapi_jobs.PATHS.items():
        places[at] = {**places.get(at, {}), **operations}
    for path, operations in places.items():
        spec.path(path=path, operations=operations)
    found: dict[str, Any] = _plain(spec.to_dict())
    for kind, schema in found["components"]["schemas"].items():
        _describe(schema, commands[kind].command.entry if kind in commands else None)
    return found


def _describe(schema: dict[str, Any], entry: Entry | None) -> None:
    """Say of every field what it holds; where no word is known of it, of which command it is a part."""
    whole = f"“{entry.title}”的一项" if entry is not None else "其中一项"
    for name, field in schema.get("properties", {}).items():
        field.setdefault("description", WORDS.get(name, whole))


def _operation(name: str, route: Route, described: Mapping[str, Description]) -> dict[str, Any]:
    known = described.get(route.service, {}).get("commands", {}).get(name)
    text = _text(route.command)
    content = {
        "type": "object",
        "additionalProperties": False,
        "required": ["occurred_on", "data"],
        "properties": {
            "occurred_on": {"type": "string", "format": "date", "description": "事实发生的日期"},
            "data": schema_of(cast(type, route.command)),
        },
    }
    return {
        "operationId": name,
        "tags": [route.service],
        "summary": known["title"] if known else name,
        **({"description": text} if text else {}),
        **({"x-roles": known["roles"]} if known else {}),
        "parameters": _HEADERS,
        "requestBody": {"required": True, **json_body(content)},
        "responses": {
            "200": {"description": "回执", **json_body({"$ref": "#/components/schemas/Receipt"})},
            **problem_responses("400", "401", "403", "404", "409", "413", "415", "422", "429", "503"),
        },
    }


def _text(command: type[Command]) -> str:
    # A dataclass without a docstring is given its signature as one; that is no description.
    text = inspect.cleandoc(command.__dict__.get("__doc__") or "")
    return "" if text.startswith(f"{command.__name__}(") else text


def _plain(value: Any) -> Any:
    """``value`` with sorted keys and numbers JSON knows: apispec gives the bounds of numbers as Decimal."""
    if isinstance(value, Mapping):
        return {str(k): _plain(value[k]) for k in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
