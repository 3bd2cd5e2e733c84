"""Which processes make a system, in the order they start, and what each is told by its environment.

Invariant: a process gets the address of its own database with its application role, and no other.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.child import Command
from deploy.local.databases import SERVICES
from deploy.local.faults import CannotRun
from deploy.local.migrations import ROOT

PROVINCE: Final = "21"
HIGHEST_PORT: Final = 32768
PACE: Final = ("PAIZHU_CHECKPOINT_SECONDS", "PAIZHU_PATROL_EVENTS")
DIVISIONS: Final = ROOT / "programmes" / "data" / "divisions"


@dataclass(frozen=True)
class Part:
    """One process: `paizhu run <arguments>`, working on `database` as its `role` (`app` or `signer`)."""

    name: str
    arguments: tuple[str, ...]
    database: str
    role: str = "app"


SERVING: Final = tuple(Part(s, ("service", s), s) for s in SERVICES)
RELAYS: Final = tuple(Part(f"{s}-relay", ("relay", s), s) for s in SERVICES)
REACTORS: Final = tuple(Part(f"{s}-reactor", ("reactor", s), s) for s in SERVICES)
CHECKPOINTERS: Final = tuple(Part(f"{s}-checkpointer", ("checkpointer", s), s, "signer") for s in SERVICES)
PLANNERS: Final = tuple(Part(f"{s}-planner", ("planner", s), s) for s in ("allocation",))
OUTSIDE: Final = (
    Part("feeds", ("feeds",), "gateway"),
    Part("public-relay", ("public-relay",), "gateway"),
    Part("gateway", ("gateway",), "gateway"),
)
PARTS: Final = (*SERVING, *RELAYS, *REACTORS, *CHECKPOINTERS, *PLANNERS, *OUTSIDE)
SEALING: Final = ("personnel", "personnel-reactor")
"""The processes that seal and open personal data: no other is told the master keys."""
PORTS: Final = ("http", *(f"health:{part.name}" for part in PARTS))


def parts(services: Collection[str] | None = None) -> tuple[Part, ...]:
    """The processes of the named services (`gateway` stands for gateway, feeds and public relay), all for None."""
    if services is None:
        return PARTS
    unknown = set(services) - {part.database for part in PARTS}
    if unknown:
        raise ValueError(f"no such service: {', '.join(sorted(unknown))}")
    return tuple(part for part in PARTS if part.database in services)


def environment(part: Part, database: str, broker: str, ports: Mapping[str, int], keys: Path) -> dict[str, str]:
    """What the process is told. Nothing of the caller's environment but the paths programs need reaches it.

    What checkpointers signed is remembered beside the `keys`, outside the database.
    """
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "TZ", "SSL_CERT_FILE", "PAIZHU_LOG_LEVEL", "PAIZHU_WORKERS", *PACE)
        if name in os.environ
    }
    told = {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PAIZHU_DB": database,
        "PAIZHU_AMQP": broker,
        "PAIZHU_HEALTH_PORT": str(ports[f"health:{part.name}"]),
        "PAIZHU_KEYS": str(keys),
        "PAIZHU_PROVINCE": PROVINCE,
    }
    if part.name == "gateway":
        told["PAIZHU_HTTP_PORT"] = str(ports["http"])
    if part.name in SEALING:
        told |= {name: os.environ[name] for name in ("PAIZHU_CIPHER", "PAIZHU_MASTER_KEY") if name in os.environ}
    if part.role == "signer":
        told["PAIZHU_CHECKPOINTS"] = str(keys.parent / "checkpoints")
    return kept | told


def placed(ports: Mapping[str, int]) -> dict[str, int]:
    """``ports`` with the gateway's at PAIZHU_HTTP_PORT, where a proxy is told once and for all what is before it.

    Raises:
        CannotRun: where the variable holds no port below 32768; above it lie those the kernel lends.
    """
    given = os.environ.get("PAIZHU_HTTP_PORT")
    if not given:
        return dict(ports)
    if not (given.isascii() and given.isdigit() and 0 < int(given) < HIGHEST_PORT):
        raise CannotRun(f"PAIZHU_HTTP_PORT is {given!r}, not a port below {HIGHEST_PORT}")
    return {**ports, "http": int(given)}


def command(part: Part, env: Mapping[str, str]) -> Command:
    """How the process is started: with this very interpreter."""
    return Command(part.name, (sys.executable, "-m", "deploy.run", *part.arguments), env, ROOT, patience=8.0)


def cities(province: str = PROVINCE) -> tuple[str, ...]:
    """The 4-digit codes of a province's cities, each of which has a broker user of its own."""
    found = []
    for path in sorted(DIVISIONS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [r["code"] for r in csv.DictReader(lines) if r["level"] == "city" and r["parent"] == province]
    return tuple(found)
