"""Golden lines: one file an event type and version, as it is stored and travels. Never edited once released."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from kernel.messages import Recorded
from kernel.service import Received

GOLDEN = Path(__file__).parent / "golden"


def files(service: str) -> list[Path]:
    """The golden files of a service, by name."""
    return sorted((GOLDEN / service).glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    """A golden line."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def received(name: str, position: int = 1) -> Received:
    """The golden line of ``name`` ("personnel.CadreOnPost") as its followers get it."""
    source, kind = name.split(".")
    line = read(GOLDEN / source / f"{kind}.v1.json")
    on, profile = date.fromisoformat(line["occurred_on"]), line.get("profile")
    facts = (position, line.get("stream", ""), 1, kind, line["schema"], on, 1, {}, tuple(line["areas"]))
    return Received(source, Recorded(*facts, None, profile, None, None, "k-1", "", "c-1", data=line["data"]))
