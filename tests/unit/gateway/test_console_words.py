"""Laws of the console: a form has the fields of its contract, each with a Chinese label; texts stand out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

import marshmallow as ma
import pytest

from gateway.console.due_acts import ACTS
from gateway.console.fields import Field, fields_of
from gateway.console.pages import Pages
from gateway.console.rooms import ROOMS, room_of
from gateway.routes import commands
from kernel.fields import Items
from kernel.messages import Actor
from kernel.schema import schema_of
from services import SERVICES

NAMES = sorted(commands())
NOBODY = Actor("p", "q", "o", "province_org", ("21",))


def contract(fields: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """The paths of a contract's fields."""
    for name, field in fields.items():
        yield at + name
        inner = field.inner if isinstance(field, Items) else field
        if isinstance(inner, ma.fields.Nested):
            yield from contract(inner.schema.fields, f"{at}{name}.")


def formed(fields: Iterable[Field], at: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield at + field.name, field
        yield from formed(field.parts, f"{at}{field.name}.")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_a_form_of_its_contracts_fields_each_with_a_chinese_label(name: str) -> None:
    command: Any = commands()[name].command
    fields = dict(formed(fields_of(command)))
    assert list(fields) == list(contract(schema_of(command)().fields))
    for path, field in fields.items():
        assert re.search("[一-鿿]", field.label), path
        assert not re.search("[a-z_]{2}", field.label), path
        for value, title in field.choices:
            assert title != value, path
            assert re.search("[一-鿿]", title), f"{path}: {value}"
    assert room_of(command) in ROOMS


def test_every_obligation_that_names_an_act_names_one_there_is_with_the_field_it_fills() -> None:
    kinds = {o.name for s in SERVICES for o in import_module(f"services.{s}.obligations").OBLIGATIONS}
    assert set(ACTS) <= kinds
    for name, about in ACTS.values():
        assert about in {"", *(field.name for field in fields_of(commands()[name].command))}


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.2, 1.4.3."""

    def light(colour: str) -> float:
        whole = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
        parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, bright = sorted((light(first), light(second)))
    return (bright + 0.05) / (dark + 0.05)


def test_every_text_stands_out_from_its_ground() -> None:
    style = Pages(lambda header: NOBODY, "21").text("style.css")
    for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL):
        colours = dict(re.findall(r"--(\w+): #(\w+)", block))
        for text in ("ink", "quiet", "ok", "warn"):
            for ground in ("paper", "card"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert contrast("fff", colours["press"]) >= 4.5
