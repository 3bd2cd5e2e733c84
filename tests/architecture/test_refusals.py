"""The laws of refusals: each situation is declared once, and nothing is refused that was not declared."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from collections.abc import Iterator
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
OWN_CODES = {
    "gateway/console/reading.py": "passes on the problem a service answered with",
    "gateway/parked_door.py": "passes on the problem a service answered with",
    "gateway/roster_reading.py": "passes on what the reader of a workbook refused in its own process",
    "kernel/schema.py": "all findings of a message in one refusal, the first at its head",
    "services/allocation/registers/register_plans.py": "passes on the code of a fault in a clerk's file",
    "services/personnel/nomination/roster_plans.py": "all rows of a roster in one refusal, the first at its head",
    "services/personnel/persons/entry_plans.py": "all findings of a form in one refusal, the first at its head",
}
"""Files that give an error a code that another declaration or a fault has already, and what for."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*rooms: str) -> list[Path]:
    """The Python files of the rooms, by path."""
    return sorted(p for room in rooms for p in (ROOT / room).rglob("*.py"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """The calls of what the file imported from the kernel under one of these names."""
    kernel = {
        alias.asname or alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kernel"
        for alias in node.names
        if alias.name in names
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            whole = isinstance(node.func, ast.Attribute) and called in names
            if called in kernel or whole or (called in names and path.is_relative_to(ROOT / "kernel")):
                yield node


def codes_itself(path: Path) -> bool:
    """True where the file makes an error and gives it a code; the default code of its kind is no code given."""
    return any(
        "Rejected" in ast.unparse(call.func) or {"code", None} & {keyword.arg for keyword in call.keywords}
        for call in calls(path, *ERRORS)
    )


@cache
def declarations() -> dict[str, list[tuple[str, Path]]]:
    """(constant, file) of each declaration, by code."""
    found: dict[str, list[tuple[str, Path]]] = {}
    for path in modules(*ROOMS):
        made = list(calls(path, "Refusal"))
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


def test_nothing_refuses_with_a_code_that_was_not_declared() -> None:
    found = {shown(path) for path in modules(*ROOMS) if codes_itself(path)}
    assert found <= OWN_CODES.keys(), "declare it: kernel/refusal.py"


@pytest.mark.parametrize("name", sorted(OWN_CODES))
def test_the_exceptions_are_still_needed(name: str) -> None:
    assert codes_itself(ROOT / name)


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
