"""The law of the marks: what a marked test is told of other services, these services say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.kit.golden import SERVICES

TESTS = Path(__file__).resolve().parents[1]


def unsent() -> set[str]:
    """Events that a service would heed and that no service decides yet."""
    heeded = {name for service in SERVICES.values() for name in service.reactions}
    sent = {f"{service.name}.{kind}" for service in SERVICES.values() for kind in service.events.by_name}
    return {name.partition(".")[2] for name in heeded - sent}


def leaning(source: str, events: set[str]) -> Iterator[str]:
    """The marked tests of a source that name one of ``events``, each with the event."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and any("mark.req" in ast.unparse(d) for d in node.decorator_list):
            texts = {text.value for text in ast.walk(node) if isinstance(text, ast.Constant)}
            yield from (f"{node.name}: {event}" for event in sorted(events) if texts & {event, f"personnel.{event}"})


def test_no_mark_rests_on_an_event_that_nobody_sends() -> None:
    events = unsent()
    assert "VillageTargetReached" in events
    found = [line for path in sorted(TESTS.rglob("test_*.py")) for line in leaning(path.read_text("utf-8"), events)]
    assert found == []


def test_a_mark_that_does_is_found() -> None:
    source = '@pytest.mark.req("AL-043")\ndef test_it():\n    says("LedgerFiled")\n'
    assert list(leaning(source, {"LedgerFiled"})) == ["test_it: LedgerFiled"]
    assert list(leaning(source.partition("\n")[2], {"LedgerFiled"})) == []
