"""Golden lines: one file an event type and version, as it is stored and travels. Never edited once released."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kernel.codec import data_of, plain
from kernel.log.batch import areas_of
from kernel.messages import Event
from kernel.service import Received
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.foreign import foreign

GOLDEN = Path(__file__).parents[1] / "contract" / "golden"
SERVICES = {service.name: service for service in (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION)}
KERNEL = "kernel"
"""Where the events stand that every service may record, once for all."""
FOLDERS = (KERNEL, *SERVICES)


def types_of(folder: str) -> dict[str, type[Event]]:
    """The events of a folder of golden files by name, in their present form."""
    every = [kind for service in SERVICES.values() for kind in service.events.by_name.values()]
    own = every if folder == KERNEL else SERVICES[folder].events.by_name.values()
    return {kind.__name__: kind for kind in own if kind.__module__.startswith("kernel.") == (folder == KERNEL)}


def missing_goldens(kinds: Iterable[type[Event]], folder: Path) -> list[str]:
    """The event versions ("CadreOnPost.v1") that have no golden file in ``folder``; of each type 1 to the present."""
    versions = [f"{kind.__name__}.v{n}" for kind in kinds for n in range(1, kind.schema + 1)]
    return sorted(version for version in versions if not (folder / f"{version}.json").exists())


def files(service: str) -> list[Path]:
    """The golden files of a service, by name."""
    return sorted((GOLDEN / service).glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    """A golden line."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def decoded(path: Path) -> Event:
    """The event of a golden file in its present form. Raises Corrupt where it can be read no longer."""
    golden = read(path)
    folder, name = path.parent.name, golden["type"]
    service = next(s for s in SERVICES.values() if folder in (KERNEL, s.name) and name in s.events.by_name)
    day = date.fromisoformat(golden["occurred_on"])
    return service.events.event(name, golden["schema"], golden["data"], day)


def golden_of(event: Event) -> dict[str, Any]:
    """An event in the form of a golden file: what stands in the log, without the envelope's changing parts."""
    areas = sorted(area for area in areas_of(event) if area)
    line: dict[str, Any] = plain(
        {
            "type": type(event).__name__,
            "schema": event.schema,
            "occurred_on": event.occurred_on,
            "areas": areas,
            "data": data_of(event),
        }
    )
    return line


def received(name: str, position: int = 1) -> Received:
    """The golden line of ``name`` ("personnel.CadreOnPost") as its followers get it."""
    source, kind = name.split(".")
    line = read(GOLDEN / source / f"{kind}.v1.json")
    envelope: dict[str, Any] = {
        "stream": line.get("stream", "golden/1"),  # a line without one stands for any: in a log each has its own
        "profile": line.get("profile"),
        "schema": line["schema"],
    }
    areas = tuple(line["areas"])
    return foreign(source, kind, line["occurred_on"], line["data"], position=position, areas=areas, **envelope)


def told(name: str, **changes: Any) -> Received:
    """The golden event ``name`` as it arrives, with ``changes`` and a field that nobody knows."""
    source, kind = name.split(".")
    golden = read(GOLDEN / source / f"{kind}.v1.json")
    data = {**golden["data"], "a_field_of_tomorrow": 1, **changes}
    return foreign(source, kind, golden["occurred_on"], data, position=7)
