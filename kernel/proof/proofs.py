"""What a service tells of the tree over its log: checkpoints, proofs, and how far it is witnessed.

Answers come from the checkpoints and blocks the checkpointer left in the database, a few hundred rows a question.
Invariant: nothing is proved beyond the size that was signed last, and a cosignature is kept only where it verifies
under the policy's key.
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from kernel.door_refusals import ROLE_NOT_ALLOWED
from kernel.errors import Corrupt
from kernel.handler import actor_of
from kernel.merkle import leaf_hash, sm3
from kernel.proof import notes, succession
from kernel.proof.policyfile import PolicyFile
from kernel.proof.refusals import (
    CHECKPOINT_MISSING,
    CHECKPOINT_UNKNOWN,
    COSIGNATURE_INVALID,
    COSIGNATURE_UNKNOWN,
    LOG_DAMAGED,
    POSITION_UNSIGNED,
    SIZE_UNSIGNED,
    SIZES_INVALID,
)
from kernel.proof.subtrees import consistency_proof, inclusion_proof
from kernel.proof.tree import StoredTree
from kernel.proof.witnessed import PAGE, Cosigned, Witnessed, merged

WITNESS: Final = "witness"
_LAST: Final = "select size, signed_at, note from log.checkpoints order by size desc limit 1"
_OF: Final = "select size, signed_at, note from log.checkpoints where size = %s"
_LINES: Final = "select signature from log.cosignatures where size = %s order by witness"
_LINE: Final = "select line from log.events where position = %s"
_COSIGNED: Final = """
select c.size, note, array_agg(signature order by witness) as lines
  from log.checkpoints c join log.cosignatures s using (size)
 where c.size > %s and c.size < %s group by c.size, note order by c.size desc limit %s
