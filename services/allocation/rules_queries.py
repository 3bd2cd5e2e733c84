"""The rules in force as read models hold them, for questions: read by the same readers as decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find
from kernel.reader import Reader
from kernel.rules import Rule, Rules

_RULES = """
select version, path, value, origin, notice, clause from profile_rules r
 where programme = %s and path = any(%s)
   and version = (select max(version) from profile_rules where programme = r.programme)
"""


def rules_for(rows: Find, programme: str, *readers: Reader[Any]) -> Rules:
    """What the last version of ``programme`` itself says to ``readers``; no supplement is laid over it."""
    found = rows(_RULES, programme, [reader.path for reader in readers])
    version = max((row["version"] for row in found), default=0)
    entries = {row["path"]: _rule(row) for row in found}
    return Rules(programme, f"{programme}:{version}", entries)


def _rule(row: Mapping[str, Any]) -> Rule[Any]:
    return Rule(row["path"], row["value"]["value"], row["origin"], row["notice"] or None, row["clause"] or None)
