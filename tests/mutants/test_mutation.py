"""The changes: every kind is found and made, and nothing else of the source is."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from tests.mutants.mutation import mutated, sites

RULE = '''
def decide(days: int, kinds: tuple[str, ...], kind: str, done: bool) -> int:
    """A rule of 20 days."""
    if kind not in kinds:
        raise ValueError(kind)
    if days < 20 and not done:
        return days - 1
    return 0
'''


def run(source: ast.Module, *given: Any) -> Any:
    found: dict[str, Any] = {}
    exec(compile(source, "rule", "exec"), found)  # noqa: S102  # a rule of this module's own
    return found["decide"](*given)


def test_every_kind_of_change_is_found_once_with_its_line() -> None:
    assert [(site.line, site.change, site.sharp) for site in sites("rule.py", RULE)] == [
        (4, "kind not in kinds → kind in kinds", False),
        (4, "dropped: if kind not in kinds: …", True),
        (6, "20 → 21", True),
        (6, "20 → 19", True),
        (6, "days < 20 → days <= 20", True),
        (6, "days < 20 and (not done) → days < 20 or not done", True),
        (7, "1 → 2", True),
        (7, "1 → 0", True),
        (7, "days - 1 → days + 1", True),
        (6, "dropped: if days < 20 and (not done): …", True),
        (8, "0 → 1", True),
        (8, "0 → -1", True),
    ]


@pytest.mark.parametrize(
    ("number", "given", "true", "changed"),
    [
        (1, (5, ("a",), "b", False), ValueError, 4),
        (2, (20, ("a",), "a", False), 0, 19),
        (3, (19, ("a",), "a", False), 18, 0),
        (4, (20, ("a",), "a", False), 0, 19),
        (5, (30, ("a",), "a", False), 0, 29),
        (6, (5, ("a",), "a", False), 4, 3),
        (8, (5, ("a",), "a", False), 4, 6),
        (9, (5, ("a",), "a", False), 4, 0),
        (10, (20, ("a",), "a", False), 0, 1),
    ],
)
def test_a_change_is_made_where_it_was_found(number: int, given: tuple[Any, ...], true: Any, changed: Any) -> None:
    if true is ValueError:
        with pytest.raises(ValueError, match="b"):
            run(ast.parse(RULE), *given)
    else:
        assert run(ast.parse(RULE), *given) == true
    assert run(mutated(RULE, number), *given) == changed


def test_no_change_touches_what_it_does_not_name() -> None:
    before = ast.unparse(ast.parse(RULE)).splitlines()
    for site in sites("rule.py", RULE):
        after = ast.unparse(mutated(RULE, site.number)).splitlines()
        differ = [number for number, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1]
        assert len(differ) == 1, site


@pytest.mark.parametrize("number", [-1, 12])
def test_a_site_that_is_not_there_is_an_error(number: int) -> None:
    with pytest.raises(IndexError):
        mutated(RULE, number)


def test_truth_chains_and_texts_are_left_alone() -> None:
    assert sites("rule.py", "x = True\ny = 0 if a is None else 'twenty'\n") == [
        *sites("rule.py", "\ny = 0\n"),
    ]
    assert sites("rule.py", "ok = a <= b < c\nif a:\n    raise E\nelse:\n    pass\n") == []
    assert sites("rule.py", "while True:\n    if done:\n        break\n") == []
