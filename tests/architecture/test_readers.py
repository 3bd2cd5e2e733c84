"""A value of a profile is read through its declaration alone: in decisions, in questions, at the door.

That ``Rules`` takes no path in quotation marks is held by mypy (``tests/architecture/mistakes``); here are ways around.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kernel.reader import Reader
from programmes.known import FORMS

ROOT = Path(__file__).resolve().parents[2]

RAW = {
    "services/allocation/planning/plan_situation.py": "makes Rules of the rows that the planner has",
    "services/allocation/registers/register_projection.py": "writes the table",
    "services/allocation/reserve/reserve_projection.py": "one figure, in SQL, at the path of its reader",
    "services/allocation/rules_queries.py": "makes Rules of its rows",
    "services/allocation/solving/plan_reading.py": "copies its rows for the planner",
}
"""Modules of services that name the table of published rules, and what for."""
FILES = sorted(path for room in ("services", "gateway") for path in (ROOT / room).rglob("*.py"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def declared() -> Iterator[tuple[str, str]]:
    """(module.NAME, path) of each reader."""
    for file in (ROOT / "programmes/readers").glob("*.py"):
        for node in parsed(file).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[ast.Constant(value=str(path)), *_])):
                    if isinstance(FORMS.get(path), Reader):
                        yield f"{file.stem}.{name}", path


def used(path: Path) -> Iterator[str]:
    """What ``path`` imports of the readers, and every name with a point in it."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("programmes.readers."):
                yield from (f"{module.rpartition('.')[2]}.{alias.name}" for alias in names)
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                yield f"{name}.{attr}"


def test_whatever_is_declared_as_read_is_read_by_a_service() -> None:
    readers = dict(declared())
    assert set(readers.values()) == {path for path, form in FORMS.items() if isinstance(form, Reader)}
    shared = (ROOT / "programmes").glob("*.py")  # what more than one service decides alike
    assert not readers.keys() - {name for file in (*FILES, *shared) for name in used(file)}


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_value_is_taken_past_its_reader(path: Path) -> None:
    assert "rules.entries" not in set(used(path))
    assert ("profile_rules" in path.read_text(encoding="utf-8")) == (shown(path) in RAW)


def test_every_way_around_is_there() -> None:
    assert all((ROOT / name).is_file() for name in RAW)
