"""What officials read holds no key: sentences of refusals, titles of commands, questions and events, printed words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from cli.catalogue import catalogues
from gateway.routes import commands
from kernel.refusal import Refusal
from programmes import loader
from programmes.key_words import WORDS
from programmes.refusals import EVIDENCE_MISSING
from services.allocation import wiring as allocation
from services.attendance import wiring as attendance
from services.evaluation import wiring as evaluation
from services.personnel import wiring as personnel
from services.personnel.persons.refusals import CHOICE_UNKNOWN

TECHNICAL = frozenset(
    {"Idempotency-Key", "Content-Type", "If-Match", "Paizhu-After", "xlsx", "MiB", "KiB", "HTTP", "JSON"}
)
"""What has no other name in Chinese: parts of HTTP, units, formats."""
SERVICES = tuple(of.SERVICE for of in (allocation, personnel, attendance, evaluation))
REFUSALS = [one for known in catalogues().values() for one in known]
CODES = re.compile(r"[A-Za-z][A-Za-z_-]+")
TOLD = (
    *("candidate.pools", "candidate.levels", "candidate.party_status", "candidate.in_principle", "papers.signers"),
    *("extension.grounds", "adjustment.grounds", "promotion.grounds", "nomination.origins", "handover.items"),
    *(
        "swap.modes",
        "swap.shares",
        "organs.offices",
        "reserve.channels",
        "reserve.evaluation_groups",
        "placement.factors",
    ),
)
"""Paths whose keys are told in refusals as they stand in the profile."""


def keys(value: Any) -> Iterator[str]:
    """The keys in a value, from its lists and the values of its objects."""
    if isinstance(value, str):
        yield from (value,) if CODES.fullmatch(value) else ()
    elif isinstance(value, dict):
        for one in value.values():
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_no_sentence_of_a_refusal_holds_a_key(refusal: Refusal[Any]) -> None:
    bare = re.sub(r"\{[^}]*\}", "", refusal.sentence)
    assert set(CODES.findall(bare)) - TECHNICAL == set()


def test_titles_hold_no_key() -> None:
    titles = [route.command.entry.title for route in commands().values() if route.command.entry]
    titles += [query.title for service in SERVICES for query in service.queries.values()]
    assert [title for title in titles if CODES.search(title)] == []


@pytest.mark.parametrize("path", TOLD)
def test_a_key_that_a_refusal_tells_has_a_word(path: str) -> None:
    rules = [loader.load(name).rules.get(path) for name in loader.available()]
    told = {key for rule in rules if rule for key in keys(rule["value"])}
    assert told - WORDS.keys() == set()


def test_evidence_that_a_step_asks_for_has_a_word() -> None:
    asked = {
        proof
        for name in loader.available()
        for path, rule in loader.load(name).rules.items()
        if path.startswith("procedure.") and isinstance(rule.get("value"), list)
        for step in rule["value"]
        for proof in step.get("evidence", ())
    }
    assert "party_membership" in asked
    assert asked - WORDS.keys() == set()


def test_a_sentence_tells_the_word_and_what_is_accepted_the_key() -> None:
    missing = EVIDENCE_MISSING(step="资格审查", missing=["party_membership"], rule=None)
    assert missing.sentence == "“资格审查”须核实党员身份，不能只凭本人申报。"
    choice = CHOICE_UNKNOWN(field="rows.since", rule="papers.kinds", choices=["full", "women"])
    assert (choice.sentence, choice.field, choice.accepted) == ("“起始日期”不在可选值内。", "rows.since", "full、women")
