"""Questions about organs: who acts in a programme by which role and where; worked out from profile and divisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kernel.asking import Find, Page, Where, cut
from kernel.service import Ask, Query
from programmes.readers.organs import DEPARTMENTS, MASS, ORGANS
from programmes.readers.quota import CHANNELS
from services.allocation.registers.organs import bindings, supporting
from services.allocation.roles import EVERYONE
from services.allocation.rules_queries import rules_for

_AREAS = """
select distinct a.code from areas a join profiles p on p.programme = %s and left(a.code, length(p.scope)) = p.scope
 where {where}
"""


def organ_bindings(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The bindings of a programme: organ, role and one area or channel each, in printed order of the organs; then the
    departments and mass organisations that support it, in each county, without a role.

    ``within`` narrows the areas to one division and all inside it.
    """
    programme = ask.params["programme"]
    rules = rules_for(rows, programme, ORGANS, CHANNELS, DEPARTMENTS, MASS)
    where = Where().under(ask, "within", "a.code")
    codes = [row["code"] for row in rows(_AREAS.format(where=where.text()), programme, *where.values)]
    listed, named = rules.find(ORGANS), rules.find(CHANNELS)
    channels = {row.channel: row.kind for row in named.value} if named else {}
    beside = [name for of in (DEPARTMENTS, MASS) if (rule := rules.find(of)) for name in rule.value]
    found = [*bindings(listed.value if listed else (), codes, channels), *supporting(beside, codes)]
    wanted = ask.params.get("role")
    return cut([asdict(one) for one in found if not wanted or one.role == wanted], ask)


QUERIES = {
    "organs": Query(
        organ_bindings,
        EVERYONE,
        "机构与职责范围",
        {"programme": "方案编号", "within": "区划代码", "role": "角色"},
        ("programme",),
    )
}
