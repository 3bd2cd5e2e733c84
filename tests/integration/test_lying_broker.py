"""The lying broker: what is dropped never arrives, is confirmed all the same, and the answers to the rest keep their
numbers; on frames alone, and on a real broker."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

import amqp
import pytest

from kernel import bus
from tests.kit.broker import frames
from tests.kit.broker.frames import Frame, Splitter
from tests.kit.broker.proxy import Dropper, Proxy
from tests.kit.waiting import BOUND


def frame(kind: int, channel: int, payload: bytes) -> bytes:
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + b"\xce"


def method(channel: int, kind: tuple[int, int], rest: bytes = b"") -> bytes:
    return frame(frames.METHOD, channel, struct.pack(">HH", *kind) + rest)


def publish(channel: int, key: bytes, body: bytes) -> bytes:
    named = method(channel, frames.PUBLISH, b"\0\0" + b"\x01e" + bytes([len(key)]) + key + b"\0")
    header = frame(frames.HEADER, channel, struct.pack(">HHQH", 60, 0, len(body), 0))
    return named + header + (frame(frames.BODY, channel, body) if body else b"")


class Every(random.Random):
    """Drops the publishes whose numbers are given, from 1."""

    def __init__(self, *dropped: int) -> None:
        super().__init__()
        self._left, self._dropped = 0, dropped

    def random(self) -> float:
        self._left += 1
        return 0.0 if self._left in self._dropped else 1.0


def split(data: bytes) -> list[Frame]:
    return list(Splitter().feed(data))


def test_frames_are_cut_wherever_the_stream_breaks() -> None:
    stream = publish(1, b"a.B", b"x" * 300) + method(2, frames.SELECT, b"\0")
    splitter = Splitter()
    found = [f for byte in stream for f in splitter.feed(bytes([byte]))]
    assert b"".join(f.raw for f in found) == stream
    assert (found[0].method, found[0].key, found[1].body_size) == (frames.PUBLISH, "a.B", 300)
    with pytest.raises(ValueError, match="a frame that ends with 0x0"):
        split(b"\x01\0\0\0\0\0\0\0")


@pytest.mark.parametrize("body", [b"", b"body"])
def test_the_dropped_is_swallowed_whole_and_confirmed_and_the_others_keep_their_numbers(body: bytes) -> None:
    dropper = Dropper(0.5, Every(2))
    up, down = b"", b""
    for each in split(method(1, frames.SELECT, b"\0") + publish(1, b"a", b"1") + publish(1, b"b", body)):
        onward, back = dropper.upward(each)
        up, down = up + onward, down + back
    assert up == method(1, frames.SELECT, b"\0") + publish(1, b"a", b"1")
    assert down == frames.answer(1, frames.ACK, 2, 0)
    assert dropper.dropped == ["b"]
    for each in split(publish(1, b"c", b"3")):
        assert dropper.upward(each) == (each.raw, b"")
    (second,) = split(frames.answer(1, frames.ACK, 2, 1))  # the broker's second is the client's third
    assert dropper.downward(second) == frames.answer(1, frames.ACK, 3, 1)
    (refusal,) = split(frames.answer(1, frames.NACK, 1, 2))
    assert dropper.downward(refusal) == frames.answer(1, frames.NACK, 1, 2)


def test_a_channel_without_confirms_is_left_alone() -> None:
    dropper = Dropper(1.0, random.Random(1))
    for each in split(publish(1, b"a", b"1")):
        assert dropper.upward(each) == (each.raw, b"")
    (ack,) = split(frames.answer(1, frames.ACK, 7, 0))
    assert dropper.downward(ack) == ack.raw


def test_on_a_real_broker_a_share_is_missing_and_all_is_confirmed(rabbit_server: Any, tmp_path: Path) -> None:
    notes = tmp_path / "dropped"
    proxy = Proxy(rabbit_server.url, 0.1, 7, notes)
    confirmed: list[int] = []
    connection = bus.connect(proxy.url, "liar")
    try:
        channel = connection.channel()
        channel.queue_declare("lied", exclusive=True)
        channel.confirm_select()
        channel.events["basic_ack"].add(lambda tag, multiple: confirmed.append(tag))
        for number in range(200):
            channel.basic_publish(amqp.Message(str(number)), routing_key="lied")
        while 200 not in confirmed:
            connection.drain_events(timeout=BOUND)
        _, arrived, _ = channel.queue_declare("lied", passive=True)
        dropped = len(notes.read_text().splitlines())
        assert 0 < dropped < 60
        assert arrived == 200 - dropped
    finally:
        bus.hang_up(connection)
        proxy.close()
