"""An exported bundle, read like a live system (docs/auditing.md has its form). Asks no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

import orjson

from audit.sources import PAGE, CommandRow, Head, ParkedRow, Row, SubtreeRow, Unreadable
from audit.witnessed import split
from kernel.proof import succession
from kernel.proof.signedstate import Signed
from services import SERVICES

FORMAT = "paizhu-bundle-1"


def canonical(said: dict[str, Any]) -> bytes:
    """The one form of a manifest: sorted keys, two blanks a level, ASCII, a newline at the end."""
    return json.dumps(said, indent=2, sort_keys=True).encode() + b"\n"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Bundle:
    """The bundle in ``directory``. Raises Unreadable where there is none."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        try:
            self.manifest: dict[str, Any] = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
            if self.manifest["format"] != FORMAT:
                raise ValueError(self.manifest["format"])
            logs: dict[str, dict[str, Any]] = self.manifest["services"]
            self._heads = {name: Head(int(said["position"]), int(said["recorded_at"])) for name, said in logs.items()}
            self._inboxes = {
                name: {str(source): int(at) for source, at in said.get("inbox", {}).items()}
                for name, said in logs.items()
            }
            self._parked = {name: [ParkedRow(*row) for row in said.get("parked", ())] for name, said in logs.items()}
            self._files = {str(name): str(digest) for name, digest in self.manifest.get("files", {}).items()}
        except OSError as error:
            raise Unreadable(f"no bundle in {directory}: manifest.json cannot be read ({error.strerror})") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable(f"no bundle in {directory}: its manifest is not of form {FORMAT} ({error!r})") from None
        self.city: str | None = self.manifest.get("city")

    def services(self) -> tuple[str, ...]:
        """See ``Source.services``."""
        return tuple(name for name in SERVICES if name in self.manifest["services"])

    def head(self, service: str) -> Head:
        """See ``Source.head``; what the manifest says."""
        return self._heads[service]

    def pages(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Sequence[Row]]:
        """See ``Source.pages``. The columns are what the line says; the position is the line's place in the file.

        Where the line and its id say a later place, those before it are gone, and it is left where it says.
        """
        page: list[Row] = []
        place = 0
        with self.answering(service), (self._directory / "events" / f"{service}.ndjson").open("rb") as lines:
            for text in lines:
                row = _row(text.removesuffix(b"\n"), service, None if self.city else place + 1)
                place = row.position
                if row.position <= after:
                    continue
                if upto is not None and row.position > upto:
                    break
                page.append(row)
                if len(page) == PAGE:
                    yield page
                    page = []
        if page:
            yield page

    def rows(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """See ``Source.rows``."""
        return chain.from_iterable(self.pages(service, after, upto))

    def lines(self, service: str) -> Iterator[Sequence[bytes]]:
        """See ``Source.lines``."""
        with self.answering(service), (self._directory / "events" / f"{service}.ndjson").open("rb") as lines:
            while page := [line.removesuffix(b"\n") for line in islice(lines, PAGE)]:
                yield page

    def commands(self, service: str) -> Iterator[CommandRow] | None:
        """None: a bundle holds no commands."""
        return None

    def checkpoints(self, service: str) -> Iterator[str]:
        """See ``Source.checkpoints``."""
        with self.answering(service), self._checkpoints(service).open(encoding="utf-8", errors="replace") as lines:
            yield from split(lines)

    def _checkpoints(self, service: str) -> Path:
        return self._directory / "checkpoints" / f"{service}.txt"

    def subtrees(self, service: str) -> Iterator[SubtreeRow]:
        """Nothing: a bundle keeps no part of a tree."""
        return iter(())

    def end(self, service: str) -> int:
        """See ``Source.end``."""
        return self._heads[service].position

    def remembered(self, service: str) -> Signed | None:
        """None: what the checkpointer remembers stays with it."""
        return None

    def inbox(self, service: str) -> Mapping[str, int]:
        """See ``Source.inbox``; what the manifest says."""
        return self._inboxes[service]

    def parked(self, service: str) -> Sequence[ParkedRow]:
        """See ``Source.parked``; what the manifest says."""
        return self._parked[service]

    def changed(self) -> Iterator[str]:
        """The files that are missing, new or other than the manifest says, and the manifest where it is not its own."""
        said = {name: value for name, value in self.manifest.items() if name != "sha256"}
        digest = hashlib.sha256(canonical(said)).hexdigest()
        if (self._directory / "manifest.json").read_bytes() != canonical({**said, "sha256": digest}):
            yield "manifest.json"
        named = self._files
        paths = [path for path in self._directory.rglob("*") if path.is_file()]
        there = {path.relative_to(self._directory).as_posix(): path for path in paths}
        for name in sorted({*named, *there} - {"manifest.json"}):
            if name not in there or name not in named or _sha256(there[name]) != named[name]:
                yield name
        logs = {path.stem for path in self._directory.glob("events/*")}  # what the manifest is silent of is not read
        for name in sorted(logs ^ set(self._heads) | set(self._heads) - set(SERVICES)):
            yield f"events/{name}.ndjson"

    def proof(self, service: str, position: int) -> dict[str, Any]:
        """{"position", "sha256", "sm3"}: the exported inclusion proof of an event. Raises Unreadable."""
        for found in self.proofs(service):
            if found["position"] == position:
                return found
        raise Unreadable(f"the bundle holds no proof of {service}:{position}")

    def proofs(self, service: str) -> Iterator[dict[str, Any]]:
        """All exported inclusion proofs, in order of position. Raises Unreadable."""
        with self.answering(service), (self._directory / "proofs" / f"{service}.ndjson").open("rb") as lines:
            for line in lines:
                try:
                    found = orjson.loads(line)
                    yield {"position": found["position"], "sha256": found["sha256"], "sm3": found["sm3"]}
                except (ValueError, KeyError, TypeError):
                    yield {"position": 0, "sha256": [], "sm3": []}

    def policy(self) -> str:
        """See ``Source.policy``."""
        return self._kept("policy.txt")

    def log_key(self, service: str) -> str:
        """See ``Source.log_key``."""
        return self._kept(f"keys/checkpoint-{service}.vkey").strip()

    def successions(self, service: str) -> Sequence[str]:
        """See ``Source.successions``."""
        return list(succession.split(self._kept(f"keys/{succession.name_of(service)}")))

    def _kept(self, name: str) -> str:
        path = self._directory / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def release(self, service: str) -> None:
        """Nothing: a bundle does not change."""

    @contextmanager
    def answering(self, service: str) -> Iterator[None]:
        """See ``Source.answering``."""
        try:
            yield
        except OSError as error:
            raise Unreadable(f"the bundle's part of {service} cannot be read: {error}") from None

    def close(self) -> None:
        """Nothing is open between two readings."""


def _row(line: bytes, service: str, place: int | None) -> Row:
    """The line with the columns it names, at ``place`` or behind it; an unreadable one has none of them."""
    try:
        e = orjson.loads(line)
        position = e["position"]
        if place is not None and not (position > place and e["id"] == f"{service}:{position}"):
            position = place
        return Row(position, e["stream"], e["version"], e["type"], line, None)
    except (ValueError, KeyError, TypeError):
        return Row(place or 0, "", 0, "", line, None)
