"""Where in a TOML text each key stands, because the parser of the standard library forgets it.

Invariant: every key of a table that the parser reads from a block-style file is found at the line it was written on;
rows of a multi-line ``rows`` array are found as ``<path>.rows[i]``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADER = re.compile(r"^\[([^\[\]]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r'^("[^"]*"|[A-Za-z0-9_\-]+)\s*=')
_PART = re.compile(r'"([^"]*)"|([^."\s]+)')
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')


def locate(text: str) -> dict[str, int]:
    """Path of each key (parts joined by dots) → its line, counted from 1."""
    found: dict[str, int] = {}
    table: list[str] = []
    key: list[str] = []
    depth = rows = 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = _STRING.sub('""', line).split("#", 1)[0].strip()
        if depth == 0:
            header = _HEADER.match(line.strip())
            if header:
                table = _parts(header[1])
                found.setdefault(".".join(table), number)
                continue
            named = _KEY.match(line.strip())
            if named:
                key = [*table, named[1].strip('"')]
                found.setdefault(".".join(key), number)
                rows = 0
        elif depth == 1 and bare.startswith("["):
            found[f"{'.'.join(key)}[{rows}]"] = number
            rows += 1
        depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return found


def _parts(header: str) -> list[str]:
    return [quoted or plain for quoted, plain in _PART.findall(header)]


def nearest(found: Mapping[str, int], path: str) -> int:
    """The line of ``path``, or of the longest part of it that has one, or 1."""
    parts = path.split(".")
    while parts:
        line = found.get(".".join(parts))
        if line is not None:
            return line
        parts.pop()
    return 1
