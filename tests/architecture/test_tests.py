"""The laws of the tests: what they share stands in the kit, and no test leans on another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).resolve().parents[1]
KIT, MISTAKES = TESTS / "kit", TESTS / "architecture/mistakes"
PROGRAMS = {TESTS / "browser", TESTS / "faults", TESTS / "hostile", TESTS / "mutants"}
FOLDERS = {
    "unit",
    "contract",
    "integration",
    "system",
    "browser",
    "architecture",
    "faults",
    "hostile",
    "mutants",
    "kit",
}


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


TIMED = {"timeout", "connect_timeout", "read_timeout", "ttl", "deadline"}
"""Arguments that say how long something may take."""
ENDED = {"wait", "join", "result", "settimeout", "communicate"}
"""Calls whose bare number says so."""
CLOCKS = {"sleep", "monotonic", "perf_counter"}


def hurried(path: Path) -> list[str]:
    """Where a test module sleeps, looks at a clock that measures, or says by a number how long something may take.

    A number below nothing, a token that ran out, hurries nobody. ``BOUND`` and ``BRIEF`` of the kit are what may be
    said instead.
    """
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = [k.value for k in node.keywords if k.arg in TIMED] + (node.args[:1] if name in ENDED else [])
        if name in CLOCKS or any(isinstance(value, ast.Constant) and _number(value.value) for value in said):
            found.append(f"{path.name}:{node.lineno}: {ast.unparse(node)}")
    return found


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def timed_modules() -> list[Path]:
    """The tests themselves. What waits stands in the kit; programs of their own are told how long they run."""
    own = [path for path in modules() if path.name.startswith("test_") or path.name == "conftest.py"]
    return [path for path in own if not {*PROGRAMS, KIT} & set(path.parents)]


def test_no_test_depends_on_how_fast_the_machine_is() -> None:
    found = [where for path in timed_modules() for where in hurried(path)]
    assert found == [], "wait with tests/kit/waiting.py, give a clock"


def test_examples_have_no_deadline_and_take_their_time() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
    named = [path for path in timed_modules() if "suppress_health_check=[" in path.read_text(encoding="utf-8")]
    assert [str(path) for path in named if "HealthCheck.too_slow" not in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    "line",
    [
        "time.sleep(0.5)",
        "assert perf_counter() - begun < 2",
        "client.call(timeout=1)",
        "thread.join(5)",
        "done.wait(0.2)",
        "door.token(ttl=1)",
        "settings(deadline=200)",
    ],
)
def test_haste_is_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "test_hasty.py"
    path.write_text(f"{line}\n", encoding="utf-8")
    assert len(hurried(path)) == 1
    path.write_text("thread.join(BOUND)\nclient.call(timeout=BRIEF)\ndoor.token(ttl=-3600)\nsettings(deadline=None)\n")
    assert hurried(path) == []
