"""Which functions stand under a mark, and which marks there are to draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import marks, rules

DECISION = '''"""Days on post (AT-900 to AT-902)."""


def counted(days: int) -> int:
    """Those that count (AT-900)."""
    return days - 1


def judged(days: int) -> bool:
    """Enough or not."""
    return days >= 20


def helped(days: int) -> bool:
    """Called by everything."""
    return days > 0
'''
EVERY = {"services/days.py": [6, 11, 16]}
TRACES = {
    "AT-900": EVERY,
    "AT-901": EVERY,
    "X-900": {"services/days.py": [11, 16]},
    "X-901": {"services/days.py": [16]},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "services").mkdir()
    (tmp_path / "services/days.py").write_text(DECISION, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("mark", "lines"),
    [
        ("AT-900", {6}),  # a function names it
        ("AT-901", {6, 11, 16}),  # its module does
        (
            "X-900",
            {11, 16},
        ),  # nothing does: the function fewer marks execute, then the others as far as they are needed
    ],
)
def test_the_function_that_names_a_requirement_is_its_rule(root: Path, mark: str, lines: set[int]) -> None:
    found = rules.own_sites(root, TRACES, mark, "1")
    assert {site.line for site in found} == lines
    assert [site.sharp for site in found] == sorted((site.sharp for site in found), reverse=True)


def test_the_same_seed_gives_the_same_order_and_another_another(root: Path) -> None:
    first, again, other = (rules.own_sites(root, TRACES, "AT-901", seed) for seed in ("1", "1", "2"))
    assert first == again
    assert first != other
    assert sorted(map(str, first)) == sorted(map(str, other))


def test_what_is_not_executed_is_not_changed(root: Path) -> None:
    assert {s.line for s in rules.own_sites(root, {"AT-901": {"services/days.py": [11]}}, "AT-901", "1")} == {11}
    assert rules.own_sites(root, {"AT-901": {"services/days.py": [1]}}, "AT-901", "1") == []


def test_a_range_names_all_between() -> None:
    assert rules.named("Of AL-002 to AL-004, PE-011.") == {"AL-002", "AL-003", "AL-004", "PE-011"}


TESTS = """
import pytest


@pytest.mark.req("AT-900", "AT-901")
@pytest.mark.parametrize("n", [1, 2])
def test_both(n): ...


@pytest.mark.req("AT-900")
def test_one(): ...


def test_none(): ...
"""


def test_marks_are_found_with_the_tests_that_bear_them(tmp_path: Path) -> None:
    for folder in ("unit", "system"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "test_days.py").write_text(TESTS, encoding="utf-8")
    found = marks.marked(tmp_path)
    here = "tests/unit/test_days.py"
    assert found["AT-901"] == ("tests/system/test_days.py::test_both", f"{here}::test_both")
    assert marks.reached(found) == {
        "AT-900": (f"{here}::test_both", f"{here}::test_one"),
        "AT-901": (f"{here}::test_both",),
    }
    assert marks.reached({"X-900": ("tests/system/test_days.py::test_one",)}) == {}


def test_a_seed_draws_every_mark_once_in_an_order_of_its_own() -> None:
    names = [f"AL-{n:03}" for n in range(50)]
    first = marks.drawn(names, "1")
    assert (sorted(first), first) == (names, marks.drawn(names[::-1], "1"))
    assert first != marks.drawn(names, "2")
