"""What `paizhu status` says about witnesses: who has seen the logs, and loudly where too few have.

Invariant: a system is never called witnessed by omission; what cannot be read is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.live import Live
from audit.sources import Unreadable
from audit.witness.gap import Gap, gaps
from kernel.proof.policy import NONE, Policy, Unsound, parse


def lines(data: Path) -> Iterator[str]:
    """The lines for the system in ``data``, in the markup of rich."""
    try:
        source = Live.of(data)
    except Unreadable:
        yield "witnessed: unknown, no database is named yet"
        return
    try:
        policy = parse(source.policy() or f"quorum {NONE}\n")
        yield from said(policy, gaps(source, policy))
    except Unsound as reason:
        yield f"[bold red]witnessed: unknown, the policy is damaged[/]: {reason}"
    except Unreadable as away:
        yield f"[bold yellow]witnessed: unknown[/], {away.message}"
    finally:
        source.close()


def said(policy: Policy, found: Sequence[Gap]) -> Iterator[str]:
    """The lines for these gaps under this policy."""
    if policy.quorum == NONE:
        events = sum(gap.events for gap in found)
        vouched = f"no city co-signs, the province alone vouches for {events:,} events"
        yield f"[bold red]NOT WITNESSED[/]: {vouched} (docs/witnessing.md)"
        return
    seen = ", ".join(f"{gap.service} {gap.witnessed:,} of {gap.events:,}" for gap in found)
    yield f"witnessed by {policy.rule}: {seen} events"
    for gap in found:
        if gap.loud:
            yield (
                f"[bold red]NOT WITNESSED[/]: {gap.unseen:,} events of {gap.service}, for {gap.waiting} s; "
                f"commands are taken all the same; missing {' '.join(gap.missing)}"
            )
