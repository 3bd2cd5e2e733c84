"""Round after round: every pinned log is looked at, at the same moments in every city.

Invariant: what the province does with one log never keeps the others from being looked at. The moments are multiples of
the interval, so that all cities sign the same checkpoint; were each to come at its own time, a log that grows all the
time would never have one that enough of them signed. Two moments in the life of a checkpoint (5 s of 10) are enough for
clocks that differ: one of the two lies well away from its end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from audit.witness.witness import GOOD, REFUSED, Look, Witness
from kernel.proof import notes

DISK: Final = "disk"
"""The end of a look after which the disk took neither state nor evidence; nothing was signed."""


def once(witness: Witness, logs: Iterable[notes.Verifier]) -> Iterator[Look]:
    """A look at each of ``logs``. Raises Unusable where the state is damaged."""
    for log in logs:
        try:
            yield witness.look(log)
        except OSError as refused:
            said = f"the disk refuses, nothing was signed: {refused.strerror or refused}"
            yield Look(log.name.rpartition("/")[2], DISK, said)


def forever(
    witness: Witness,
    logs: Iterable[notes.Verifier],
    stop: threading.Event,
    seconds: float,
    tell: Callable[[Look], None],
    clock: Callable[[], float] = time.time,
) -> bool:
    """Look every ``seconds`` until ``stop`` is set, and ``tell`` what changed. True where nothing was refused.

    Raises Unusable where the state is damaged.
    """
    known: dict[str, tuple[object, ...]] = {}
    clean, logs = True, tuple(logs)
    while not stop.is_set():
        for look in once(witness, logs):
            clean = clean and look.end != REFUSED
            said = ("good", look.size) if look.end in GOOD else (look.end, look.kind, look.sentence)
            if known.get(look.service) != said:
                tell(look)
            known[look.service] = said
            if stop.is_set():
                break
        stop.wait(seconds - clock() % seconds)
    return clean


def exit_code(looks: Iterable[Look]) -> int:
    """0 where all is well, 1 where anything was refused, 2 where anything could not be asked, signed or handed in."""
    ends = {look.end for look in looks}
    if REFUSED in ends:
        return 1
    return 0 if ends <= set(GOOD) else 2
