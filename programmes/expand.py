"""From the text of a profile to its rules: every leaf becomes {value, unit, origin, notice, clause}.

A leaf takes its value from one place: ``value``; ``columns`` and ``rows``; a ``table`` of ``data/`` (``where`` chooses
rows, ``columns`` the columns, ``plus`` adds rows); or a ``deadline`` of the shared register (``take`` names the column,
effective_to by default).

Invariant: expansion adds nothing: what is unknown has value None, and every row of the deadline register that belongs
to the programme becomes the rule ``deadline.<id>`` with its printed text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from programmes import registers

SOURCES = ("value", "rows", "table", "deadline")
"""The keys of a leaf that say where its value stands; exactly one of them, and none where it is unknown."""


def leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, leaf) of each rule. A table that holds tables only is a group of rules, any other is a rule."""
    for name, entry in tree.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(entry, dict) and entry and all(isinstance(part, dict) for part in entry.values()):
            yield from leaves(entry, path)
        else:
            yield path, entry if isinstance(entry, dict) else {"value": entry}


def rule(leaf: Mapping[str, Any], cited: Mapping[str, str], main: str) -> dict[str, Any]:
    """The rule of one checked leaf; ``cited`` maps notice keys to how they are cited, ``main`` is the default key."""
    expanded = {
        "value": plain(value(leaf)),
        "unit": leaf.get("unit"),
        "origin": leaf["origin"],
        "notice": cited[leaf.get("notice", main)],
        "clause": leaf.get("clause"),
    }
    if "missing" in leaf:
        expanded["missing"] = leaf["missing"]
    return expanded


def value(leaf: Mapping[str, Any]) -> Any:
    """The value of a checked leaf, None where it is unknown."""
    if "value" in leaf:
        return leaf["value"]
    if "rows" in leaf:
        return [dict(zip(leaf["columns"], row, strict=True)) for row in leaf["rows"]]
    if "table" in leaf:
        chosen = registers.typed(leaf["table"], leaf.get("where"), leaf.get("columns"))
        return chosen + [dict(row) for row in leaf.get("plus", [])]
    if "deadline" in leaf:
        row = registers.typed("deadlines.csv", {"id": leaf["deadline"]})[0]
        return row[leaf.get("take", "effective_to")]
    return None


def clause(entry: str | Mapping[str, str], cited: Mapping[str, str], main: str) -> dict[str, Any]:
    """A rule without a figure: the clause that decisions cite."""
    where = {"clause": entry} if isinstance(entry, str) else entry
    return {
        "value": None,
        "unit": None,
        "origin": where.get("origin", "printed"),
        "notice": cited[where.get("notice", main)],
        "clause": where["clause"],
    }


def deadline(row: Mapping[str, str], cited: Mapping[str, str]) -> dict[str, Any]:
    """One row of the deadline register as a rule: printed text, effective dates, rhythm, recipient, copies, defect."""
    kept = {key: text or None for key, text in row.items() if key not in ("programme", "notice", "clause")}
    return {
        "value": kept,
        "unit": "deadline",
        "origin": "printed",
        "notice": cited[row["notice"]],
        "clause": row["clause"],
    }


def plain(thing: Any) -> Any:
    """JSON-able: dates become ISO text."""
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, dict):
        return {key: plain(part) for key, part in thing.items()}
    if isinstance(thing, list):
        return [plain(part) for part in thing]
    return thing
