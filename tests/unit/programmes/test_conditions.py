"""Acceptance cases of conditions, one row a case, judged by the published profile and the condition that decides."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import PaizhuError
from kernel.rules import Rules
from kernel.testing import rules_of
from programmes import loader
from programmes.condition import Condition

CASES = Path(__file__).parent / "conditions"


def cases() -> Iterator[Any]:
    """Every row of every file, named after both."""
    for path in sorted(CASES.glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in file["cases"]:
            yield pytest.param(file, case, id=f"{path.stem}-{case['fact']}")


def found(file: dict[str, Any]) -> tuple[Condition, Rules]:
    """The condition a file is about, and the rules of its programme."""
    module, _, name = file["condition"].rpartition(".")
    condition: Condition = getattr(importlib.import_module(module), name)
    return condition, rules_of(loader.load(file["programme"]).published())


@pytest.mark.parametrize(("file", "case"), list(cases()))
def test_a_case_turns_out_as_its_row_says(file: dict[str, Any], case: dict[str, Any]) -> None:
    condition, rules = found(file)
    verdict = condition.judge(rules, case["fact"])
    assert (verdict.met, verdict.clause) == (case["met"], file["clause"])


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_fact_that_is_not_known_meets_nothing(path: Path) -> None:
    condition, rules = found(tomllib.loads(path.read_text(encoding="utf-8")))
    assert condition.judge(rules, None).met is None
    told = dict.fromkeys(condition.refusal.facts - {"fact", "threshold"}, "x")
    with pytest.raises(PaizhuError) as refused:
        condition.require(rules, None, **told)
    assert (refused.value.code, refused.value.sentence.count("未知")) == (condition.refusal.code, 1)
