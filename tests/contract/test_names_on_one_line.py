"""What names a thing becomes a stream, a claim or an id: a line break in it is refused where the command is read."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from kernel.errors import BadInput
from kernel.schema import load
from kernel.service import Service
from kernel.testing import actor, context

COMMANDS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("allocation", "RegisterUnit", "name", {"unit": "U01", "name": "某厅", "channel": "省直", "level": "province"}),
    ("allocation", "RegisterUnit", "unit", {"unit": "U01", "name": "某厅", "channel": "省直", "level": "province"}),
    ("allocation", "PublishNotice", "title", {"title": "通知", "issuers": ["某部"], "scope": "21"}),
    ("allocation", "PublishNotice", "number", {"title": "通知", "issuers": ["某部"], "scope": "21", "number": "1号"}),
    ("personnel", "FileChannelScheme", "title", {"programme": "P", "channel": "省直", "title": "方案", "units": []}),
    ("evaluation", "AcceptIdea", "title", {"posting": "P.210727101208.1", "title": "思路"}),
    ("attendance", "SealMonth", "posting", {"posting": "P.210727101208.1", "month": "2018-06"}),
]


@pytest.mark.parametrize(("service", "command", "name", "data"), COMMANDS)
@pytest.mark.parametrize("bad", ["\n", "\0", "\r", "\x1f"])
def test_a_name_with_a_control_character_is_refused(
    service: str, command: str, name: str, data: dict[str, Any], bad: str
) -> None:
    wired: Service = import_module(f"services.{service}.wiring").SERVICE
    kind = wired.commands[command].command
    asked = context("2018-05-02", actor("system"))
    assert getattr(load(kind, data, asked), name) == data[name]

    with pytest.raises(BadInput) as refused:
        load(kind, {**data, name: f"{data[name]}{bad}二"}, asked)
    assert (refused.value.code, refused.value.field) == ("field_value", name)
