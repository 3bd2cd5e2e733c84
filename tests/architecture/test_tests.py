"""The laws of the tests: what they share stands in the kit, and no test leans on another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
KIT, MISTAKES = TESTS / "kit", TESTS / "architecture/mistakes"
PROGRAMS = {TESTS / "faults", TESTS / "mutants"}
FOLDERS = {"unit", "contract", "integration", "system", "architecture", "faults", "mutants", "kit"}


def modules() -> list[Path]:
    """Every Python file of the tests."""
    return sorted(TESTS.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names a file imports; of ``from a import b`` both a and a.b, for b may be a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


def leaning(path: Path) -> list[str]:
    """The test modules and conftests that a file imports."""
    return [name for name in imported(path) if name.rpartition(".")[2].startswith("test_") or name.endswith("conftest")]


def test_no_test_module_and_no_conftest_is_imported() -> None:
    found = {str(path.relative_to(TESTS)): names for path in modules() if (names := leaning(path))}
    assert found == {}, "move what is shared to tests/kit"


def test_what_tests_share_stands_in_the_kit() -> None:
    """Beside tests and conftests, only the kit, the programs and the mistakes made on purpose hold modules."""
    loose = [
        str(path.relative_to(TESTS))
        for path in modules()
        if not path.name.startswith("test_") and path.name != "conftest.py"
        if not {KIT, MISTAKES, *PROGRAMS} & set(path.parents)
    ]
    assert loose == []


def test_the_kit_holds_no_tests_and_imports_nothing_of_the_tests_but_itself() -> None:
    for path in KIT.rglob("*.py"):
        assert not path.name.startswith("test_"), path
        foreign = [
            name for name in imported(path) if name.startswith("tests.") and not f"{name}.".startswith("tests.kit.")
        ]
        assert foreign == [], path


def test_every_folder_of_tests_is_one_that_the_guide_names() -> None:
    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    guide = (TESTS / "README.md").read_text(encoding="utf-8")
    assert folders == FOLDERS
    assert [folder for folder in sorted(FOLDERS) if f"`{folder}/`" not in guide] == []


def test_an_import_of_a_test_is_found(tmp_path: Path) -> None:
    path = tmp_path / "test_leaning.py"
    for line in ("from tests.unit.test_x import y", "from tests.unit import test_x", "import tests.conftest"):
        path.write_text(line, encoding="utf-8")
        assert leaning(path), line
