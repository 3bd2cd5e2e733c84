"""The kernel's words: which words of the domain it knows, and why each is general enough.

The words of the domain are those of docs/glossary.md and the names below that have no entry there. A word the kernel
uses and that stands in neither table of this file fails, and so does one in a table that the kernel no longer uses.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

UNLISTED = (
    *("allocation", "personnel", "attendance", "evaluation", "placement", "quota", "nominee", "nomination", "nominate"),
    *("nominated", "cadre", "village", "township", "county", "city", "province", "division", "area", "unit", "clause"),
    *("secretary", "posting", "recalled", "LN2018", "LN2002", "SX2015", "QS2017"),
)
"""Words of the domain that the glossary has no row for; leave, return and extension are also Python's and English."""

KERNEL_WORDS = {
    "programme": "what rules are published for and looked up by (Rules); a name to the kernel",
    "notice": "what a decision and a refusal cite (Grounds, Refusal); a text to the kernel",
    "clause": "where in the notice; a text to the kernel",
    "profile": "published rules with a version, noted in every log; its paths and values stay opaque",
    "supplement": "a profile laid over a base inside its own area: the kernel does the laying over",
    "account": "who acts, in the one written form that two persons are told apart by",
    "organ": "in whose name an actor acts",
    "post": "in which post an actor acts: it is recorded with every event",
    "area": "where an actor may act and whom an event concerns: a code that nests by prefix",
    "unit": "for which unit an actor may act",
    "channel": "one of the ids of units an actor may stand for; else a channel of the broker",
    "division": "the form of an area's code: codes of division nest by prefix",
    "city": "who subscribes to a feed's queue and witnesses logs",
    "province": "whose system it is: part of a log's origin in checkpoints",
    "checkpoint": "the field's word (C2SP tlog-checkpoint)",
    "witness": "the field's word (C2SP tlog-witness)",
    "cosignature": "the field's word (C2SP tlog-cosignature)",
    "witnessed": "co-signed by as many as the policy asks for",
    "job": "long work asked for now and looked up later, whatever it is",
}
"""Words of the domain that the kernel uses in the domain's meaning, each with the reason why it needs them."""

OTHERWISE = {
    "batch": "what is appended or taken in together",
    "bound": "a queue or a value that is bound to something; a type's bound",
    "certificate": "of TLS",
    "finding": "one of several things a refusal names; what a patrol found",
    "lock": "of a thread or a row",
    "part": "what a service decides and evolves together (kernel.part); any share",
    "plan": "which streams a command concerns",
    "register": "to make something known to a library",
    "ring": "the master keys of several generations",
    "round": "one turn of a loop; round trip",
    "sealed": "encrypted, or a class without subclasses",
    "target": "what a thread runs; the class a process hosts",
}
"""Words that are the domain's too, but that the kernel uses for something else."""

CHINESE = {"任务", "账号", "检查点", "见证方", "见证签名"}
"""The Chinese of words above, in the kernel's own refusals."""


def glossary() -> list[tuple[str, list[str]]]:
    """(word, its Chinese names) of every row of the glossary."""
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE)[1:]
    return [(word.strip(), re.split("[、，]", chinese.strip())) for word, chinese in rows]


WORDS = sorted({word for word, _ in glossary()} | set(UNLISTED))


@cache
def lines() -> list[tuple[str, str]]:
    """(place, text) of every line of the kernel, names in it taken apart into words."""
    found = []
    for path in sorted((ROOT / "kernel").rglob("*")):
        if path.suffix in {".py", ".sql"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", line.replace("_", " "))
                found.append((f"{path.relative_to(ROOT)}:{number}", apart))
    return found


def uses(word: str) -> list[str]:
    """Where the kernel uses ``word``, in singular or plural."""
    stem = re.escape(word).replace(r"\ ", "[ -]").replace(r"\-", "-?")
    plural = f"|{stem[:-1]}ies" if word.endswith("y") else ""
    form = re.compile(rf"(?<![A-Za-z])(?:{stem}(?:e?s)?{plural})(?![A-Za-z])", re.IGNORECASE)
    return [place for place, text in lines() if form.search(text)]


def test_the_glossary_is_read() -> None:
    assert {"programme", "posting", "commendation"} <= set(WORDS)


@pytest.mark.parametrize("word", [word for word in WORDS if word not in {*KERNEL_WORDS, *OTHERWISE}])
def test_the_kernel_knows_no_other_word_of_the_domain(word: str) -> None:
    assert uses(word) == []


@pytest.mark.parametrize("word", [*KERNEL_WORDS, *OTHERWISE])
def test_a_word_that_is_allowed_is_used_and_is_the_domains(word: str) -> None:
    assert word in WORDS
    assert uses(word)


def test_the_kernels_sentences_use_no_chinese_word_of_the_domain() -> None:
    names = {name for _, chinese in glossary() for name in chinese} | {"干部", "驻村", "考勤"}
    wrong = [(place, name) for place, text in lines() for name in names - CHINESE if name and name in text]
    assert not wrong
