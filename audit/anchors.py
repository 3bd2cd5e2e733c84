"""The checkpoints of one log: who signed them, and what they say the trees must be.

Invariant: a checkpoint counts only with a valid signature of the log's key. Notes a witness kept are judged like the
log's own; where they disagree with the log, the log has shown two histories or lost its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.chain import UNENDING, Chain
from audit.findings import Findings
from kernel.proof import checkpoint, notes
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.policy import NONE, Policy
from kernel.proof.signedstate import Signed as Remembered

OWN, THEIRS, KEPT = "own", "witnessed", "kept"
Tag = tuple[str, int]
"""(OWN, THEIRS or KEPT, size)."""


@dataclass(slots=True)
class Signed:
    """What the checkpoints of a log come to: how many, the last size signed, the last one witnessed, who is missing."""

    checkpoints: int = 0
    signed: int = 0
    witnessed: int = 0
    missing: tuple[str, ...] = ()


class Anchors:
    """The checkpoints of ``service`` by size: the log's own ``notes_kept`` and the ``witnessed`` ones of others.

    ``remembered`` is what the checkpointer keeps outside the database. It bears no signature; but whoever changes the
    database alone does not change it. ``whole`` is False where only some of the log's checkpoints were handed over.
    """

    def __init__(
        self,
        service: str,
        notes_kept: Iterator[str],
        witnessed: Sequence[str],
        key: checkpoint.LogKey | None,
        policy: Policy,
        findings: Findings,
        remembered: Remembered | None = None,
        whole: bool = True,
    ) -> None:
        self.service = service
        self.signed = Signed()
        self._key = key
        self._policy = policy
        self._findings = findings
        self._keyless = False
        self._chain = Chain() if whole else None
        self._kept = remembered.kept if remembered is not None else 0
        others = [(THEIRS, found) for text in witnessed if (found := self._opened(text, "a witnessed note"))]
        self._due = {found.size: "a witness holds it" for _, found in others}
        if remembered is not None:
            others += _kept(service, remembered)
            self._due |= {size: f"{name} co-signed it" for name, size in remembered.witnesses.items()}
            self._due |= {remembered.announced: "the cities were told of it"}
        self._due.pop(0, None)
        self._others = sorted(others, key=lambda found: found[1].size)
        self._own = self._read(notes_kept)
        self._next = next(self._own, None)

    @property
    def next_size(self) -> int | None:
        """The size of the next checkpoint to be judged, None where there is none left."""
        sizes = [found.size for found in (self._next, *(other for _, other in self._others[:1])) if found is not None]
        return min(sizes, default=None)

    def due(self, size: int) -> list[tuple[Tag, Checkpoint]]:
        """The checkpoints of that size, each with a tag, in order; they are not given again."""
        found: list[tuple[Tag, Checkpoint]] = []
        while self._others and self._others[0][1].size == size:
            kind, other = self._others.pop(0)
            found.append(((kind, size), other))
        while self._next is not None and self._next.size == size:
            found.append(((OWN, size), self._next))
            self._next = next(self._own, None)
        return found

    def differ(self, wrong: Mapping[str, Sequence[Tag]], again: Iterable[str]) -> None:
        """Say which roots were wrong: tags by the name of the hash. ``again`` are the log's own notes once more."""
        own = sorted({size for tags in wrong.values() for kind, size in tags if kind == OWN})
        if own:
            hashes = " and ".join(name for name, tags in wrong.items() if (OWN, own[0]) in tags)
            good = _before(own[0], again)
            more = f"; nor are those under {len(own) - 1} later checkpoints" if len(own) > 1 else ""
            sentence = f"events {good + 1} to {own[0]} are not those that were signed ({hashes}){more}"
            self._add("root_differs", own[0], sentence)
        for size in sorted({size for tags in wrong.values() for kind, size in tags if kind == THEIRS}):
            if own and own[0] <= size:
                sentence = f"the first {size} events are not those that a witness saw signed"
                self._add("root_differs", size, sentence)
            else:
                sentence = f"a witness holds another history of the first {size} events, signed by this log"
                self._add("fork", size, sentence)
        for size in sorted({size for tags in wrong.values() for kind, size in tags if kind == KEPT}):
            sentence = f"the first {size} events are not those that the checkpointer remembers having signed"
            self._add("root_differs", size, sentence)

    def cut(self, head: int) -> None:
        """Say which of the checkpoints that are left are beyond the position at which the log ends."""
        beyond = [found.size for found in (self._next, *self._own) if found is not None and found.size > head]
        if beyond:
            count = f", {len(beyond)} checkpoints in all" if len(beyond) > 1 else ""
            self._add("log_cut", head, f"the log ends here, a checkpoint over {max(beyond)} events was signed{count}")
        for kind, found in self._others:
            if found.size > head:
                who = "a witness holds" if kind == THEIRS else "its checkpointer remembers"
                self._add("log_cut", head, f"the log ends here, {who} a checkpoint over {found.size} events")
        if self._chain is not None:
            self._chained(self._chain, head)
        for size in sorted(size for size in self._due if size <= head):
            self._add("checkpoint_missing", size, f"no checkpoint over {size} events is kept; {self._due[size]}")

    def _chained(self, chain: Chain, head: int) -> None:
        """Say which checkpoints are missing, but for those that are named by their size, and which do not follow."""
        chain.end(self._kept)
        for gap in chain.gaps:
            if sum(gap.after < size < gap.upto for size in self._due) < gap.count:
                what = f"the last one there is over {gap.after} events; its checkpointer kept more"
                if gap.upto != UNENDING:
                    what = f"the one over {gap.upto} events came after"
                self._add("checkpoint_missing", min(gap.upto, head), f"{gap.named} not there; {what}")
        for size, sentence in chain.broken:
            self._add("checkpoint_unchained", size, f"the checkpoint over {size} events: {sentence}")

    def compare(self) -> None:
        """Hold what others kept against the log's own of the same size, where the events in between are not at hand."""
        own = {found.size: found for found in (self._next, *self._own) if found is not None}
        for _, found in self._others:
            known = own.get(found.size, found)
            if (known.root, known.sm3) != (found.root, found.sm3):
                sentence = f"a witness holds another history of the first {found.size} events, signed by this log"
                self._add("fork", found.size, sentence)

    def _read(self, texts: Iterator[str]) -> Iterator[Checkpoint]:
        last = 0
        for text in texts:
            found = self._opened(text, "a checkpoint")
            if found is None:
                if self._chain is not None:
                    self._chain.unread()
                continue
            self.signed.checkpoints += 1
            if found.size < last:
                self._add("checkpoint_unreadable", found.size, f"stands behind the one over {last} events")
                continue
            last = self.signed.signed = found.size
            self._due.pop(found.size, None)
            if self._chain is not None:
                self._chain.follow(found)
            yield found

    def _opened(self, text: str, what: str) -> Checkpoint | None:
        """The checkpoint in ``text``, None (and a finding) where it is none of this log."""
        try:
            note = notes.parse(text)
            found = checkpoint.read(note.body)
            if found.service != self.service:
                raise notes.Malformed(f"it is of the log {found.origin}")
        except notes.Malformed as error:
            self._add("checkpoint_unreadable", None, f"{what} cannot be used: {error}")
            return None
        if self._key is None:
            if not self._keyless:
                self._add("key_missing", None, "there are checkpoints, and no key of this log to check them with")
            self._keyless = True
            return found
        try:
            if found.origin != self._key.name or self._key.of(note) is None:
                raise notes.Forged("there is none")
        except notes.Forged:
            self._add("signature_invalid", found.size, f"{what} over {found.size} events bears no signature of the log")
            return None
        self._cosigned(note, found)
        return found

    def _cosigned(self, note: notes.Note, found: Checkpoint) -> None:
        seen: set[str] = set()
        for name, key in self._policy.witnesses.items():
            try:
                if key.of(note) is not None:
                    seen.add(name)
            except notes.Forged:
                self._add("cosignature_invalid", found.size, f"a line in the name of {name} does not verify")
        if self._policy.quorum != NONE and self._policy.enough(seen):
            self.signed.witnessed = max(self.signed.witnessed, found.size)
        self.signed.missing = tuple(name for name in self._policy.witnesses if name not in seen)

    def _add(self, code: str, position: int | None, sentence: str) -> None:
        self._findings.add(code, self.service, position, sentence)


def _kept(service: str, remembered: Remembered) -> list[tuple[str, Checkpoint]]:
    """What the checkpointer remembers as a checkpoint, where it has signed any."""
    if not remembered.size:
        return []
    roots = bytes.fromhex(remembered.root), bytes.fromhex(remembered.sm3)
    return [(KEPT, Checkpoint(service, remembered.size, *roots))]


def _before(size: int, texts: Iterable[str]) -> int:
    """The size of the last readable checkpoint smaller than ``size``, 0 where there is none."""
    last = 0
    for text in texts:
        try:
            found = checkpoint.read(notes.parse(text).body).size
        except notes.Malformed:
            continue
        if found >= size:
            break
        last = found
    return last
