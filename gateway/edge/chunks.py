"""A body in chunks, read strictly: a size in hexadecimal digits, the octets, CRLF; 0 at the end; nothing besides.

Chunk extensions and trailers, which RFC 9112 section 7.1 would have a recipient skip, are refused: nobody here has a
use for them, and what two readers skip differently is where one request ends for one of them and not for the other.
"""

from __future__ import annotations

import re
from typing import Any, Final

_SIZE: Final = re.compile(rb"[0-9A-Fa-f]{1,8}")
_SIZED, _ENDED, _LAST = range(3)


class Chunks:
    """Receives the octets of a body; ``buffer`` takes its content. waitress' ``IStreamConsumer``."""

    def __init__(self, buffer: Any) -> None:
        self.completed = False
        self.error: str | None = None
        self._buffer = buffer
        self._line = b""
        self._rest = 0
        self._expects = _SIZED

    def __len__(self) -> int:
        return int(self._buffer.__len__())

    def received(self, data: bytes) -> int:
        """Take in ``data``; gives how much of it is of this body. ``error`` says what cannot be read."""
        offered, data, self._line = len(data), self._line + data, b""
        while data and not self.completed and self.error is None:
            if self._rest:
                part, data = data[: self._rest], data[self._rest :]
                self._buffer.append(part)
                self._rest -= len(part)
                continue
            line, end, behind = data.partition(b"\r\n")
            if end:
                data = behind
                self._read(line)
            elif _SIZE.fullmatch(line.rstrip(b"\r")) or line == b"\r":  # its other half may be still to come
                self._line, data = data, b""
            else:
                self.error = "a line that is none of a body in chunks"
        return offered - len(data) if self.completed else offered

    def _read(self, line: bytes) -> None:
        if self._expects == _SIZED and _SIZE.fullmatch(line):
            self._rest = int(line, 16)
            self._expects = _ENDED if self._rest else _LAST
        elif self._expects != _SIZED and not line:
            self.completed = self._expects == _LAST
            self._expects = _SIZED
        else:
            self.error = "a line that is none of a body in chunks"

    def getfile(self) -> Any:
        """The content as a file."""
        return self._buffer.getfile()

    def getbuf(self) -> Any:
        """The buffer itself."""
        return self._buffer
