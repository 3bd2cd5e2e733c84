"""A refusal: one situation in which something is refused, declared once, so that one code means it everywhere.

    COLOUR_UNKNOWN = Refusal("colour_unknown", "没有“{colour}”色。", field="colour", accepted="{colours}")

    raise COLOUR_UNKNOWN(colour=command.colour, colours=known)

Every room declares its own in its ``refusals.py``. Every text may hold named facts in braces, which the call gives:
lists are joined by 、, and a field or rule that is None is left out. mypy refuses a call that leaves a fact out or
gives another (``kernel.mypy_plugin``). ``docs/refusals.md`` is written from these declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any, Generic, TypeVar

from kernel.errors import PaizhuError, Rejected

F = TypeVar("F")
"""The names of the facts, as a union of literal texts; kernel.mypy_plugin fills it in."""

_DECLARED: dict[str, Refusal[Any]] = {}
_WORDS: dict[str, str] = {}
_AS_TYPED = frozenset({"given", "person", "unit"})
"""Facts that somebody typed: they are told as they came, whatever they look like."""


class Refusal(Generic[F]):
    """One situation in which something is refused.

    Args:
        code: stable, in snake case; unique over the whole system.
        sentence: Chinese, for officials.
        accepted: what would be accepted instead.
        field: what of the request is at fault.
        rule: path in the profile, from which notice and clause are filled in.
        kind: of a Rejected: "rule", "forbidden" (lack of authority) or "unknown" (a missing thing).
        notice, clause: where the ground stands in no profile.
        error: the kind of error that is raised; Rejected is what a decision raises.

    Raises:
        ValueError: where the code is declared already.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        accepted: str,
        field: str | None = None,
        rule: str | None = None,
        kind: str | None = None,
        notice: str | None = None,
        clause: str | None = None,
        error: type[PaizhuError] = Rejected,
    ) -> None:
        if taken := _DECLARED.get(code):
            raise ValueError(f"the code {code} is taken by: {taken.sentence}")
        self.code: str = code
        self.sentence: str = sentence
        self.accepted: str = accepted
        self.field: str | None = field
        self.rule: str | None = rule
        self.notice: str | None = notice
        self.clause: str | None = clause
        self.error: type[PaizhuError] = error
        self.kind: str = kind or error.kind
        self.facts: frozenset[str] = frozenset().union(*map(_facts, (sentence, accepted, field, rule)))
        _DECLARED[code] = self

    def __call__(self, *, details: list[dict[str, Any]] | None = None, **facts: object) -> PaizhuError:
        """The error to raise; ``details`` lists single findings: {field, code, sentence, accepted}.

        Raises:
            TypeError: for a fact too many or too few, where mypy was not asked.
        """
        if facts.keys() != self.facts:
            raise TypeError(f"{self.code} is told {sorted(self.facts)}, not {sorted(facts)}")
        told = {name: _said(fact) for name, fact in facts.items()}
        sentence = self.sentence.format_map({name: _worded(name, fact) for name, fact in facts.items()})
        accepted = self.accepted.format_map(told)
        field, rule = _filled(self.field, told), _filled(self.rule, told)
        more: dict[str, Any] = {"field": field, "accepted": accepted, "details": details}
        more |= {"notice": self.notice, "clause": self.clause}
        if issubclass(self.error, Rejected):
            return self.error(self.code, sentence, rule=rule, kind=self.kind, **more)
        return self.error(sentence, code=self.code, **more)


def name_keys(words: Mapping[str, str]) -> None:
    """Tell keys by these ``words`` in every sentence from now on; field and accepted keep the key, to be typed."""
    _WORDS.update(words)


def declared() -> Mapping[str, Refusal[Any]]:
    """Every refusal of the modules that were imported, by code."""
    return _DECLARED


def _facts(text: str | None) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text or "") if name)


def _filled(text: str | None, told: Mapping[str, object]) -> str | None:
    return None if text is None or None in {told[name] for name in _facts(text)} else text.format_map(told)


def _said(fact: object) -> object:
    """A list in words; anything else as it is."""
    if isinstance(fact, Iterable) and not isinstance(fact, str):
        return "、".join(map(str, fact))
    return fact


def _worded(name: str, fact: object) -> object:
    """A fact in the words of officials: a key, each of a list of keys, a field by the last part of its path."""
    if name in _AS_TYPED:
        return _said(fact)
    if isinstance(fact, str):
        key = fact.rpartition(".")[2] if name == "field" else fact
        return _WORDS.get(key, fact)
    if isinstance(fact, Iterable):
        return "、".join(_WORDS.get(str(one), str(one)) for one in fact)
    return fact
