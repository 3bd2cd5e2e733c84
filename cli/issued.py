"""The tokens issued here with `paizhu token`: who holds them and until when, never the tokens themselves."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

FILE: Final = "token-issued.jsonl"
"""Beside the keys, readable by their owner only: one JSON object a token, its claims."""


def note(keys: Path, claims: Mapping[str, Any]) -> None:
    """Keep the claims of a token that was issued."""
    handle = os.open(keys / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, json.dumps(claims, ensure_ascii=False).encode() + b"\n")
    finally:
        os.close(handle)


def read(keys: Path) -> Iterator[dict[str, Any]]:
    """The claims of every token issued, oldest first."""
    path = keys / FILE
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
