"""A profile file as written, before anything in it is believed.

Invariant: every fault made from a draft carries the file's name and the line where the thing stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programmes import expand
from programmes.faults import Fault
from programmes.lines import nearest


@dataclass(frozen=True, slots=True)
class Draft:
    """``tree`` from the parser, ``lines`` by path, ``scopes`` (division codes) of the programmes known by id."""

    file: str
    tree: Mapping[str, Any]
    lines: Mapping[str, int]
    scopes: Mapping[str, str]

    @property
    def id(self) -> str:
        """The programme's id; only to be asked once the head has passed its checks."""
        return str(self.tree["programme"]["id"])

    def fault(self, code: str, path: str, sentence: str, accepted: str, rule: str | None = None) -> Fault:
        """A fault at the line of ``path`` (from the top of the file); ``rule`` where it is named otherwise."""
        named = rule if rule is not None else path.removeprefix("rules.").removeprefix("clauses.")
        return Fault(code, sentence, self.file, nearest(self.lines, path), named, accepted)

    def leaves(self) -> list[tuple[str, dict[str, Any]]]:
        """(path, leaf) of every rule of the file."""
        return list(expand.leaves(self.tree["rules"]))
