"""The laws of refusals: each situation is declared once, and nothing is refused that was not declared."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kernel import errors
from kernel.refusal import declared

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kernel", "programmes", "services", "gateway", "audit", "cli", "deploy", "demo", "bench")
SERVICES = ("allocation", "personnel", "attendance", "evaluation")
ERRORS = {
    name
    for name, found in vars(errors).items()
    if isinstance(found, type) and issubclass(found, errors.PaizhuError) and found.__module__ == errors.__name__
}
MADE_AGAIN = {
    "gateway/console/reading.py": "passes on the problem a service answered with",
    "gateway/parked_door.py": "passes on the problem a service answered with",
    "gateway/roster_reading.py": "passes on what the reader of a workbook refused in its own process",
    "programmes/rows.py": "all findings of the rows of a table in one refusal, the first at its head",
    "kernel/schema.py": "all findings of a message in one refusal, the first at its head",
    "services/allocation/registers/office_import_plans.py": "all findings of a row in one refusal, the first first",
    "services/allocation/registers/register_plans.py": "passes on the code of a fault in a clerk's file",
    "services/personnel/persons/entry_plans.py": "all findings of forms in one refusal, the first at its head",
}
"""Files that make an error of what was refused already, under the code it has, and what for."""
OTHER_REFUSALS = {"audit/witness/judge.py"}
"""The reasons of a witness are another class of that name."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*rooms: str) -> list[Path]:
    """The Python files of the rooms, by path."""
    return sorted(p for room in rooms for p in (ROOT / room).rglob("*.py"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call by the last name of what it calls."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [(ast.unparse(call.func).rpartition(".")[2], call) for call in found]


@cache
def declarations() -> dict[str, list[tuple[str, Path]]]:
    """(constant, file) of each declaration, by code."""
    found: dict[str, list[tuple[str, Path]]] = {}
    for path in modules(*ROOMS):
        if not path.name.endswith("refusals.py"):
            continue
        made = [call for name, call in calls(path) if name == "Refusal"]
        for node in tree(path).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and node.value in made:
                code, constant = node.value.args[0], node.targets[0]
                found.setdefault(ast.literal_eval(code), []).append((ast.unparse(constant), path))
        assert len(made) == sum(where == path for each in found.values() for _, where in each), f"nameless: {path}"
    return found


@cache
def used(service: str) -> frozenset[str]:
    """The names a service reads, wherever in it."""
    return frozenset(
        node.id
        for path in modules(f"services/{service}")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def test_what_refuses_is_declared() -> None:
    """An error is made of a declared refusal; declarations stand in the ``refusals`` modules, which docs list."""
    made = {shown(path) for path in modules(*ROOMS) for name, _ in calls(path) if name in ERRORS}
    assert made == MADE_AGAIN.keys()
    declaring = {shown(path) for path in modules(*ROOMS) for name, _ in calls(path) if name == "Refusal"}
    assert {name for name in declaring if not name.endswith("refusals.py")} == OTHER_REFUSALS


def test_every_code_is_declared_once_over_all_rooms() -> None:
    twice = {code: [shown(p) for _, p in found] for code, found in declarations().items() if len(found) > 1}
    assert not twice
    for path in {path for found in declarations().values() for _, path in found}:
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert declarations().keys() <= declared().keys()


def test_a_constant_is_called_as_its_code() -> None:
    wrong = {code: constant for code, [(constant, _), *_] in declarations().items() if constant != code.upper()}
    assert not wrong


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_uses_every_refusal_it_declares(service: str) -> None:
    room = ROOT / "services" / service
    own = [constant for found in declarations().values() for constant, path in found if path.is_relative_to(room)]
    assert own
    assert not [constant for constant in own if constant not in used(service)]


def test_facts_have_names_that_say_what_they_are() -> None:
    names = Counter(name for code in declarations() for name in declared()[code].facts)
    poor = {name for name in names if name.endswith("_") or name[-1].isdigit() or name in {"get", "getattr", "value"}}
    assert not poor
