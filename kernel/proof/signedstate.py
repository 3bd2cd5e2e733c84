"""What a checkpointer remembers outside the database: the last tree it put its name to, and whom it told.

A database can be taken back to an earlier hour, and then contradicts nothing in itself; this file contradicts it.
Invariant: a tree is on disk here before it is signed; the file is the old one or the new one, whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path


class Damaged(Exception):
    """The file cannot be read. It is not replaced: a checkpointer that forgets can be made to sign a second history."""


@dataclass(frozen=True)
class Signed:
    """The tree of ``size`` events with these roots (hex) was signed; checkpoints up to ``announced`` are on the bus.

    ``witnesses`` gives for each witness the largest size it co-signed, as far as this process saw it. ``kept`` is the
    number of the last checkpoint that was put into the database, ``text`` the SHA-256 (hex) of its text: what the
    database holds less was taken out.
    """

    size: int = 0
    root: str = ""
    sm3: str = ""
    announced: int = 0
    witnesses: Mapping[str, int] = field(default_factory=dict)
    kept: int = 0
    text: str = ""


class SignedState:
    """The file at ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Signed | None:
        """What was kept last, None where nothing ever was. Raises Damaged."""
        try:
            found = Signed(**json.loads(self._path.read_text(encoding="utf-8")))
            numbers = found.size, found.announced, found.kept
            roots = bytes.fromhex(found.root + found.sm3)
            text = bytes.fromhex(found.text)
            if not all(isinstance(number, int) for number in numbers) or len(roots) not in (0, 64):
                raise ValueError("size or roots have another form")
            if len(text) != (32 if found.kept else 0):
                raise ValueError("the text that was kept last has another form")
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as reason:
            raise Damaged(f"{self._path.name} cannot be read ({reason}); bring it back from a copy") from None
        return found

    def save(self, signed: Signed) -> None:
        """Keep ``signed``; when this returns it survives a power cut. Raises OSError where the disk refuses."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                json.dump(asdict(signed), out, indent=1)
                out.write("\n")
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self._path)
        finally:
            fresh.unlink(missing_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
