"""Making a bundle: the logs, the checkpoints and keys, and a program that checks them alone (docs/auditing.md).

Invariant: the manifest is written last and names every other file by its SHA-256, and itself by that of what it says;
so a bundle without a manifest was not finished, and one with a changed byte is told from a good one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from audit.bundle import FORMAT, canonical
from audit.live import Live
from audit.proving import checked, last_note, made
from audit.sources import Row, Unreadable
from gateway.feeds import contract
from kernel.errors import Corrupt
from kernel.proof import checkpoint, notes, succession
from kernel.proof.tree import StoredTree

Advance = Callable[[int, int], None]
Look = Callable[[Sequence[Row]], None]
BLOCK = 256


@dataclass(frozen=True, slots=True)
class Exported:
    """One log in the bundle: events written, and of those that concern the city how many are not signed yet."""

    service: str
    events: int
    checkpoints: int
    unsigned: int = 0


class BundleWriter:
    """The bundle in the empty or missing directory ``out``. Raises Unreadable where there is something else."""

    def __init__(self, out: Path, city: str | None) -> None:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise Unreadable(f"{out} is not empty: a bundle needs a directory of its own")
        self._out = out
        self._city = city
        self._files: dict[str, str] = {}
        self._services: dict[str, Any] = {}

    def service(self, source: Live, service: str, advance: Advance, look: Look = lambda rows: None) -> Exported:
        """Write one log from one snapshot; for a city's bundle ``look`` is given all lines. Raises Unreadable."""
        head = source.head(service)
        note = last_note(source, service)
        proofs = 0
        if self._city is None:
            events = self._write(f"events/{service}.ndjson", _whole(source, service, head.position, advance))
            count = self._write(f"checkpoints/{service}.txt", _kept(source.checkpoints(service)))
        else:
            if note is None:
                raise Unreadable(f"{service} has no checkpoint yet, so no event of it can be proved")
            part = Part(source, service, note, self._city, advance, look)
            events = self._write(f"events/{service}.ndjson", part.lines())
            proofs = self._write(f"proofs/{service}.ndjson", part.proofs(self._out / "events" / f"{service}.ndjson"))
            count = self._write(f"checkpoints/{service}.txt", [note.encode()])
        if key := source.log_key(service):
            self._write(f"keys/checkpoint-{service}.vkey", [f"{key}\n".encode()])
        if announced := source.successions(service):
            self._write(f"keys/{succession.name_of(service)}", ["\n".join(announced).encode()])
        self._services[service] = {
            "position": head.position,
            "recorded_at": head.recorded_at,
            "events": events,
            "inbox": dict(source.inbox(service)),
            "parked": [list(row) for row in source.parked(service)] if self._city is None else [],
        }
        unsigned = 0 if self._city is None else part.unsigned
        if self._city is not None and proofs != events:
            raise Unreadable(f"{service}: {events} events and {proofs} proofs")
        source.release(service)
        return Exported(service, events, count, unsigned)

    def finish(self, policy: str) -> None:
        """Write policy, program and manifest."""
        self._write("policy.txt", [(policy or "quorum none\n").encode()])
        self._write("verify.py", [files("audit").joinpath("standalone.py").read_bytes()])
        said = {"format": FORMAT, "city": self._city, "services": self._services, "files": self._files}
        digest = hashlib.sha256(canonical(said)).hexdigest()
        (self._out / "manifest.json").write_bytes(canonical({**said, "sha256": digest}))

    def _write(self, name: str, parts: Iterable[bytes]) -> int:
        """Write the file ``name`` from ``parts`` and note its hash; gives their number."""
        path = self._out / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, count = hashlib.sha256(), 0
        with path.open("xb") as out:
            for part in parts:
                digest.update(part)
                out.write(part)
                count += 1
        self._files[name] = digest.hexdigest()
        return count


def _whole(source: Live, service: str, head: int, advance: Advance) -> Iterator[bytes]:
    done = 0
    for page in source.pages(service):
        for row in page:
            yield _line(service, row)
        done += len(page)
        advance(done, head)


def _line(service: str, row: Row) -> bytes:
    if b"\n" in row.line:
        raise Unreadable(f"{service}:{row.position} holds a line break, which no stored event may; verify first")
    return row.line + b"\n"


def _kept(texts: Iterable[str]) -> Iterator[bytes]:
    """Notes with a blank line between two."""
    for number, text in enumerate(texts):
        yield (b"\n" if number else b"") + text.encode()


class Part:
    """What of a log concerns a city, up to the checkpoint in ``note``, and the proofs of it."""

    def __init__(self, source: Live, service: str, note: str, city: str, advance: Advance, look: Look) -> None:
        self._source = source
        self._service = service
        self._note = note
        self._size = checkpoint.read(notes.parse(note).body).size
        self._city = city
        self._advance = advance
        self._look = look
        self.unsigned = 0

    def lines(self) -> Iterator[bytes]:
        """The events, in order."""
        done = 0
        for page in self._source.pages(self._service):
            self._look(page)
            for row in page:
                if concerns(self._service, row, self._city):
                    if row.position > self._size:
                        self.unsigned += 1
                    else:
                        yield _line(self._service, row)
            done += len(page)
            self._advance(done, max(done, self._size))

    def proofs(self, written: Path) -> Iterator[bytes]:
        """The proofs of the events in the file ``written``, in order."""
        tree, block = None, -1
        with written.open("rb") as lines:
            for text in lines:
                line = text.removesuffix(b"\n")
                position = int(orjson.loads(line)["position"])
                if tree is None or (position - 1) // BLOCK != block:  # what one block needs is forgotten with it
                    tree, block = StoredTree(self._source.asked(self._service), self._size), (position - 1) // BLOCK
                try:
                    proof = checked(made(tree, self._service, position, self._size, line, self._note, ""))
                except Corrupt as damaged:
                    raise Unreadable(f"{self._service}:{position} cannot be proved: {damaged}; verify first") from None
                yield orjson.dumps({"position": position, "sha256": proof.sha256, "sm3": proof.sm3}) + b"\n"


def concerns(service: str, row: Row, city: str) -> bool:
    """True where the city's feed would tell of the event, and nothing sealed of a person is in it."""
    if not contract.is_public(service, row.type):
        return False
    try:
        event = orjson.loads(row.line)
        areas: Sequence[str] = tuple(event["areas"])
        data = event["data"]
    except (ValueError, KeyError, TypeError):
        return False
    return "sealed" not in data and bool(contract.concerned(service, row.type, tuple(areas), data, (city,)))
