"""A checkpointer that is killed again and again while the log grows: every note it left is of one history."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deploy import keys
from kernel import merkle
from kernel.merkle import leaf_hash, sm3
from kernel.proof import checkpoint, notekeys
from tests.kit.audit.tampering import Victim
from tests.kit.databases import fresh, rows_of
from tests.kit.waiting import eventually, pause

SEED = 20_261_122
KILLS = 10
NOBODY = "amqp://paizhu@127.0.0.1:9/%2F"


def test_no_moment_of_dying_leaves_two_histories(
    postgres_server: Any, tmp_path: Path, spawned: Callable[..., subprocess.Popen[bytes]]
) -> None:
    chance = random.Random(SEED)
    keys.make(tmp_path / "keys", "21")
    with fresh(postgres_server.url, "attendance") as made:
        database = made["attendance"]
        victim = Victim(database, postgres_server.url)
        env = {
            "PAIZHU_DB": database.signer_url,
            "PAIZHU_AMQP": NOBODY,
            "PAIZHU_KEYS": str(tmp_path / "keys"),
            "PAIZHU_CHECKPOINTS": str(tmp_path / "checkpoints"),
            "PAIZHU_CHECKPOINT_SECONDS": "1",
            "PAIZHU_LOG_LEVEL": "error",
        }
        grown = 0

        def stood() -> list[tuple[int, str]]:
            return rows_of(database.auditor_url, "select size, note from log.checkpoints order by size")

        for _ in range(KILLS):
            before = len(stood())
            process = spawned("-m", "deploy.run", "checkpointer", "attendance", **env)
            for number in range(chance.randint(1, 3)):
                more = chance.choice((1, 40, 300, 3_000))
                victim.append(grown + more, grown)
                grown += more
                if number == 0:
                    eventually(lambda known=before: len(stood()) > known)
                pause(chance.random() * 0.6)
            process.kill()
            process.wait()
        spawned("-m", "deploy.run", "checkpointer", "attendance", **env)
        eventually(lambda: stood()[-1][0] == grown)
        assert len(stood()) >= KILLS
        log = notekeys.verifier(tmp_path / "keys" / "checkpoint-attendance.vkey")
        rows = rows_of(database.auditor_url, "select line from log.events order by position")
        lines = [line.encode() for (line,) in rows]
        signed = {size: checkpoint.opened(note, log)[0] for size, note in stood()}
        for h, name in ((merkle.sha256, "root"), (sm3, "sm3")):
            tree = merkle.CompactRange(h)
            for size, line in enumerate(lines, 1):
                tree.add(leaf_hash(line, h))
                if size in signed:
                    assert getattr(signed[size], name) == tree.root(), f"seed {SEED}: {name} of {size}"
        assert len(lines) == max(signed) == grown
