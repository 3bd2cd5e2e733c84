"""A broker that lies: a proxy that drops a share of what is published, and confirms it all the same.

Invariant: the client cannot tell. It numbers its messages from 1 a channel; the broker numbers those that reach it. So
the broker's answers get the client's numbers back, and a dropped message is acknowledged by the proxy itself.
"""

from __future__ import annotations

import json
import random
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from tests.kit.broker import frames
from tests.kit.broker.frames import Frame, Splitter
from tests.kit.waiting import BOUND

_GREETING: Final = 8
"""Bytes a client sends before its first frame."""


class Channel:
    """One channel with confirms: which of the client's messages went through, and what is being swallowed."""

    def __init__(self) -> None:
        self.sent = 0
        self.through: list[int] = []
        self.swallowing: int | None = None  # bytes of body still to come; -1 until the header has told


class Dropper:
    """What happens to the frames of one connection. ``choose`` says of each publish whether it is dropped."""

    def __init__(self, share: float, choice: random.Random) -> None:
        self._share, self._choice = share, choice
        self._channels: dict[int, Channel] = {}
        self._lock = threading.Lock()
        self.dropped: list[str] = []

    def upward(self, frame: Frame) -> tuple[bytes, bytes]:
        """(what goes on to the broker, what goes back to the client) for a frame of the client's."""
        with self._lock:
            if frame.method == frames.SELECT:
                self._channels[frame.channel] = Channel()
            channel = self._channels.get(frame.channel)
            if channel is None:
                return frame.raw, b""
            if channel.swallowing is not None and frame.type in (frames.HEADER, frames.BODY):
                channel.swallowing = (
                    frame.body_size if frame.type == frames.HEADER else channel.swallowing - len(frame.payload)
                )
                if channel.swallowing:
                    return b"", b""
                channel.swallowing = None
                return b"", frames.answer(frame.channel, frames.ACK, channel.sent, 0)
            if frame.method == frames.PUBLISH:
                channel.sent += 1
                if self._choice.random() < self._share:
                    channel.swallowing = -1
                    self.dropped.append(frame.key)
                    return b"", b""
                channel.through.append(channel.sent)
            return frame.raw, b""

    def downward(self, frame: Frame) -> bytes:
        """What goes on to the client for a frame of the broker's."""
        with self._lock:
            channel = self._channels.get(frame.channel)
            if channel is None or frame.method not in (frames.ACK, frames.NACK):
                return frame.raw
            tag = channel.through[frame.tag - 1]
            return frames.answer(frame.channel, frame.method, tag, frame.payload[12])


class Proxy:
    """Listens beside the broker at ``upstream``; ``url`` is the same account through it. Notes what it drops."""

    def __init__(self, upstream: str, share: float, seed: int, notes: Path) -> None:
        parts = urlsplit(upstream)
        self._there = (parts.hostname or "127.0.0.1", parts.port or 5672)
        self._share, self._seed, self._notes = share, seed, notes
        self._lock = threading.Lock()
        self._count = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        account = parts.netloc.rpartition("@")[0]
        port = self._server.getsockname()[1]
        self.url = urlunsplit(parts._replace(netloc=f"{account}@127.0.0.1:{port}"))
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._there, timeout=BOUND)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            self._count += 1
            dropper = Dropper(self._share, random.Random(self._seed * 1_000 + self._count))
            back = threading.Lock()
            threading.Thread(target=self._up, args=(near, far, dropper, back), daemon=True).start()
            threading.Thread(target=self._down, args=(far, near, dropper, back), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket, dropper: Dropper, back: threading.Lock) -> None:
        splitter, greeting = Splitter(), _GREETING
        with _both_ended(near, far):
            while data := near.recv(65_536):
                onward, backward = bytearray(data[:greeting]), bytearray()
                data, greeting = data[greeting:], max(0, greeting - len(data))
                before = len(dropper.dropped)
                for frame in splitter.feed(data):
                    up, down = dropper.upward(frame)
                    onward += up
                    backward += down
                self._note(dropper.dropped[before:])
                far.sendall(onward)
                if backward:
                    with back:
                        near.sendall(backward)

    def _down(self, far: socket.socket, near: socket.socket, dropper: Dropper, back: threading.Lock) -> None:
        splitter = Splitter()
        with _both_ended(near, far):
            while data := far.recv(65_536):
                onward = b"".join(dropper.downward(frame) for frame in splitter.feed(data))
                with back:
                    near.sendall(onward)

    def _note(self, keys: list[str]) -> None:
        if keys:
            with self._lock, self._notes.open("a", encoding="utf-8") as notes:
                notes.writelines(json.dumps({"key": key}) + "\n" for key in keys)


class _both_ended(suppress):  # noqa: N801  # a context, used as one
    """Ends both sockets when one of them does; what a broken connection raises ends here."""

    def __init__(self, *sockets: socket.socket) -> None:
        super().__init__(OSError)
        self._sockets = sockets

    def __exit__(self, *error: object) -> bool:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        return bool(super().__exit__(*error))  # type: ignore[arg-type]
