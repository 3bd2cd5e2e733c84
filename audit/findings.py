"""What verification can find: a stable code, the service and position it concerns, and a plain sentence.

Invariant: a code once given keeps its meaning; ``CODES`` lists all of them, and docs/auditing.md says what each means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

CODES: Final = {
    "position_missing": "An event is not there though later ones are.",
    "position_twice": "A position comes again or out of order.",
    "head_differs": "The head row says another end than the last event.",
    "leaf_differs": "The stored leaf hash is not that of the stored line.",
    "line_unreadable": "The line is no JSON object with an envelope.",
    "line_not_canonical": "The line says the same as a canonical one but in other bytes.",
    "column_differs": "A column beside the line says something else than the line.",
    "version_gap": "The versions of a stream do not follow each other.",
    "time_runs_back": "An event was recorded before an earlier one.",
    "command_missing": "An event's command is not among the commands of the log.",
    "receipt_differs": "A command's receipt says something else than its events.",
    "command_without_events": "A receipt names events that are not there.",
    "record_missing": "A command, a parked event or a mark of the intake is not there though later ones are.",
    "record_differs": "A command, a parked event or a mark of the intake is not what was stored.",
    "record_unfounded": "A command, a parked event or a mark of the intake was not put there by the log.",
    "records_differ": "The records are not those that were signed.",
    "claim_missing": "A name that an event claims is not held, or by another stream.",
    "claim_unfounded": "A name is held that no event claims.",
    "subtree_differs": "A stored subtree hash is not that of its events.",
    "checkpoint_unreadable": "A stored note is no checkpoint of this log.",
    "checkpoint_missing": "A checkpoint that was signed is not kept any more.",
    "checkpoint_unchained": "A checkpoint does not follow on the one before it.",
    "checkpoint_mistimed": "A checkpoint stands under another moment than the one that was signed.",
    "signature_invalid": "A checkpoint bears no valid signature of the log.",
    "cosignature_invalid": "A line in a witness's name does not verify.",
    "root_differs": "The events are not those that were signed.",
    "fork": "A witnessed checkpoint belongs to another history than the log's own.",
    "log_cut": "The log is shorter than a checkpoint that was signed.",
    "proof_invalid": "An exported event is not proved to be in the signed log.",
    "file_changed": "A file of the bundle is not the one the manifest names.",
    "key_missing": "There is a checkpoint and no key to check it with.",
    "key_unannounced": "A log's key was replaced, and no announcement of it holds.",
    "key_lost": "A person was registered, was not erased, and has no key.",
    "key_not_destroyed": "A person was erased, and has a key or could be given one.",
    "key_destroyed_unfounded": "A key stands as destroyed, and no event says that its person was erased.",
    "guard_off": "A trigger or rule is another than the database was made with.",
    "right_differs": "A right, owner, role, function or constraint is another than the database was made with.",
    "log_unreadable": "A table of the log cannot be read.",
    "fact_unknown": "An event rests on a foreign event that does not exist.",
    "fact_twice": "A foreign event was taken in twice.",
    "fact_not_taken": "A foreign event below the recorded inbox position left no trace.",
    "inbox_behind": "The recorded inbox position is below its last mark, or below what an event rests on.",
    "inbox_ahead": "The recorded inbox position is above its last mark, or above the end of the source.",
    "item_differs": "An item of a city's feed is not the one that follows from its event.",
    "item_missing": "An event concerns a city and has no item in its feed.",
    "item_foreign": "An item of a city's feed follows from no event.",
    "item_order": "The numbers of a city's feed have a gap, or another order than the events.",
    "parked_unfounded": "An event stands as parked that cannot have been.",
    "mark_ahead": "More is said to be published than there is.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. ``position`` is that of the event concerned, None where it concerns the log as a whole.

    ``row`` names what is concerned where it is no event: ``command c-1``, ``parked allocation:17``, ``table log.head``.
    """

    code: str
    service: str
    position: int | None
    sentence: str
    row: str = ""

    @property
    def where(self) -> str:
        """``service:position`` and the row, as far as there are."""
        place = self.service if self.position is None else f"{self.service}:{self.position}"
        return f"{place} {self.row}" if self.row else place


@dataclass(slots=True)
class Findings:
    """The findings of a run: all are counted, at most ``most`` of a code and service kept, so memory stays bounded."""

    most: int = 10_000
    kept: list[Finding] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, code: str, service: str, position: int | None, sentence: str, row: str = "") -> None:
        """Note one. Raises KeyError for a code that is not declared."""
        if code not in CODES:
            raise KeyError(code)
        count = self.counts[service, code] = self.counts.get((service, code), 0) + 1
        if count <= self.most:
            self.kept.append(Finding(code, service, position, sentence, row))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.kept)

    def __len__(self) -> int:
        return sum(self.counts.values())
