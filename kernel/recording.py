"""Recording what no command decides: that something is being shown, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from kernel.log import Append, Draft, Log
from kernel.messages import Actor, Event


def record(
    log: Log,
    service: str,
    actor: Actor,
    facts: Sequence[tuple[str, Event]],
    *,
    correlation: str = "",
    once: str = "",
) -> int:
    """Store (stream, event) pairs in the log of ``service``: what is being shown to ``actor``.

    Gives the position of the first. What has an id of its own, ``once`` (of the form no client may give), is said by
    the system and stored once.

    Raises:
        Busy: the log is away; then nothing may be shown.
    """
    command = once or str(uuid4())
    drafts = tuple(Draft(stream, event) for stream, event in facts)
    by = {"person": actor.person, "post": actor.post, "organ": actor.organ}
    if once:
        by = {"person": "system", "post": "door", "organ": service}
    receipt = log.append(Append(command, b"", drafts, {}, by, correlation or command))
    return receipt.position - len(drafts) + 1
