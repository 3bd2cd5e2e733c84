"""The contract of the public events as JSON Schemas: one a type and version, made from the marshmallow contracts.

Invariant: the schemas are a function of ``contract`` and of the services' event classes alone; the same code gives the
same bytes. They say what a subscriber may rely on, so they leave open what it must tolerate: further members.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter

from gateway.feeds import contract
from gateway.feeds.item import MEDIA_TYPE
from gateway.routes import CONTRACTS
from kernel.messages import Event
from kernel.schema import schema_of

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
# No schema registers under a name: every event's form is written out where it stands.
_CONVERTER: Final = OpenAPIConverter(
    "3.1.0", schema_name_resolver=lambda schema: None, spec=APISpec("", "", openapi_version="3.1.0")
)
_TEXT: Final[dict[str, Any]] = {"type": "string"}


@cache
def events() -> Mapping[str, type[Event]]:
    """Every public event by ``<service>.<Type>``, in the order of the contract."""
    known = {f"{name}.{kind.__name__}": kind for name, module in CONTRACTS.items() for kind in module.EVENTS}
    return {name: known[name] for name in contract.PUBLIC}


def type_of(name: str) -> str:
    """The CloudEvents type of an event: ``<service>.<Type>.v<schema>``."""
    return f"{name}.v{events()[name].schema}"


def title_of(name: str) -> str:
    """The first line of what the event's class says of itself."""
    return (inspect.getdoc(events()[name]) or name).partition("\n")[0]


def data_schema(name: str) -> dict[str, Any]:
    """The form of an event's ``data``: those of its fields that may leave, which are required and which may be null."""
    return _object(schema_of(cast(type, events()[name]))().fields, contract.PUBLIC[name], name)


def item_schema(name: str) -> dict[str, Any]:
    """The form of a whole item of this type, as it comes from the queue and from the HTTP feed."""
    kind = type_of(name)
    return {
        "$schema": DIALECT,
        "$id": f"urn:paizhu:event:{kind}",
        "title": title_of(name),
        "type": "object",
        "required": [*_ALWAYS, "data"],
        "properties": {**_ALWAYS, "type": {"type": "string", "const": kind}, **_SOMETIMES, "data": data_schema(name)},
    }


def schemas() -> dict[str, dict[str, Any]]:
    """All item schemas by CloudEvents type."""
    return {type_of(name): item_schema(name) for name in sorted(events())}


def _object(fields: Mapping[str, Any], leaving: tuple[str, ...], path: str) -> dict[str, Any]:
    properties = {name: _field(fields[name], f"{path}.{name}") for name in leaving}
    required = [name for name in leaving if fields[name].required]
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _field(field: Any, path: str) -> dict[str, Any]:
    if path in contract.LISTED:
        inner = field.inner.schema.fields
        return {"type": "array", "items": _object(inner, contract.LISTED[path], path)}
    return {name: value for name, value in _CONVERTER.field2property(field).items() if name in _SAID}


# What a reader of events needs: a default is of use to the writer of a command alone.
_SAID: Final = ("type", "format", "enum", "items", "additionalProperties")
_ALWAYS: Final[dict[str, dict[str, Any]]] = {
    "specversion": {"type": "string", "const": "1.0"},
    "id": {"type": "string", "pattern": "^[a-z]+:[1-9][0-9]*$", "description": "服务:位置；同一事件在各市相同"},
    "source": {"type": "string", "format": "uri-reference"},
    "type": _TEXT,
    "subject": {"type": "string", "description": "事件所属的对象"},
    "time": {"type": "string", "format": "date-time", "description": "记录时间"},
    "datacontenttype": {"type": "string", "const": "application/json"},
    "sequence": {"type": "string", "pattern": "^[0-9]{12}$", "description": "该市的无间断序号"},
    "city": {"type": "string", "pattern": "^[0-9]{4}$"},
    "areas": {"type": "string", "description": "所涉区划代码，以逗号分隔"},
    "occurredon": {"type": "string", "format": "date", "description": "事实发生的日期"},
}
_SOMETIMES: Final[dict[str, dict[str, Any]]] = {
    "programme": {"type": "string", "description": "方案"},
    "profile": {"type": "string", "description": "所依据的方案版本"},
    "notice": {"type": "string", "description": "所依据的文件"},
    "clause": {"type": "string", "description": "所依据的条款"},
}
CONTENT: Final = MEDIA_TYPE
