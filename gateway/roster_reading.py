"""Reading a stranger's workbook at arm's length: in a process of its own that may fail without anybody else failing.

What a file costs to lay out cannot be known for certain before (places written in another way, one text shown by every
cell, a fault of the reading library), so its reader gets so much memory and time and no more, and stands behind
everybody else on the machine. Few read at a time, subjects in turns. Invariants: the caller gets rows or a refusal,
whatever becomes of the reader; nobody's file is read for longer than somebody waits for it.

    python -m gateway.roster_reading LN2018 5000 < roster.xlsx
"""

from __future__ import annotations

import base64
import os
import resource
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from gateway import ledger, roster, workbook
from gateway.roster_refusals import ROSTER_READERS_BUSY
from gateway.turns import Shares, Turns
from kernel.errors import BadInput

READERS: Final = 2
"""Workbooks that are read at a time; of one subject one."""
ROOM: Final = 8
"""Workbooks that are read or wait to be, at a time."""
SHARE: Final = 3
"""Of these, those of one subject."""
_MEMORY: Final = 1 << 30  # bytes; a roster of 5,000 rows takes a fifth of it, one of 10,000 two
_PROCESSOR: Final = 5  # seconds; a roster of 5,000 rows takes one, one of 10,000 two
_BEHIND: Final = 3  # of 19: how far a reader stands behind those who answer
_PATIENCE: Final = 20.0  # seconds for a turn, and again for the reading; the machine may be busy
_LOOK: Final = 0.1  # seconds between two looks whether anybody still waits
_AGAIN: Final = 2  # seconds after which a reader may be free
_ROOT: Final = Path(__file__).parents[1]
_PIECE: Final = 16_000
"""Characters: no text of a request has more than 20,000."""
_PACKED: Final = "packed"
COMMAND: Final = (sys.executable, "-m", "gateway.roster_reading")


class Readers:
    """The readers of workbooks. Safe for threads."""

    def __init__(self, command: tuple[str, ...] = COMMAND, patience: float = _PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._turns: Turns[threading.Event] = Turns(READERS, 1)
        self._shares = Shares(ROOM, SHARE)
        self._lock = threading.Lock()

    def admit(self, subject: str) -> None:
        """Check that a file of ``subject`` could wait for a reader now. Raises Busy: ``roster_readers_busy``."""
        with self._lock:
            self._check(subject)

    def rows(
        self, body: bytes, table: str, subject: str, left: Callable[[], bool], most: int = roster.MOST_ROWS
    ) -> list[dict[str, Any]]:
        """The rows of the workbook in ``body``, at most ``most``, as ``roster.rows`` gives them for the form called
        ``table``: that of a programme's roster ("LN2018"), or of one of its ledgers ("LN2018/village").

        Where ``left`` says that nobody waits any more, the file is let go.

        Raises:
            BadInput: as ``roster.rows`` does, and ``roster_too_large`` where the reader was stopped or fell.
            Busy: ``roster_readers_busy``: there was no place, no turn in time, or nobody to read for.
        """
        found: list[dict[str, Any]] = self._found(body, (table, str(most)), subject, left)["rows"]
        return found

    def packed(self, body: bytes, table: str, subject: str, left: Callable[[], bool], most: int) -> dict[str, Any]:
        """The same rows, packed by the reader as a job takes them (``packed``): they are laid out nowhere else. Raises
        as ``rows`` does.
        """
        found: dict[str, Any] = self._found(body, (table, str(most), _PACKED), subject, left)["packed"]
        return found

    def _found(self, body: bytes, asked: tuple[str, ...], subject: str, left: Callable[[], bool]) -> dict[str, Any]:
        with self._turn(subject, left):
            done = self._read(body, asked, left)
        if done is None:
            raise workbook.too_large(int(asked[1]) + 1)
        answer: dict[str, Any] = orjson.loads(done)
        if "refusal" in answer:
            raise BadInput(**answer["refusal"])
        return answer

    def _check(self, subject: str) -> None:
        if self._shares.full() or self._shares.used_up(subject):
            raise ROSTER_READERS_BUSY().again_in(_AGAIN)

    @contextmanager
    def _turn(self, subject: str, left: Callable[[], bool]) -> Iterator[None]:
        ticket, until = threading.Event(), time.monotonic() + self._patience
        with self._lock:
            self._check(subject)
            self._shares.take(subject)
            self._turns.ask(subject, ticket)
            self._begin()
        try:
            while not ticket.wait(_LOOK):
                if left() or time.monotonic() >= until:
                    raise ROSTER_READERS_BUSY().again_in(_AGAIN)
            yield
        finally:
            with self._lock:
                self._shares.give(subject)
                if not self._turns.leave(subject, ticket):
                    self._turns.end(subject)
                self._begin()

    def _begin(self) -> None:
        for ticket in self._turns.next():
            ticket.set()

    def _read(self, body: bytes, asked: tuple[str, ...], left: Callable[[], bool]) -> bytes | None:
        """What a reader says of the file; None where it was stopped or fell. Raises Busy."""
        until = time.monotonic() + self._patience
        # Nothing of ours goes along, and what a crashing reader says of the file is not passed on. The file lies in
        # memory: ``communicate`` stops giving at its first timeout, and a pipe holds less than a file may have.
        with (
            _in_memory(body) as given,
            subprocess.Popen(
                [*self._command, *asked],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PYTHONPATH": str(_ROOT)},
            ) as reader,
        ):
            try:
                while not left():
                    try:
                        said, _ = reader.communicate(timeout=_LOOK)
                    except subprocess.TimeoutExpired:
                        if time.monotonic() >= until:
                            return None
                    else:
                        return said if reader.returncode == 0 else None
            finally:
                reader.kill()
        raise ROSTER_READERS_BUSY().again_in(_AGAIN)


def _in_memory(body: bytes) -> BinaryIO:
    """An open file that holds ``body`` and stands on no disk."""
    file = os.fdopen(os.memfd_create("roster"), "w+b")
    file.write(body)
    file.seek(0)
    return file


def packed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as a job takes them: the keys in the order of the sheet, and all of it deflated, in base64, in pieces."""
    whole = base64.b64encode(zlib.compress(orjson.dumps(rows), 1)).decode()
    return {"columns": list(rows[0]), "pack": [whole[at : at + _PIECE] for at in range(0, len(whole), _PIECE)]}


def main(table: str, most: str, form: str = "rows") -> None:
    """The reader: a workbook on standard input; {"rows": …}, {"packed": …} or {"refusal": …} on standard output."""
    os.nice(_BEHIND)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR, _PROCESSOR))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    answer: dict[str, Any]
    try:
        rows = roster.rows(sys.stdin.buffer.read(), _form(table), int(most))
        answer = {form: packed(rows) if form == _PACKED else rows}
    except BadInput as refusal:
        answer = {"refusal": {name: value for name, value in refusal.problem().items() if name != "kind"}}
    sys.stdout.buffer.write(orjson.dumps(answer))


def _form(table: str) -> roster.Form:
    programme, _, kind = table.partition("/")
    return ledger.form(programme, kind) if kind else roster.named(programme)


if __name__ == "__main__":
    main(*sys.argv[1:])
