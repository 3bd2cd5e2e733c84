"""Questions about organs: who acts in a programme by which role and where; worked out from profile and divisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kernel.asking import Find, Page, Where, cut
from kernel.service import Ask, Query
from services.allocation.registers.organs import ORGANS, bindings, organs
from services.allocation.roles import EVERYONE

_RULE = "select value from profile_rules where programme = %s and path = %s order by version desc limit 1"
_AREAS = """
select distinct a.code from areas a join profiles p on p.programme = %s and left(a.code, length(p.scope)) = p.scope
 where {where}
"""


def organ_bindings(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The bindings of a programme: organ, role and one area or channel each, in printed order of the organs.

    ``within`` narrows the areas to one division and all inside it.
    """
    programme = ask.params["programme"]
    listed = _value(rows, programme, ORGANS) or []
    where = Where().under(ask, "within", "a.code")
    codes = [row["code"] for row in rows(_AREAS.format(where=where.text()), programme, *where.values)]
    channels = {row["channel"]: row["kind"] for row in _value(rows, programme, "quota.channels") or []}
    found = bindings(organs(listed), codes, channels)
    wanted = ask.params.get("role")
    return cut([asdict(one) for one in found if not wanted or one.role == wanted], ask)


def _value(rows: Find, programme: str, path: str) -> Any:
    found = rows(_RULE, programme, path)
    return found[0]["value"]["value"] if found else None


QUERIES = {
    "organs": Query(
        organ_bindings,
        EVERYONE,
        "机构与职责范围",
        {"programme": "方案编号", "within": "区划代码", "role": "角色"},
        ("programme",),
    )
}
