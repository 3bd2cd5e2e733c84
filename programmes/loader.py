"""Reading a profile file: text → checked rules → canonical bytes and their SHA-256.

Invariant: the same file always gives the same bytes, and whoever holds the published event can compute the digest
again from its own fields.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kernel.codec import canonical as canonical_json
from programmes import checks, expand, figures, registers, understood
from programmes.draft import Draft
from programmes.faults import BrokenProfile, Fault
from programmes.lines import locate
from programmes.notices import Notice, canonical_number

PROFILES = Path(__file__).parent / "profiles"

_REGISTERS = ("copies", "aliases", "missing")
_SYNTAX = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")


@dataclass(frozen=True, slots=True)
class ProgrammeProfile:
    """A checked profile. ``rules``: {path: {value, unit, origin, notice, clause[, missing]}}, JSON-able.

    ``base`` is None for a programme and its id for a supplement; ``scope`` is the division code the rules hold in;
    ``equations`` say what must add up; ``registers`` are its printed rows of copies, aliases and missing text.
    """

    programme: str
    version: int
    base: str | None
    scope: str
    title: str
    notices: tuple[Notice, ...]
    rules: dict[str, dict[str, Any]]
    equations: dict[str, str]
    registers: dict[str, list[dict[str, str]]]

    @property
    def sha256(self) -> str:
        """Digest of the canonical bytes, hexadecimal."""
        return digest(self.programme, self.version, self.base, self.scope, self.rules)

    def published(self) -> dict[str, Any]:
        """The plain form that is published: programme, version, base, scope, sha256, rules, title, equations."""
        return {
            "programme": self.programme,
            "version": self.version,
            "base": self.base,
            "scope": self.scope,
            "sha256": self.sha256,
            "rules": self.rules,
            "title": self.title,
            "equations": self.equations,
        }


def canonical(programme: str, version: int, base: str | None, scope: str, rules: Mapping[str, Any]) -> bytes:
    """Canonical JSON (as the log stores it) of what a profile decides; titles and registers are not in it."""
    return canonical_json({"programme": programme, "version": version, "base": base, "scope": scope, "rules": rules})


def digest(programme: str, version: int, base: str | None, scope: str, rules: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, hexadecimal."""
    return hashlib.sha256(canonical(programme, version, base, scope, rules)).hexdigest()


def available() -> tuple[str, ...]:
    """Ids of the profiles that come with the project."""
    return tuple(sorted(_scopes()))


def load(programme: str) -> ProgrammeProfile:
    """A profile of the project by its id, such as ``LN2018``. Raises ``BrokenProfile``, ``FileNotFoundError``."""
    return read(PROFILES / f"{programme.lower()}.toml")


def read(path: Path) -> ProgrammeProfile:
    """The profile in a file. Raises ``BrokenProfile`` with every fault found, each with file, line and rule."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, file: str) -> ProgrammeProfile:
    """The profile in ``text``; ``file`` is the name that faults carry.

    Raises ``BrokenProfile`` with all that can be found: sums are looked at where every rule is sound, values wherever
    their own rule is.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise BrokenProfile([_syntax(text, file, broken)]) from broken
    draft = Draft(file, tree, locate(text), _scopes())
    faults = checks.check(draft)
    if any(not _of_rules(draft, fault) for fault in faults):
        raise BrokenProfile(faults)
    notices = tuple(_notice(key, entry) for key, entry in tree["notices"].items())
    rules = _rules(draft, {notice.key: notice.cited for notice in notices}, notices[0].key, faults)
    faults += [] if faults else figures.check(draft, rules)
    named = {fault.rule for fault in faults}
    faults += [fault for fault in understood.check(draft, rules) if fault.rule not in named]
    if faults:
        raise BrokenProfile(faults)
    programme = tree["programme"]
    return ProgrammeProfile(
        programme["id"],
        programme["version"],
        programme.get("base"),
        programme["scope"],
        programme["title"],
        notices,
        rules,
        dict(tree.get("equations", {})),
        {name: list(registers.of_programme(f"{name}.csv", programme["id"])) for name in _REGISTERS},
    )


def _of_rules(draft: Draft, fault: Fault) -> bool:
    """Whether it is a rule or clause that is wrong, so that the others can still be looked at."""
    if not isinstance(draft.tree.get("rules"), dict) or not isinstance(draft.tree.get("clauses", {}), dict):
        return False
    return any(_within(fault, path) for path in (*draft.tree.get("clauses", {}), *dict(draft.leaves())))


def _within(fault: Fault, path: str) -> bool:
    return fault.rule == path or fault.rule.startswith((f"{path}.", f"{path}["))


def _rules(
    draft: Draft, cited: Mapping[str, str], main: str, faults: Sequence[Fault] = ()
) -> dict[str, dict[str, Any]]:
    """The rules of the file in which no fault was found."""

    def sound(path: str) -> bool:
        return not any(_within(fault, path) for fault in faults)

    named = draft.tree.get("clauses", {}).items()
    clauses = {path: expand.clause(entry, cited, main) for path, entry in named if sound(path)}
    values = {path: expand.rule(leaf, cited, main) for path, leaf in draft.leaves() if sound(path)}
    deadlines = {
        f"deadline.{row['id']}": expand.deadline(row, cited)
        for row in registers.of_programme("deadlines.csv", draft.id)
    }
    return dict(sorted({**clauses, **values, **deadlines}.items()))


def _notice(key: str, entry: Mapping[str, Any]) -> Notice:
    number = entry.get("number")
    return Notice(
        key,
        entry["title"],
        canonical_number(number) if number else None,
        entry["date"].isoformat() if "date" in entry else None,
        tuple(entry["issuers"]),
        tuple(entry.get("addressees", ())),
        tuple(map(canonical_number, entry.get("based_on", ()))),
        tuple(entry.get("annexes", ())),
        entry.get("source", "notice"),
        dict(entry["outline"]),
    )


@cache
def _scopes() -> dict[str, str]:
    """Scope of each programme of the project, from the head of its file alone."""
    heads = (tomllib.loads(path.read_text(encoding="utf-8"))["programme"] for path in sorted(PROFILES.glob("*.toml")))
    return {head["id"]: head["scope"] for head in heads}


def _syntax(text: str, file: str, broken: tomllib.TOMLDecodeError) -> Fault:
    found = _SYNTAX.search(str(broken))
    line = int(found[1]) if found else len(text.splitlines())
    before = {path: at for path, at in locate(text).items() if at <= line}
    rule = max(before, key=lambda path: before[path], default="")
    return Fault("syntax", f"不是合法的 TOML：{broken}。", file, line, rule, "TOML 1.0 语法，日期须真实存在")
