"""Golden lines: one file an event type and version, as it is stored and travels. Never edited once released."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from kernel.codec import data_of, plain
from kernel.log.batch import areas_of
from kernel.messages import Event, Recorded
from kernel.service import Received

GOLDEN = Path(__file__).parents[1] / "contract" / "golden"


def files(service: str) -> list[Path]:
    """The golden files of a service, by name."""
    return sorted((GOLDEN / service).glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    """A golden line."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def golden_of(event: Event) -> dict[str, Any]:
    """An event in the form of a golden file: what stands in the log, without the envelope's changing parts."""
    areas = sorted(area for area in areas_of(event) if area)
    return plain(
        {
            "type": type(event).__name__,
            "schema": event.schema,
            "occurred_on": event.occurred_on,
            "areas": areas,
            "data": data_of(event),
        }
    )


def received(name: str, position: int = 1) -> Received:
    """The golden line of ``name`` ("personnel.CadreOnPost") as its followers get it."""
    source, kind = name.split(".")
    line = read(GOLDEN / source / f"{kind}.v1.json")
    on, profile = date.fromisoformat(line["occurred_on"]), line.get("profile")
    facts = (position, line.get("stream", ""), 1, kind, line["schema"], on, 1, {}, tuple(line["areas"]))
    return Received(source, Recorded(*facts, None, profile, None, None, "k-1", "", "c-1", data=line["data"]))


def told(name: str, **changes: Any) -> Received:
    """The golden event ``name`` as it arrives, with ``changes`` and a field that nobody knows."""
    source, kind = name.split(".")
    golden = read(GOLDEN / source / f"{kind}.v1.json")
    data = {**golden["data"], "a_field_of_tomorrow": 1, **changes}
    day = date.fromisoformat(golden["occurred_on"])
    facts = (7, "s", 1, kind, 1, day, 1, {}, (), None, None, None, None, "k", "", "c")
    return Received(source, Recorded(*facts, data=data))


def data_of_agreed(name: str, **changes: Any) -> dict[str, Any]:
    """The data of ``<service>.<Type>`` as agreed with a service that does not decide it yet, with ``changes`` to fields
    it has. KeyError for any other field."""
    source, kind = name.split(".")
    data = dict(read(GOLDEN / "agreed" / source / f"{kind}.v1.json")["data"])
    for field, value in changes.items():
        data[field]  # a change to a field nobody agreed on is a mistake of the test
        data[field] = value
    return data
