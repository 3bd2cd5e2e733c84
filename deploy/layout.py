"""What a system consists of, on one machine as in containers: its processes in the order they start, and its cities."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from deploy import ROOT
from deploy.faults import CannotRun
from programmes.areas import PROVINCES
from services import SERVICES

PROVINCE: Final = "21"
"""The province of a system that names no other (PAIZHU_PROVINCE)."""
DIVISIONS: Final = ROOT / "programmes" / "data" / "divisions"


@dataclass(frozen=True)
class Part:
    """One process: `paizhu run <arguments>`, working on `database` as its `role` (`app` or `signer`); it is of no use
    where one of the services it `needs` is not run."""

    name: str
    arguments: tuple[str, ...]
    database: str
    role: str = "app"
    needs: tuple[str, ...] = ()


SERVING: Final = tuple(Part(s, ("service", s), s) for s in SERVICES)
RELAYS: Final = tuple(Part(f"{s}-relay", ("relay", s), s) for s in SERVICES)
REACTORS: Final = tuple(Part(f"{s}-reactor", ("reactor", s), s) for s in SERVICES)
CHECKPOINTERS: Final = tuple(Part(f"{s}-checkpointer", ("checkpointer", s), s, "signer") for s in SERVICES)
PLANNERS: Final = tuple(Part(f"{s}-planner", ("planner", s), s) for s in ("allocation", "personnel"))
OUTSIDE: Final = (
    Part("feeds", ("feeds",), "gateway"),
    Part("public-relay", ("public-relay",), "gateway"),
    Part("calendar", ("calendar",), "gateway", needs=SERVICES),
    Part("gateway", ("gateway",), "gateway"),
)
PARTS: Final = (*SERVING, *RELAYS, *REACTORS, *CHECKPOINTERS, *PLANNERS, *OUTSIDE)
SEALING: Final = ("personnel", "personnel-reactor", "personnel-planner")
"""The processes that seal and open personal data: no other is told the master keys."""


def parts(services: Collection[str] | None = None) -> tuple[Part, ...]:
    """The processes of the named services (`gateway` stands for gateway, feeds and public relay), all for None."""
    if services is None:
        return PARTS
    unknown = set(services) - {part.database for part in PARTS}
    if unknown:
        raise ValueError(f"no such service: {', '.join(sorted(unknown))}")
    return tuple(part for part in PARTS if part.database in services and set(part.needs) <= set(services))


def served(known: str | None) -> str:
    """The province of a system: the one ``known`` of its data, else that of PAIZHU_PROVINCE, else ``PROVINCE``.

    Raises:
        CannotRun: where the variable names another than is known, or one whose divisions are not held here.
    """
    named = os.environ.get("PAIZHU_PROVINCE", known or PROVINCE)
    if known not in (None, named):
        raise CannotRun(f"PAIZHU_PROVINCE is {named}, and this system serves {known}: give it a directory of its own")
    if named not in PROVINCES:
        held = ", ".join(sorted(PROVINCES))
        raise CannotRun(f"PAIZHU_PROVINCE is {named}: divisions are held of {held}")
    return named


def cities(province: str = PROVINCE) -> tuple[str, ...]:
    """The 4-digit codes of a province's cities, each of which has a broker user of its own."""
    found = []
    for path in sorted(DIVISIONS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [r["code"] for r in csv.DictReader(lines) if r["level"] == "city" and r["parent"] == province]
    return tuple(found)
