"""Inclusion proofs for single events: made from a live log or a bundle, and checked without either.

Invariant: a proof is made from the bytes of the lines as they stand now, never from a hash stored beside them alone;
and it is checked here before anybody gets it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Protocol

from audit.bundle import Bundle
from audit.live import Live
from audit.log_keys import vkey_at
from audit.sources import Source, Unreadable
from audit.trees import BLOCK, sha256_tree, sm3_leaves, sm3_tree
from kernel.errors import Corrupt
from kernel.merkle import includes, leaf_hash, sha256, sm3
from kernel.proof import checkpoint, notes
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.subtrees import inclusion_proof
from kernel.proof.tree import StoredTree

FORMAT: Final = "paizhu-proof-1"
WIDTH: Final = 1 << BLOCK


@dataclass(frozen=True, slots=True)
class Proof:
    """That ``line`` is the event at ``position`` of the log that signed ``note``; hashes in base64, lowest first."""

    service: str
    position: int
    line: str
    note: str
    key: str
    sha256: list[str]
    sm3: list[str]
    format: str = FORMAT

    @property
    def plain(self) -> dict[str, Any]:
        """The proof as JSON data."""
        return asdict(self)


class Hashes(Protocol):
    """The hashes a proof is made of, by level and number (``kernel.proof.subtrees.Blocks``). They raise Corrupt."""

    def lines(self, level: int, first: int, count: int) -> list[bytes]:
        """Of the SHA-256 tree."""
        ...

    def sm3(self, level: int, first: int, count: int) -> list[bytes]:
        """Of the SM3 tree."""
        ...


class FileTree:
    """The hashes of the first ``size`` events of a bundle's log that a proof of event ``position`` may need.

    One pass over the file: all whole blocks are kept, and the leaves of the event's own block and of the last one.
    """

    def __init__(self, bundle: Bundle, service: str, size: int, position: int) -> None:
        self._found: tuple[dict[tuple[int, int], bytes], dict[tuple[int, int], bytes]] = {}, {}
        wanted = {(position - 1) // WIDTH, size // WIDTH, (size - 1) // WIDTH}
        trees = sha256_tree(self._keep(0)), sm3_tree(self._keep(1))
        for page in bundle.pages(service, upto=size):
            lines = [row.line for row in page]
            for found, tree, leaves in zip(
                self._found, trees, ([leaf_hash(line) for line in lines], sm3_leaves(lines)), strict=True
            ):
                first = tree.size
                found.update(((0, n), leaf) for n, leaf in enumerate(leaves, first) if n // WIDTH in wanted)
                tree.extend(leaves)
        if trees[0].size != size:
            raise Corrupt(f"{service}: {size} events were signed, {trees[0].size} are there")

    def _keep(self, which: int) -> Any:
        return lambda level, number, found: self._found[which].__setitem__((level, number), found)

    def lines(self, level: int, first: int, count: int) -> list[bytes]:
        """See ``Hashes.lines``."""
        return self._slice(0, level, first, count)

    def sm3(self, level: int, first: int, count: int) -> list[bytes]:
        """See ``Hashes.sm3``."""
        return self._slice(1, level, first, count)

    def _slice(self, which: int, level: int, first: int, count: int) -> list[bytes]:
        try:
            return [self._found[which][level, number] for number in range(first, first + count)]
        except KeyError as missing:
            raise Corrupt(f"hash {missing} is not there") from None


def last_note(source: Source, service: str) -> str | None:
    """The last checkpoint of a log with all its signatures, None before the first."""
    note = None
    for found in source.checkpoints(service):
        note = found
    return note


def prove(source: Source, service: str, position: int) -> Proof:
    """The proof of one event against the last checkpoint. Raises Unreadable where there can be none."""
    note = last_note(source, service)
    if note is None:
        raise Unreadable(f"{service} has no checkpoint yet: nothing signed, nothing to prove against")
    size = _checkpoint(note).size
    if not 0 < position <= size:
        raise Unreadable(f"the last checkpoint of {service} covers positions 1 to {size}")
    row = next(iter(source.rows(service, position - 1, position)), None)
    if row is None:
        raise Unreadable(f"{service}:{position} is not there")
    key = vkey_at(source, service, size)
    if isinstance(source, Bundle) and source.city:
        paths = source.proof(service, position)
        return Proof(service, position, row.line.decode(), note, key, paths["sha256"], paths["sm3"])
    tree: Hashes
    try:
        if isinstance(source, Live):
            tree = StoredTree(source.asked(service), size)
        elif isinstance(source, Bundle):
            tree = FileTree(source, service, size, position)
        return checked(made(tree, service, position, size, row.line, note, key))
    except Corrupt as damaged:
        raise Unreadable(f"{service} gives no proof: {damaged}; `paizhu audit verify` says what is wrong") from None


def made(tree: Hashes, service: str, position: int, size: int, line: bytes, note: str, key: str) -> Proof:
    """The proof from the hashes of ``tree``, which covers ``size`` events. Raises Corrupt."""
    stored = [_base64(node) for node in inclusion_proof(position - 1, size, tree.lines)]
    other = [_base64(node) for node in inclusion_proof(position - 1, size, tree.sm3, sm3)]
    return Proof(service, position, line.decode(), note, key, stored, other)


def checked(proof: Proof) -> Proof:
    """``proof``, where it holds. Raises Corrupt where it does not."""
    wrong = next(faults(proof), None)
    if wrong:
        raise Corrupt(wrong)
    return proof


def faults(proof: Proof) -> Iterator[str]:
    """What is wrong with ``proof``, hashes alone; the signatures are another question."""
    try:
        signed = _checkpoint(proof.note)
        line = proof.line.encode()
        paths = [[base64.b64decode(node, validate=True) for node in path] for path in (proof.sha256, proof.sm3)]
    except (Unreadable, binascii.Error, UnicodeEncodeError) as error:
        yield f"it cannot be read: {error}"
        return
    if signed.service != proof.service:
        yield f"the checkpoint is of the log {signed.origin}"
    for name, h, root, path in (("SHA-256", sha256, signed.root, paths[0]), ("SM3", sm3, signed.sm3, paths[1])):
        if not includes(leaf_hash(line, h), proof.position - 1, signed.size, path, root, h):
            yield f"by {name} the event is not at position {proof.position} of the {signed.size} that were signed"


def _checkpoint(note: str) -> Checkpoint:
    try:
        return checkpoint.read(notes.parse(note).body)
    except notes.Malformed as error:
        raise Unreadable(f"the checkpoint cannot be read: {error}") from None


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
