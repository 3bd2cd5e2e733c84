"""One look at one log: fetch, judge, put on disk, sign, hand in. The order of these is the whole point.

Invariant: nothing is signed that is not on disk, and nothing goes to disk that was not judged. So a crash between the
two costs a signature, given at the next look, and never leads to two signatures over two histories.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from audit.witness import evidence
from audit.witness.digits import digits
from audit.witness.judge import Proof, Refusal, announced, judge, opened
from audit.witness.province import Away, NotTaken, Province
from audit.witness.state import Seen, State
from kernel.proof import notes
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.succession import OLD, Succession

COSIGNED: Final = "cosigned"
CURRENT: Final = "current"
WAITING: Final = "waiting"
AWAY: Final = "away"
UNSENT: Final = "unsent"
CLOCK: Final = "clock"
REFUSED: Final = "refused"
NEW_KEY: Final = "new key"

GOOD: Final = (COSIGNED, CURRENT, WAITING)
"""The ends of a look after which nobody has to do anything."""


@dataclass(frozen=True)
class Look:
    """How a look at the log of ``service`` ended.

    ``end``: cosigned, current (nothing new), waiting (no checkpoint yet), away (the province does not answer), unsent
    (signed, and not taken; handed in again at the next look), clock (this machine's clock runs behind what it signed)
    or refused, with the ``kind`` of refusal and the file of ``evidence``. ``size`` is that of
    the checkpoint offered, ``before`` that of the last one co-signed; None where there is none. NEW_KEY is no end: it
    is told beside one, with the file of the announcement, in the look that pinned the key.
    """

    service: str
    end: str
    sentence: str
    size: int | None = None
    before: int | None = None
    kind: str | None = None
    evidence: Path | None = None


@dataclass
class Witness:
    """A city's witness with its ``state`` and key. ``clock`` gives POSIX seconds; ``tell`` hears of each new key."""

    state: State
    province: Province
    signer: notes.Signer
    clock: Callable[[], float] = time.time
    tell: Callable[[Look], None] = lambda _: None
    _proof: Proof | None = field(default=None, init=False)

    def look(self, log: notes.Verifier) -> Look:
        """Look at the log of the key ``log``, once, by the key of it that is pinned now.

        Raises:
            Unusable: the state is damaged.
            OSError: the disk refuses; nothing was signed.
        """
        log = self.state.logs().get(log.name, log)  # a look before this one may have pinned another
        seen = self.state.seen(log)
        service, before = log.name.rpartition("/")[2], seen.checkpoint.size if seen else None
        self._proof = None
        text: str | None = None
        try:
            text = self.province.checkpoint(service)
            if text is None:
                if before is None:
                    return Look(service, WAITING, "the log has no checkpoint yet")
                return Look(service, AWAY, f"no checkpoint is shown, though one of {before} events was", None, before)
            log, (offered, note) = self._opened(text, log, seen)
            judge(seen.checkpoint if seen else None, offered, lambda a, b: self._asked(service, a, b))
        except Away as reason:
            return Look(service, AWAY, str(reason), None, before)
        except Refusal as refusal:
            return self._refused(refusal, log, seen, text or "", before)
        own = self.signer.verifier
        if seen and offered.size == before and any(own.verifies(note.body, line) for line in note.signatures):
            return Look(service, CURRENT, "nothing new", offered.size, before)
        return self._cosigned(log, seen, offered, note)

    def _opened(
        self, text: str, log: notes.Verifier, seen: Seen | None
    ) -> tuple[notes.Verifier, tuple[Checkpoint, notes.Note]]:
        """The key under the checkpoint in ``text``, and the checkpoint: the pinned key, or one that it announced.

        A key that was announced is pinned in its place, and told, once a checkpoint bears it. Raises Refusal, Away.
        """
        try:
            return log, opened(text, log)
        except Refusal as refusal:
            if refusal.kind != "unsigned":
                raise
            keys, texts = announced(self.province.succession(log.name.rpartition("/")[2]), log)
            if not keys.past or (seen is not None and seen.checkpoint.size > keys.past[0].size):
                raise
            found = opened(text, keys)
        size = found[0].size
        self._follow([step for step in zip(keys.past, texts, strict=True) if step[0].size < size], size)
        return keys.at(size), found

    def _follow(self, steps: Sequence[tuple[Succession, str]], size: int) -> None:
        """Pin the last key of ``steps``, of which each is kept with its announcement, and told."""
        last = steps[-1][0].new
        service = last.name.rpartition("/")[2]
        for _, text in steps:
            self.state.keep_announcement(service, text)
        self.state.pin({**self.state.logs(), last.name: last})
        for one, _ in steps:
            said = f"{digits(one.old)} -> {digits(one.new)} over {one.size} events, on the word of {OLD}"
            self.tell(Look(service, NEW_KEY, said, size, None, None, self.state.announcements(service)))

    def _asked(self, service: str, first: int, second: int) -> Proof:
        self._proof = self.province.proof(service, first, second)
        return self._proof

    def _cosigned(self, log: notes.Verifier, seen: Seen | None, offered: Checkpoint, note: notes.Note) -> Look:
        service, before, second = offered.service, seen.checkpoint.size if seen else None, int(self.clock())
        if seen and second < seen.second:
            behind = f"this machine's clock is {seen.second - second} s behind what it signed last; nothing was signed"
            return Look(service, CLOCK, behind, offered.size, before)
        self.state.keep(Seen(offered, note.text, log, second))
        signature = self.signer.signature(note.body, second)
        try:
            self.province.cosign(service, offered.size, signature)
        except (Away, NotTaken) as reason:
            return Look(service, UNSENT, f"signed, and not taken by the province: {reason}", offered.size, before)
        said = "co-signed for the first time" if seen is None else "co-signed"
        return Look(service, COSIGNED, said, offered.size, before)

    def _refused(self, refusal: Refusal, log: notes.Verifier, seen: Seen | None, text: str, before: int | None) -> Look:
        folder, service = self.state.folder / "evidence", log.name.rpartition("/")[2]
        kept = evidence.keep(folder, refusal, log, seen, text, self._proof, int(self.clock()))
        return Look(service, REFUSED, str(refusal), None, before, refusal.kind, kept)
