"""Events agreed with a service that does not decide them yet, read from their golden files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden" / "agreed"


def data_of_agreed(name: str, **changes: Any) -> dict[str, Any]:
    """The data of ``<service>.<Type>`` as agreed, with ``changes`` to fields it has. KeyError for any other field."""
    source, kind = name.split(".")
    golden = json.loads((GOLDEN / source / f"{kind}.v1.json").read_text(encoding="utf-8"))
    data = dict(golden["data"])
    for field, value in changes.items():
        data[field]  # a change to a field nobody agreed on is a mistake of the test
        data[field] = value
    return data
