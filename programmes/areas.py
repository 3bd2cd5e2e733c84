"""The register of divisions: edition 2023-06, with the aliases that lead names of earlier notices into it.

Invariant: a code has one parent and one level, told by its length; a printed name is resolved inside a given parent
only, and a name that could mean two divisions is refused, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from programmes import registers
from programmes.faults import Ambiguous

EDITION = "2023-06"
PROVINCES = {"21": "liaoning", "14": "shanxi", "51": "qingshen"}
"""Divisions that come with the project, by the code of the province; of 51 only one county is held."""

_LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
_SUFFIXES = ("市", "县", "区", "乡", "镇")


def level(code: str) -> str:
    """province, city, county, township or village by the length of the code. Raises ``KeyError`` for other lengths."""
    return _LEVELS[len(code)]


def city_of(code: str) -> str | None:
    """The 4-digit city that a division lies in, None for a province."""
    return code[:4] if len(code) >= 4 else None


@dataclass(frozen=True, slots=True)
class Division:
    """One division of the edition: ``code`` of 2, 4, 6, 9 or 12 digits, official ``name``, ``parent`` code or None."""

    code: str
    name: str
    parent: str | None

    @property
    def level(self) -> str:
        return level(self.code)


class Areas:
    """Divisions of one or more provinces. Read only; every answer is in the order of the codes."""

    def __init__(self, divisions: Iterable[Division], aliases: Iterable[tuple[str, str, str]] = ()) -> None:
        """``aliases``: (parent code, name as printed, code) triples of the edition."""
        self._divisions = {division.code: division for division in sorted(divisions, key=lambda one: one.code)}
        self._children: dict[str, list[Division]] = defaultdict(list)
        for division in self._divisions.values():
            if division.parent is not None:
                self._children[division.parent].append(division)
        self._aliases = tuple(aliases)

    def __len__(self) -> int:
        return len(self._divisions)

    def __contains__(self, code: object) -> bool:
        return code in self._divisions

    def find(self, code: str) -> Division | None:
        """The division of this code, or None."""
        return self._divisions.get(code)

    def get(self, code: str) -> Division:
        """The division of this code. Raises ``KeyError``."""
        return self._divisions[code]

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions directly under ``code``."""
        return tuple(self._children.get(code, ()))

    def within(self, code: str, at: str | None = None) -> tuple[Division, ...]:
        """Every division under ``code``, of level ``at`` where given."""
        found: list[Division] = []
        for child in self._children.get(code, ()):
            if at is None or child.level == at:
                found.append(child)
            if child.level != at:
                found.extend(self.within(child.code, at))
        return tuple(found)

    def resolve(self, printed: str, parent: str, at: str | None = None) -> Division:
        """The division that ``printed`` means inside ``parent`` (level ``at`` where given).

        The official name wins, then the edition's alias, then the name without its last word (鞍山 for 鞍山市); blanks
        inside the printed name do not count.

        Raises:
            Ambiguous: nothing, or more than one division, answers to the name; the candidates are named.
        """
        name = "".join(printed.split())
        inside = self.within(parent, at)
        found = [division for division in inside if division.name == name]
        if not found:
            codes = {code for above, alias, code in self._aliases if alias == name and above.startswith(parent)}
            found = [division for division in inside if division.code in codes]
        if not found:
            found = [division for division in inside if division.name in {name + suffix for suffix in _SUFFIXES}]
        if len(found) != 1:
            raise Ambiguous(printed, parent, tuple(division.code for division in found))
        return found[0]


def registered(province: str) -> Areas:
    """The divisions held for one province, such as ``21``. Raises ``KeyError`` for a province not held."""
    return _registered(province)


def is_a(at: str, code: str) -> bool:
    """Whether ``code`` is a division of level ``at``; of a province that is not held its length alone tells."""
    if _LEVELS.get(len(code)) != at:
        return False
    return code[:2] not in PROVINCES or code in registered(code[:2])


@cache
def _registered(province: str) -> Areas:
    rows = registers.rows(f"divisions/{PROVINCES[province]}.csv")
    aliases = [
        (row["parent"], row["printed"], row["code"])
        for row in registers.rows("area_aliases.csv")
        if row["edition"] == EDITION
    ]
    return Areas((Division(row["code"], row["name"], row["parent"] or None) for row in rows), aliases)
