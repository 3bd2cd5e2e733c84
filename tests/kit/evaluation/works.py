"""A cadre of 2018 in Jinzhou, who writes plans and reports there, and what is refused and owed. Synthetic persons."""

from __future__ import annotations

from typing import Any

from kernel.messages import Actor
from tests.kit.desk import Desk, organ

VILLAGE = "210727101208"
POSTING = f"LN2018.{VILLAGE}.1"
ABOUT: dict[str, Any] = {"posting": POSTING}
CADRE = Actor("p-1", "选派干部", "p-1", "cadre")
COLLEAGUE = Actor("p-2", "选派干部", "p-2", "cadre")
TOWNSHIP, COUNTY = organ("township", VILLAGE[:9]), organ("county_org", VILLAGE[:6])
NEIGHBOUR = organ("township", "210727102")


def refused(desk: Desk, by: Actor, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    """The code and clause of a refusal, after which nothing new is stored."""
    before = desk.counts()
    problem = desk.refused(by, name, on, **ABOUT, **data)
    assert desk.counts() == before
    return problem["code"], problem["clause"]


def owed(desk: Desk, by: Actor, kind: str, as_of: str) -> list[tuple[str, str | None, int | None]]:
    """Period, last day and days behind of what is open of a kind."""
    rows = desk.query(by, "due", kind=kind, as_of=as_of)
    return [(row["period"], row["due_on"], row["overdue"]) for row in rows]
