"""Rules: the numbers and texts of a notice as a decision sees them, each with its origin, notice and clause.

Invariant: no decision knows a number of a programme that did not come through here, and what is unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kernel.reader import Reader, Unreadable
from kernel.refusals import RULE_UNKNOWN, RULE_UNREADABLE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One value of a profile. ``origin`` is printed, derived, assumed or unknown; ``clause`` is as printed."""

    path: str
    value: T
    origin: str
    notice: str | None
    clause: str | None

    @property
    def assumed(self) -> bool:
        """True where a gap of the notice was filled by a setting: such a rule gives figures, never a sanction."""
        return self.origin == "assumed"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force for one programme and one area. ``version`` names every profile that went into them."""

    programme: str
    version: str
    entries: Mapping[str, Rule[Any]] = field(default_factory=dict)
    _read: dict[Reader[Any], Rule[Any]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was read before: a roster asks the same of every row."""

    def find(self, reader: Reader[T]) -> Rule[T] | None:
        """The rule that ``reader`` reads, its value in the reader's form; None where it is not there or unknown.

        Raises:
            Rejected: ``rule_unreadable`` where the value has another form: a profile of before it was checked.
        """
        if (read := self._read.get(reader)) is not None:
            return read
        found = self.entries.get(reader.path)
        if found is None or found.value is None:
            return None
        try:
            self._read[reader] = read = replace(found, value=reader.of(found.value))
            return read
        except Unreadable as wrong:
            raise RULE_UNREADABLE(
                programme=self.programme, path=reader.path, reader=reader.title, accepted=wrong.accepted
            ).cited(*self.basis(reader.path)) from None

    def rule(self, reader: Reader[T]) -> Rule[T]:
        """The rule that ``reader`` reads.

        Raises:
            Rejected: code ``rule_unknown`` where the programme says nothing, or nothing legible, about it; and as
                ``find`` does.
        """
        found = self.find(reader)
        if found is None:
            raise RULE_UNKNOWN(programme=self.programme, path=reader.path).cited(*self.basis(reader.path))
        return found

    def value(self, reader: Reader[T]) -> T:
        """The value that ``reader`` reads; raises as ``rule`` does."""
        return self.rule(reader).value

    def entry(self, reader: Reader[Mapping[Any, T]], key: str) -> T:
        """What the value says of ``key``; raises as ``rule`` does, ``rule_unknown`` too where it says nothing of it."""
        named = self.value(reader)
        if key not in named:
            path = f"{reader.path}.{key}"
            raise RULE_UNKNOWN(programme=self.programme, path=path).cited(*self.basis(reader.path))
        return named[key]

    def has(self, path: str) -> bool:
        """Whether the programme says anything at ``path``, if only by a clause."""
        return path in self.entries

    def basis(self, *paths: str | None) -> tuple[str | None, str | None]:
        """(notice, clause) of the first of ``paths`` that the programme has, or (None, None)."""
        found = next((self.entries[path] for path in paths if path and path in self.entries), None)
        return (found.notice, found.clause) if found else (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One published version of a notice's rules. ``base`` is None for a programme, its name for a supplement."""

    programme: str
    version: int
    base: str | None
    scope: str
    sha256: str
    entries: Mapping[str, Rule[Any]]

    @classmethod
    def of(
        cls, programme: str, version: int, base: str | None, scope: str, sha256: str, rules: Mapping[str, Any]
    ) -> Profile:
        """A profile from the plain data of its event: {path: {value, origin, notice, clause}}."""
        entries = {
            path: Rule(path, entry.get("value"), entry["origin"], entry.get("notice"), entry.get("clause"))
            for path, entry in rules.items()
        }
        return cls(programme, version, base, scope, sha256, entries)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All profiles of one programme: the base and the supplements of single areas."""

    profiles: tuple[Profile, ...] = ()

    def adding(self, profile: Profile) -> RuleBook:
        """The book with ``profile`` in it; a later version takes the place of an earlier one of the same name."""
        kept = tuple(old for old in self.profiles if old.programme != profile.programme)
        return RuleBook((*kept, profile))

    def version(self, programme: str) -> int:
        """The version in force of one profile, 0 where there is none."""
        return next((p.version for p in self.profiles if p.programme == programme), 0)

    def scope(self, programme: str) -> str | None:
        """The division code that a profile of this name holds in, None where there is none."""
        return next((p.scope for p in self.profiles if p.programme == programme), None)

    def effective(self, programme: str, area: str | None = None) -> Rules | None:
        """The base rules, overlaid by every supplement whose scope holds ``area``; None without a base."""
        base = next((p for p in self.profiles if p.programme == programme and p.base is None), None)
        if base is None:
            return None
        layers = [base]
        if area is not None:
            layers += sorted((p for p in self.profiles if p.base and area.startswith(p.scope)), key=lambda p: p.scope)
        return _overlaid(tuple(layers))


@lru_cache(maxsize=256)
def _overlaid(layers: tuple[Profile, ...]) -> Rules:
    # Profiles compare by identity, so one pair of base and supplement is laid over each other once.
    entries: dict[str, Rule[Any]] = {}
    for layer in layers:
        entries.update(layer.entries)
    return Rules(layers[0].programme, "+".join(f"{p.programme}:{p.version}" for p in layers), entries)
