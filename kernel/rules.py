"""Rules: the numbers and texts of a notice as a decision sees them, each with its origin, notice and clause.

Invariant: no decision knows a number of a programme that did not come through here, and what is unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from kernel.refusals import RULE_UNKNOWN


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of a profile. ``origin`` is printed, derived, assumed or unknown; ``clause`` is as printed."""

    path: str
    value: Any
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
    entries: Mapping[str, Rule] = field(default_factory=dict)

    def find(self, path: str) -> Rule | None:
        """The rule at ``path`` or None; a rule whose value is unknown is found and has value None."""
        return self.entries.get(path)

    def rule(self, path: str) -> Rule:
        """The rule at ``path``.

        Raises:
            Rejected: code ``rule_unknown`` where the programme says nothing, or nothing legible, about it.
        """
        found = self.entries.get(path)
        if found is None or found.value is None:
            raise RULE_UNKNOWN(programme=self.programme, path=path).cited(*self.basis(path))
        return found

    def value(self, path: str) -> Any:
        """The value at ``path``; raises as ``rule`` does."""
        return self.rule(path).value

    def day(self, path: str) -> date:
        """The date at ``path``; raises as ``rule`` does."""
        value = self.value(path)
        return value if isinstance(value, date) else date.fromisoformat(value)

    def basis(self, path: str | None) -> tuple[str | None, str | None]:
        """(notice, clause) of ``path``, or (None, None)."""
        found = self.entries.get(path) if path else None
        return (found.notice, found.clause) if found else (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One published version of a notice's rules. ``base`` is None for a programme, its name for a supplement."""

    programme: str
    version: int
    base: str | None
    scope: str
    sha256: str
    entries: Mapping[str, Rule]

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
    entries: dict[str, Rule] = {}
    for layer in layers:
        entries.update(layer.entries)
    return Rules(layers[0].programme, "+".join(f"{p.programme}:{p.version}" for p in layers), entries)
