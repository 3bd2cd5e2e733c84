"""What was refused, kept for others to judge: both notes, the proof that was given, the key they are checked with.

Invariant: the same refusal is kept once, and what the log itself signed is always kept. Of what anybody could have
sent, without the log's signature, only the first hundred: a disk must not be filled by strangers.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from audit.witness.files import write
from audit.witness.judge import SIGNED, Proof, Refusal
from audit.witness.state import Seen
from kernel.proof import notes

UNSIGNED_KEPT: Final = 100


def keep(
    folder: Path,
    refusal: Refusal,
    log: notes.Verifier,
    seen: Seen | None,
    offered: str,
    proof: Proof | None,
    second: int,
) -> Path | None:
    """Write the evidence of ``refusal`` into ``folder`` and tell its path; None where a hundred unsigned are kept.

    ``offered`` is the text as served, ``second`` the POSIX second of the refusal. Raises OSError.
    """
    service = log.name.rpartition("/")[2]
    content = hashlib.sha256(offered.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path = folder / f"{service}-{refusal.kind}-{content}.json"
    if path.exists():
        return path
    if refusal.kind not in SIGNED and sum(not _signed(other) for other in found(folder)) >= UNSIGNED_KEPT:
        return None
    kept = {
        "refused": refusal.kind,
        "sentence": str(refusal),
        "at": datetime.fromtimestamp(second, UTC).isoformat(),
        "log": log.vkey,
        "held_under": seen.log.vkey if seen else None,
        "held": seen.note if seen else None,
        "offered": offered[: notes.LARGEST],
        "proof": _plain(proof) if proof else None,
    }
    write(path, json.dumps(kept, indent=1) + "\n")
    return path


def found(folder: Path) -> list[Path]:
    """The evidence in ``folder``, by name."""
    return sorted(folder.glob("*.json")) if folder.is_dir() else []


def _signed(path: Path) -> bool:
    return any(f"-{kind}-" in path.name for kind in SIGNED)


def _plain(proof: Proof) -> dict[str, list[str]]:
    return {
        "sha256": [base64.b64encode(h).decode() for h in proof.sha256],
        "sm3": [base64.b64encode(h).decode() for h in proof.sm3],
    }
