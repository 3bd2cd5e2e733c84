"""AMQP 0-9-1 frames, as far as a proxy must understand them: where they end, and a few methods.

Source: the AMQP 0-9-1 specification, 2.3.5 (frame: type, channel, size, payload, 0xCE) and RabbitMQ's confirms.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

METHOD: Final = 1
HEADER: Final = 2
BODY: Final = 3
PUBLISH: Final = (60, 40)
ACK: Final = (60, 80)
NACK: Final = (60, 120)
SELECT: Final = (85, 10)
_END: Final = 0xCE


class Frame(NamedTuple):
    """One frame. ``raw`` is all of it."""

    type: int
    channel: int
    raw: bytes

    @property
    def payload(self) -> bytes:
        """What it carries."""
        return self.raw[7:-1]

    @property
    def method(self) -> tuple[int, int] | None:
        """(class, method) of a method frame."""
        return struct.unpack(">HH", self.payload[:4]) if self.type == METHOD else None

    @property
    def body_size(self) -> int:
        """The size of the body that follows a header frame."""
        return int(struct.unpack(">Q", self.payload[4:12])[0])

    @property
    def key(self) -> str:
        """The routing key of a basic.publish."""
        payload = self.payload
        start = 6 + 1 + payload[6]
        return payload[start + 1 : start + 1 + payload[start]].decode()

    @property
    def tag(self) -> int:
        """The delivery tag of an acknowledgement or refusal."""
        return int(struct.unpack(">Q", self.payload[4:12])[0])


class Splitter:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that are whole now. Raises ValueError where the stream is none of frames."""
        self._kept += data
        while len(self._kept) >= 7:
            kind, channel, size = struct.unpack(">BHI", self._kept[:7])
            if len(self._kept) < size + 8:
                return
            raw = bytes(self._kept[: size + 8])
            del self._kept[: size + 8]
            if raw[-1] != _END:
                raise ValueError(f"a frame that ends with {raw[-1]:#x}")
            yield Frame(kind, channel, raw)


def answer(channel: int, method: tuple[int, int], tag: int, flags: int) -> bytes:
    """An acknowledgement (``flags``: multiple) or refusal (multiple, requeue) as a frame."""
    payload = struct.pack(">HHQB", *method, tag, flags)
    return struct.pack(">BHI", METHOD, channel, len(payload)) + payload + bytes([_END])
