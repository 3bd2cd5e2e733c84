"""A run with a mutant in place of a module, and one that notes lines: on a test of the project, without a server."""

from __future__ import annotations

import pytest

from tests.mutants import runs
from tests.mutants.mutation import Site, sites
from tests.mutants.plugin import ROOT

PATH = "services/allocation/quotas/scope.py"
TEST = "tests/unit/allocation/test_allocation_scope.py::test_a_plan_must_add_up"


def changed(text: str) -> Site:
    (found,) = [site for site in sites(PATH, (ROOT / PATH).read_text(encoding="utf-8")) if text in site.change]
    return found


def test_a_mutant_of_the_rule_turns_its_test_red_and_one_beside_it_does_not() -> None:
    source = (ROOT / PATH).read_bytes()
    rule = changed("dropped: if command.townships + command.villages != command.total")
    assert runs.under(rule, [TEST], {}) == "red"
    assert runs.under(changed("dropped: if published"), [TEST], {}) == "green"
    assert (ROOT / PATH).read_bytes() == source


def test_the_lines_of_a_marked_test_are_noted_under_its_mark() -> None:
    found = runs.traced([TEST], {})
    assert set(found) == {"AL-001"}
    rule = changed("dropped: if command.townships + command.villages != command.total")
    assert rule.line in found["AL-001"][PATH]


def test_tests_that_fail_by_themselves_are_told_apart() -> None:
    with pytest.raises(runs.NotGreen):
        runs.traced([f"{TEST}_not_there"], {})
