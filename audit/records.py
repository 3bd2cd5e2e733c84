"""The records of one log, each against its leaf, and the tree over them against what was signed.

Invariant: a record that is not what its leaf was made of is named itself; the tree is grown from the leaves, so that it
tells of those that were changed together with their leaf. Behind a missing one it says nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from audit.findings import Findings
from audit.sources import RecordRow
from audit.trees import BLOCK, sha256_tree
from kernel.log.records import IntakeRow
from kernel.proof import checkpoint, notes
from kernel.proof.checkpoint import Place


class Records:
    """Checks the records of ``service``; ``due`` are the places of its checkpoints, oldest first."""

    def __init__(self, service: str, due: Iterator[Place], findings: Findings) -> None:
        self.service = service
        self.last = 0
        self.marks: dict[str, int] = {}
        self._due = due
        self._next = next(due, None)
        self._findings = findings
        self._tree = sha256_tree(self._grown)
        self._blocks: dict[tuple[int, int], bytes] = {}
        self._signed = 0
        self._whole = True
        self._wrong: list[Place] = []
        self._compare()

    def page(self, rows: Iterable[RecordRow]) -> None:
        """Check ``rows``, which come by number; those without one come last."""
        for row in rows:
            if row.number < 1:
                self._add("record_unfounded", row, "it has no number among the records of this log")
                continue
            if row.number <= self.last:
                self._add("record_unfounded", row, f"record {row.number} is another")
                continue
            if row.number > self.last + 1:
                self._missing(self.last + 1, row.number - 1)
            self.last = row.number
            if isinstance(row.says, IntakeRow):
                self.marks[row.says.source] = row.says.position
            if row.leaf != row.says.leaf(row.number):
                self._add("record_differs", row, "it is not what its leaf was made of")
            if self._whole:
                self._tree.extend((row.leaf,))
                self._compare()

    def finish(
        self, head: int, stored: Iterable[tuple[int, int, bytes]], inbox: Mapping[str, int]
    ) -> Mapping[str, int]:
        """Hold the last of them against the ``head`` row, and the ``inbox`` against the last marks.

        ``stored`` are the kept subtrees: level, number, hash. Gives the inbox as the marks say; where one of them is
        missing, as it says itself.
        """
        if self.last < head:
            self._missing(self.last + 1, head)
        elif self.last > head:
            sentence = f"the head row says {head} records, the last one is {self.last}"
            self._findings.add("head_differs", self.service, None, sentence, "table log.head")
        if self._wrong:
            first = self._wrong[0]
            more = f"; nor are those under {len(self._wrong) - 1} later checkpoints" if self._wrong[1:] else ""
            sentence = f"the first {first.records} records are not those that were signed{more}"
            self._findings.add("records_differ", self.service, None, sentence, f"checkpoint {first.number}")
        if not self._whole:
            return inbox
        if self._next is not None:
            sentence = f"the records end with {self.last}, {self._next.records} were signed"
            self._findings.add("records_differ", self.service, None, sentence, f"checkpoint {self._next.number}")
        self._kept({(level, number): found for level, number, found in stored})
        for source in sorted({*self.marks, *inbox}):
            mark, says = self.marks.get(source, 0), inbox.get(source, 0)
            if mark != says:
                sentence = f"the inbox says {source} was taken in up to {says}, the last mark of it says {mark}"
                code = "inbox_ahead" if says > mark else "inbox_behind"
                self._findings.add(code, self.service, None, sentence, f"inbox {source}")
        return self.marks

    def _kept(self, stored: Mapping[tuple[int, int], bytes]) -> None:
        """Say which of the ``stored`` subtrees are not those of the records, and which are missing."""
        due = {key: root for key, root in self._blocks.items() if (key[1] + 1) << BLOCK * key[0] <= self._signed}
        for level, number in sorted({*stored, *due}):
            if stored.get((level, number)) != self._blocks.get((level, number)):
                sentence = "the stored hash of records is not theirs, or is not there"
                row = f"record subtree {level}/{number}"
                self._findings.add("subtree_differs", self.service, None, sentence, row)

    def _grown(self, level: int, number: int, root: bytes) -> None:
        self._blocks[level, number] = root

    def _compare(self) -> None:
        while self._next is not None and self._next.records <= self._tree.size:
            self._signed = self._next.records
            if self._next.records == self._tree.size and self._tree.root() != self._next.root:
                self._wrong.append(self._next)
            self._next = next(self._due, None)

    def _missing(self, first: int, last: int) -> None:
        self._whole = False
        which = f"record {first} is" if first == last else f"the records {first} to {last} are"
        self._findings.add("record_missing", self.service, None, f"{which} not there", f"record {first}")

    def _add(self, code: str, row: RecordRow, sentence: str) -> None:
        self._findings.add(code, self.service, row.position, sentence, row.name)


def places(texts: Iterable[str], key: checkpoint.LogKey | None) -> Iterator[Place]:
    """The places in those of the notes ``texts`` that the log signed with ``key``, as long as their records grow."""
    last = 0
    for text in texts:
        try:
            note = notes.parse(text)
            place = checkpoint.read(note.body).place
            if place is None or place.records < last or (key is not None and key.of(note) is None):
                continue
        except (notes.Malformed, notes.Forged):
            continue
        last = place.records
        yield place
