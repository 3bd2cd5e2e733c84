"""Confirms: which of the messages sent to the broker are safe there.

RabbitMQ answers each published message with an acknowledgement or a refusal (nack), in any order and several at once;
one that no queue took is sent back first (basic.return) and then acknowledged all the same. Invariant: ``confirmed``
is a position up to which every message is safe; it never passes one that was refused or sent back.
"""

from __future__ import annotations

from collections import deque


class Window:
    """The messages in flight on one channel, in the order of their positions."""

    def __init__(self, confirmed: int) -> None:
        self.confirmed = confirmed
        self.refused = 0
        self.in_flight = 0
        self._order: deque[tuple[int, int, str]] = deque()
        self._settled: dict[int, bool] = {}
        self._by_id: dict[str, int] = {}
        self._sent_back: set[int] = set()

    def sent(self, tag: int, position: int, message_id: str) -> None:
        """A message was published. Tags and positions rise from call to call."""
        self._order.append((tag, position, message_id))
        self._by_id[message_id] = tag
        self.in_flight += 1

    def acknowledged(self, tag: int, multiple: bool) -> None:
        """The broker took ``tag``, or all up to it."""
        self._settle(tag, multiple, True)

    def nacked(self, tag: int, multiple: bool) -> None:
        """The broker refused ``tag``, or all up to it."""
        self._settle(tag, multiple, False)

    def returned(self, message_id: str) -> None:
        """The broker found no queue for the message; the acknowledgement that follows means nothing."""
        tag = self._by_id.get(message_id)
        if tag is not None:
            self._sent_back.add(tag)

    def rewind(self) -> int:
        """Forget everything above ``confirmed`` and give that position: what follows it has to be sent again.

        Only for a channel on which nothing is in flight, else an answer could be taken for that of another message.
        """
        if self.in_flight:
            raise RuntimeError(f"{self.in_flight} answers are still due")
        self._order.clear()
        self._settled.clear()
        self._by_id.clear()
        self._sent_back.clear()
        self.refused = 0
        return self.confirmed

    def _settle(self, tag: int, multiple: bool, good: bool) -> None:
        if multiple:
            for each, _, _ in self._order:
                if each > tag:
                    break
                self._settle_one(each, good)
        elif self._order and tag >= self._order[0][0]:
            self._settle_one(tag, good)
        while self._order and self._settled.get(self._order[0][0]):
            first, self.confirmed, message_id = self._order.popleft()
            del self._settled[first], self._by_id[message_id]

    def _settle_one(self, tag: int, good: bool) -> None:
        if tag in self._settled:
            return
        good = good and tag not in self._sent_back
        self._settled[tag] = good
        self.in_flight -= 1
        self.refused += not good
