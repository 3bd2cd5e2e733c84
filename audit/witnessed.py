"""The checkpoints somebody else kept: files of notes, a witness's directory or one of its files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from audit.sources import Unreadable
from kernel.proof import checkpoint, notes

_NOTES_IN_JSON = ("note", "held", "offered")


def split(lines: Iterable[str]) -> Iterator[str]:
    """The notes of a text in which a blank line stands between two; a blank line also ends the body of each."""
    note: list[str] = []
    signed = False
    for line in lines:
        if line == "\n" and signed:
            yield "".join(note)
            note, signed = [], False
        else:
            signed = signed or line == "\n"
            note.append(line)
    if note:
        yield "".join(note)


def by_service(paths: Iterable[Path]) -> dict[str, list[str]]:
    """The notes in ``paths`` by the service whose log they are of. Raises Unreadable for a path without any."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for text in _notes(path):
            try:
                service = checkpoint.read(notes.parse(text).body).service
            except notes.Malformed as error:
                raise Unreadable(f"{path} holds something that is no checkpoint: {error}") from None
            found.setdefault(service, []).append(text)
    return found


def _notes(path: Path) -> list[str]:
    try:
        if path.is_dir():
            seen = sorted((path / "seen").glob("*.json"))
            found = [note for file in seen for note in _notes(file)]
        elif path.suffix == ".json":
            kept = json.loads(path.read_text(encoding="utf-8"))
            found = [str(kept[name]) for name in _NOTES_IN_JSON if kept.get(name)]
        else:
            with path.open(encoding="utf-8") as lines:
                found = list(split(lines))
    except (OSError, ValueError, AttributeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from None
    if not found:
        raise Unreadable(f"{path} holds no checkpoint")
    return found
