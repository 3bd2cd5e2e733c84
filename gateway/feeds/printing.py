"""What a subscriber keeps, written to a stream: one CloudEvent a line, in order of sequence, without a gap.

Invariant: a line is written after its event is kept, and noted as written after it is flushed. So whoever reads the
stream misses nothing; after a kill between the two it may see the last lines again, and knows them by their id.
"""

from __future__ import annotations

import threading
from typing import TextIO

from gateway.feeds.kept import Kept


class Printing:
    """Writes the events of ``kept`` to ``out``; where nobody reads any more it sets ``stop``."""

    def __init__(self, kept: Kept, out: TextIO, stop: threading.Event) -> None:
        self._kept = kept
        self._out = out
        self._stop = stop

    def __call__(self) -> None:
        """Write what is kept, complete and not yet written."""
        while lines := self._kept.unprinted():
            try:
                self._out.writelines(f"{body}\n" for _, body in lines)
                self._out.flush()
            except BrokenPipeError:
                self._stop.set()
                return
            self._kept.note_printed(lines[-1][0])
