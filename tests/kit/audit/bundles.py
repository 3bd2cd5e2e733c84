"""Bundles as tests need them: the logs alone, without what only checking looks at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from audit.bundle import FORMAT
from audit.history.cut import moment_of


def bundle(directory: Path, logs: Mapping[str, Sequence[bytes]], city: str | None = None) -> Path:
    """A bundle of ``logs``, lines by service, in ``directory``."""
    (directory / "events").mkdir(parents=True)
    heads = {}
    for name, lines in logs.items():
        (directory / "events" / f"{name}.ndjson").write_bytes(b"".join(line + b"\n" for line in lines))
        heads[name] = {"position": len(lines), "recorded_at": moment_of(lines[-1]) if lines else 0}
    manifest = {"format": FORMAT, "services": heads, "city": city}
    (directory / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return directory