"""
_NEXT: Final = "select signed_at from log.checkpoints where size > %s order by size limit 1"
_KEEP: Final = "insert into log.cosignatures values (%s, %s, %s) on conflict do nothing returning size"
_SIZE: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)

Rows = Callable[..., list[dict[str, Any]]]


class Proofs:
    """Answers for the log of ``service``, over ``rows(sql, *params)`` of its database."""

    def __init__(
        self, service: str, rows: Rows, policy: PolicyFile, now: Callable[[], int] = lambda: time.time_ns() // 1_000
    ) -> None:
        self._service = service
        self._now = now
        self._rows = rows
        self._policy = policy
        self._witnessed = Witnessed()
        self.asks: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "checkpoint": self._checkpoint,
            "inclusion": self._inclusion,
            "consistency": self._consistency,
            "state": self._state,
            "cosign": self._cosign,
            "succession": self._succession,
        }

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to ``request["ask"]``, one of ``asks``. Raises PaizhuError."""
        try:
            return {"service": self._service, **self.asks[request["ask"]](request)}
        except Corrupt as missing:
            raise LOG_DAMAGED() from missing

    def _checkpoint(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"size", "signed_at", "note"}: the checkpoint of ``size`` events or the last, with all its cosignatures."""
        stood = self._stood(request.get("size"))
        note = merged(stood["note"], (row["signature"] for row in self._rows(_LINES, stood["size"])))
        return {"size": stood["size"], "signed_at": stood["signed_at"], "note": note.text}

    def _succession(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"notes"}: the announcements of the log's keys, oldest first, a blank line between two."""
        return {"notes": "\n".join(succession.kept(self._policy.folder, self._service))}

    def _inclusion(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"position", "index", "size", "leaf": {"sha256", "sm3"}, "sha256": […], "sm3": […]}, hashes in base64."""
        position, size = request["position"], self._size(request.get("size"))
        if not 0 < position <= size:
            raise POSITION_UNSIGNED(position=position, size=size)
        tree = StoredTree(self._hashes, size)
        rows = self._rows(_LINE, position)
        if not rows:
            raise Corrupt(f"position {position} is missing")
        line = rows[0]["line"].encode()
        return {
            "position": position,
            "index": position - 1,
            "size": size,
            "leaf": {"sha256": _base64(leaf_hash(line)), "sm3": _base64(leaf_hash(line, sm3))},
            "sha256": [_base64(node) for node in inclusion_proof(position - 1, size, tree.stored)],
            "sm3": [_base64(node) for node in inclusion_proof(position - 1, size, tree.sm3, sm3)],
        }

    def _consistency(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"from", "to", "sha256": […], "sm3": […]}, hashes in base64."""
        first, size = request["from"], self._size(request.get("to"))
        if not 0 < first <= size:
            raise SIZES_INVALID(first=first, size=size)
        tree = StoredTree(self._hashes, size)
        return {
            "from": first,
            "to": size,
            "sha256": [_base64(node) for node in consistency_proof(first, size, tree.stored)],
            "sm3": [_base64(node) for node in consistency_proof(first, size, tree.sm3, sm3)],
        }

    def _state(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"signed", "signed_at", "unsigned_for", "witnessed", "unwitnessed_for", "rule", "witnesses"}.

        Sizes; microseconds; the seconds that the first unsigned event and the first unwitnessed checkpoint have waited;
        how many must co-sign; how far each witness is.
        """
        stood = self._rows(_LAST)
        signed = stood[0]["size"] if stood else 0
        policy = self._policy.read()
        self._witnessed.look(self._cosigned, policy)
        return {
            "signed": signed,
            "signed_at": stood[0]["signed_at"] if stood else None,
            "unsigned_for": self._unsigned_for(signed + 1),
            "witnessed": self._witnessed.size,
            "unwitnessed_for": self._since(self._rows(_NEXT, self._witnessed.size)),
            "rule": policy.rule,
            "witnesses": {name: self._witnessed.by.get(name, 0) for name in policy.witnesses},
        }

    def _cosigned(self, above: int, below: int) -> list[Cosigned]:
        return [(row["size"], row["note"], row["lines"]) for row in self._rows(_COSIGNED, above, below, PAGE)]

    def _unsigned_for(self, position: int) -> int:
        """Seconds since the event at ``position`` was recorded; 0 where it is not there or does not say when."""
        try:
            return self._since([orjson.loads(row["line"]) for row in self._rows(_LINE, position)], "recorded_at")
        except (KeyError, TypeError, ValueError):
            return 0

    def _since(self, rows: list[dict[str, Any]], name: str = "signed_at") -> int:
        """Seconds since the moment ``name`` of the first of ``rows``, 0 where there is none."""
        return max(0, (self._now() - int(rows[0][name])) // 1_000_000) if rows else 0

    def _cosign(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"size", "witness", "stored"} for the text ``signature``: the size, and below it the signature line."""
        if actor_of(request["actor"]).role != WITNESS:
            raise ROLE_NOT_ALLOWED(role="该角色", act="提交见证签名", roles=WITNESS)
        size, _, line = str(request["signature"]).partition("\n")
        try:
            if not _SIZE.fullmatch(size):
                raise notes.Malformed("the first line is no size")
            given = notes.signature(line)
        except notes.Malformed:
            raise COSIGNATURE_INVALID() from None
        stood = self._stood(int(size))
        witness = self._policy.read().witness_of(notes.parse(stood["note"]).body, given)
        if witness is None:
            raise COSIGNATURE_UNKNOWN()
        stored = bool(self._rows(_KEEP, stood["size"], witness, given.line))
        return {"size": stood["size"], "witness": witness, "stored": stored}

    def _stood(self, size: int | None) -> dict[str, Any]:
        """The checkpoint of ``size`` events, the last where that is None. Raises PaizhuError."""
        found = self._rows(_LAST) if size is None else self._rows(_OF, size)
        if not found:
            raise CHECKPOINT_MISSING() if size is None else CHECKPOINT_UNKNOWN(size=size)
        return found[0]

    def _size(self, size: int | None) -> int:
        """``size``, or that of the last checkpoint; never more than that."""
        last = int(self._stood(None)["size"])
        if size is not None and not 0 < size <= last:
            raise SIZE_UNSIGNED(size=size, last=last)
        return last if size is None else size

    def _hashes(self, sql: str, *params: int) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in self._rows(sql, *params)]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
