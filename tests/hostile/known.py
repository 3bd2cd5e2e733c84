"""What must not be told to strangers: every posting, person, name and number in the system, with their places.

It is read as the province reads it, and from the cast of the demo, never from what is being tested.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from demo.people import People
from kernel.switchboard import Switchboard
from tests.hostile.ground import PROGRAMME, Ground

PEOPLE: Final = 400
PROVINCE: Final = {
    "person": "p-province", "post": "干部处", "organ": "中共辽宁省委组织部", "role": "province_org",
    "areas": ["21"], "units": [],
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """``ledger``: the rows of all cadres; ``words``: what names any of them, each with the host area it lies in."""

    ledger: tuple[Mapping[str, Any], ...]
    words: Mapping[str, str]

    def foreign(self, answer: Any, areas: Iterable[str]) -> list[str]:
        """The words in ``answer`` that lie in none of ``areas``."""
        text, own = json.dumps(answer, ensure_ascii=False), tuple(areas)
        return [word for word, area in self.words.items() if not (own and area.startswith(own)) and word in text]


def known(ground: Ground, services: Switchboard) -> Known:
    """All of it, as it stands now."""
    asked = {"query": "ledger", "params": {"programme": PROGRAMME}, "actor": PROVINCE, "limit": 1000}
    rows = services.call("personnel", "query", asked)["items"]
    words: dict[str, str] = {}
    for row in rows:
        area = str(row["target"])
        for name in ("posting", "person", "nomination", "mobile"):
            if row.get(name):
                words[str(row[name])] = area
        if len(str(row.get("name") or "")) > 2:
            words[str(row["name"])] = area
    people = People()
    for _ in range(PEOPLE):
        words[people.next()["id_number"]] = "nowhere"  # nobody is ever shown an identity number
    return Known(tuple(rows), words)
