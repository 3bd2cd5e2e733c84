"""How far the cities have seen each log: what is recorded, what is signed, what is witnessed, and who is missing.

Invariant: read from the databases and the policy alone, so that it can be shown whatever runs or does not; only
cosignatures that verify count.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

from audit.live import Live
from kernel.proof.policy import Policy
from kernel.proof.witnessed import PAGE, Cosigned, Witnessed

PATIENCE: Final = 60
"""Seconds after which an unwitnessed checkpoint is said loudly: the cities look every five, and may once be late."""

_COSIGNED: Final = """
select c.size, note, array_agg(signature order by witness)
  from log.checkpoints c join log.cosignatures s using (size)
 where c.size > %s and c.size < %s group by c.size, note order by c.size desc limit %s
"""
_SIGNED: Final = "select coalesce(max(size), 0) from log.checkpoints"
_SINCE: Final = "select min(signed_at) from log.checkpoints where size > %s"


@dataclass(frozen=True)
class Gap:
    """Of one service's log: ``events`` recorded, ``signed`` and ``witnessed`` events, and ``by`` whom how many.

    ``waiting`` is for how many seconds the oldest unwitnessed checkpoint has waited, None where there is none;
    ``missing`` are the witnesses of the policy that have not co-signed the newest checkpoint.
    """

    service: str
    events: int
    signed: int
    witnessed: int
    waiting: int | None
    by: dict[str, int]
    missing: tuple[str, ...]

    @property
    def unseen(self) -> int:
        """Events that too few cities have seen."""
        return self.events - self.witnessed

    @property
    def loud(self) -> bool:
        """True where a checkpoint waits for its witnesses for longer than it may."""
        return self.waiting is not None and self.waiting > PATIENCE


def gaps(source: Live, policy: Policy, now: float | None = None) -> list[Gap]:
    """The gap of every service of ``source``; ``now`` in POSIX seconds. Raises Unreadable."""
    return [_gap(source, service, policy, time.time() if now is None else now) for service in source.services()]


def _gap(source: Live, service: str, policy: Policy, now: float) -> Gap:
    found = Witnessed()
    with source.answering(service), source.session(service).cursor() as cursor:

        def one(sql: str, *params: object) -> Any:
            cursor.execute(sql, params)
            row = cursor.fetchone()
            return row and row[0]

        def page(above: int, below: int) -> list[Cosigned]:
            cursor.execute(_COSIGNED, (above, below, PAGE))
            return cursor.fetchall()

        found.look(page, policy)
        signed, since = one(_SIGNED), one(_SINCE, found.size)
        events = one("select position from log.head")
    missing = tuple(name for name in policy.witnesses if found.by.get(name, 0) < signed)
    waiting = None if since is None else max(0, int(now - since / 1e6))
    return Gap(service, events, signed, found.size, waiting, dict(found.by), missing if signed else ())
