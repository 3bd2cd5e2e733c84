"""Pipeline: a connection that sends many messages with one system call, and never reads while it publishes.

The library writes every frame by itself and, before each message, looks whether the broker has blocked it; both cost
more than the message. Within ``gathered`` frames are collected and sent some 64 KiB at a time. A broker short of memory
or disk stops reading from whoever publishes, and says so: ``blocked`` is known once that was taken in.
Invariant: frames go out in the order in which they were written, and none stays behind when the block ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import amqp
from amqp.connection import NEGOTIATE_CAPABILITIES
from amqp.method_framing import frame_writer

_FULL = 65_536
BLOCKED: Final = "blocked: the broker is short of memory or disk"
"""What readiness says of it."""


class Pipeline(amqp.Connection):  # type: ignore[misc]  # the library has no types
    """A connection to publish on; see ``gathered``."""

    negotiate_capabilities = NEGOTIATE_CAPABILITIES | {"connection.blocked": True}

    def __init__(self, *args: Any, **options: Any) -> None:
        self._gathering = False
        self._frames = bytearray()
        self._send: Callable[[Any], None] | None = None
        self.blocked = False
        super().__init__(*args, frame_writer=self._writer, **options)

    def connect(self, callback: Any = None) -> None:
        """Open the connection. The broker is told that it may say it blocks us, the library not to read for it."""
        super().connect(callback)
        if "capabilities" in self.client_properties:
            self.client_properties["capabilities"]["connection.blocked"] = False

    def _on_blocked(self) -> None:
        self.blocked = True

    def _on_unblocked(self) -> None:
        self.blocked = False

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Within the block frames are sent together. Where it is left by an error what is unsent is dropped."""
        self._gathering = True
        try:
            yield
            self._flush()
        finally:
            self._gathering = False
            self._frames.clear()

    def write(self, frame: Any) -> None:
        """Called by the library with one frame, a view that it will use again for the next."""
        if not self._gathering:
            self._send(frame)  # type: ignore[misc]
            return
        self._frames += frame
        if len(self._frames) >= _FULL:
            self._flush()

    def _flush(self) -> None:
        if self._frames:
            self._send(self._frames)  # type: ignore[misc]
            self._frames.clear()

    def _writer(self, connection: amqp.Connection, transport: Any) -> Any:
        self._send = transport.write
        return frame_writer(connection, self)
