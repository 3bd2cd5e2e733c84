"""The pieces of a large batch: the next is made while one is with the server, in order; a fault comes in its turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from kernel.log.commit import ahead
from tests.kit.waiting import BOUND


def test_the_next_piece_is_made_while_one_is_used() -> None:
    begun = [threading.Event() for _ in range(4)]

    def pieces() -> Iterator[bytes]:
        for number, event in enumerate(begun):
            event.set()
            yield b"%d" % number

    used = []
    for piece in ahead(pieces()):
        used.append(piece)
        assert all(event.wait(BOUND) for event in begun[: len(used) + 1])
    assert used == [b"0", b"1", b"2", b"3"]
    assert list(ahead(iter(()))) == []


def test_a_piece_that_cannot_be_made_is_told_after_those_before_it() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"first"
        raise ValueError("not made")

    made = ahead(pieces())
    assert next(made) == b"first"
    with pytest.raises(ValueError, match="not made"):
        next(made)
