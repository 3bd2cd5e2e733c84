"""The notary of one log: follows it, and signs the tree over it after every check it can make.

Before anything is signed: the database's tree has the roots that were signed last, also by the memory outside the
database, and every event since was hashed anew from its bytes. A checkpoint is numbered, and names the one before it
even where that was taken out of the database since. Invariant: two trees of one size, or a smaller one after a larger,
never get a signature.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kernel.errors import Corrupt
from kernel.merkle import sm3
from kernel.proof import checkpoint, notes, subtrees
from kernel.proof.checkpoint import NOTHING, Checkpoint, Place
from kernel.proof.recordtree import RecordTree
from kernel.proof.signedstate import Signed, SignedState
from kernel.proof.signing import Signing
from kernel.proof.tree import StoredTree
from kernel.proof.twopaths import Tampered, TwoPaths

PAGE: Final = 1_000
AT_ONCE: Final = 50
"""Pages read before the loop comes round again."""


class Restored(Tampered):
    """The log ends at position ``there``, before the ``size`` events it had: taken back to an earlier hour, or cut."""

    def __init__(self, there: int, size: int) -> None:
        super().__init__(f"the log ends at {there}, and {size} events were there")
        self.there = there


class Notary:
    """One session's work.

    ``keys`` are those of the log over time, where it had others before that of ``signer``.
    ``signed`` is what is remembered outside the database, ``stored`` the size of the last checkpoint kept in it,
    ``signed_at`` its time in microseconds. ``forgotten`` is True where checkpoints stand in the database and nothing is
    remembered outside it: then only the cities can tell whether there were more. ``lost`` says which checkpoints were
    kept and are not there any more, empty where none is.
    """

    def __init__(
        self,
        signing: Signing,
        signer: notes.Signer,
        state: SignedState,
        now: Callable[[], int] = lambda: time.time_ns() // 1_000,
        keys: checkpoint.LogKey | None = None,
    ) -> None:
        self._signing = signing
        self._signer = signer
        self._keys = keys or signer.verifier
        self._state = state
        self._now = now
        self.signed = Signed()
        self.stored = self.signed_at = 0
        self.forgotten = False
        self.lost = ""
        self._number = self._above = 0
        self._before = NOTHING
        self._paths = TwoPaths.empty()
        self._records = RecordTree(signing)

    @property
    def size(self) -> int:
        """How many events have been read and hashed."""
        return self._paths.size

    def begin(self) -> None:
        """Go on where the last checkpoint stands.

        Raises:
            Tampered: the database holds another tree than was signed; Restored where it holds less.
            Damaged: the memory outside the database cannot be read.
        """
        last = self._signing.last()
        stood = self._opened(last[2]) if last else None
        size = stood.size if stood else 0
        kept = self._state.load()
        self.forgotten = kept is None and stood is not None
        remembered = kept or Signed(announced=size)
        self._reach(max(size, remembered.size))
        tree = StoredTree(self._signing.raw, size)
        try:
            self._paths = TwoPaths.of(tree) if size else TwoPaths.empty()
            if stood and self._paths.roots() != (stood.root, stood.sm3):
                raise Tampered(f"the tree of the first {size} events is not the one that was signed")
            if remembered.size <= size:
                found = subtrees.root(remembered.size, tree.stored), subtrees.root(remembered.size, tree.sm3, sm3)
            else:
                self._read_to(remembered.size)
                found = self._paths.roots()
        except Corrupt as missing:
            raise Tampered(str(missing)) from missing
        if remembered.size and (found[0].hex(), found[1].hex()) != (remembered.root, remembered.sm3):
            raise Tampered(f"another tree of {remembered.size} events was signed before")
        self.signed = remembered
        if stood and size > remembered.size:
            self.signed = replace(remembered, size=size, root=stood.root.hex(), sm3=stood.sm3.hex())
        self.stored = size
        self.signed_at = stood.place.signed_at if stood and stood.place else last[1] if last else 0
        self._stand_on(stood)

    def follow(self) -> bool:
        """Read and hash what is new, a bounded number of events. True where there may be more.

        Raises:
            Tampered: a line is not the one its leaf was made of, or is missing; Restored where the log became shorter.
        """
        self._reach(self.size)
        more = self._records.follow(AT_ONCE)
        return self._read_to(self.size + AT_ONCE * PAGE) or more

    def sign(self) -> Checkpoint | None:
        """Sign the tree over all that was read, where it has grown. Raises Tampered; OSError where the disk refuses."""
        if self.size <= max(self.stored, self._above):
            return None
        root, national = self._paths.roots()
        moment = max(self._now(), self.signed_at)
        place = Place(self._number + 1, moment, self._before, self._records.size, self._records.root())
        made = Checkpoint(self._signer.verifier.name, self.size, root, national, place)
        self.remember(replace(self.signed, size=made.size, root=root.hex(), sm3=national.hex()))
        note = notes.sign(made.body, self._signer)
        self._signing.store(made.size, moment, note.text, self._paths.taken(), self._records.taken())
        self.stored, self.signed_at = made.size, moment
        self._number, self._before = place.number, made.text_hash
        self.remember(replace(self.signed, kept=place.number, text=self._before.hex()))
        return made

    def remember(self, signed: Signed) -> None:
        """Keep what else is worth remembering of the tree signed last. Raises OSError."""
        if signed != self.signed:
            self._state.save(signed)
            self.signed = signed

    def _stand_on(self, stood: Checkpoint | None) -> None:
        """Take up the numbers and the records where ``stood``, the last checkpoint that is kept, left them.

        One without a place was signed before checkpoints were numbered: the next has the number that comes next.
        """
        if stood is None:
            self._number, self._before = 0, NOTHING
        else:
            self._number = stood.place.number if stood.place else self._signing.checkpoints()
            self._before = stood.text_hash
        kept, self.lost = self.signed.kept, ""
        if kept > self._number:  # the next goes on behind them: the gap can be seen, and closes when they are back
            self.lost = f"checkpoints {self._number + 1} to {kept} were kept and are not there"
            self._number, self._before, self._above = kept, bytes.fromhex(self.signed.text), self.signed.size
        self._records = RecordTree(self._signing, stood.place if stood else None)

    def _opened(self, text: str) -> Checkpoint:
        try:
            return checkpoint.opened(text, self._keys)[0]
        except ValueError as reason:
            raise Tampered(f"the last checkpoint is not ours: {reason}") from reason

    def _reach(self, size: int) -> None:
        head, last = self._signing.ends()
        if min(head, last) < size:
            raise Restored(min(head, last), size)

    def _read_to(self, size: int) -> bool:
        while self.size < size:
            most = min(PAGE, size - self.size)
            page = self._signing.events(self.size, most)
            for position, line, leaf in page:
                self._paths.add(position, line, leaf)
            if len(page) < most:
                return False
        return True
