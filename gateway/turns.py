"""Turns: whose request a service is given next, so that nobody waits for all that another asks. Pure.

Subjects take turns; the requests of one go in the order in which they came. Invariants: a service has at most ``most``
requests in hand and at most ``own`` of one subject, even where nobody else asks: what is in hand cannot be taken back
from whoever comes next. So who comes waits for no more than ``own`` requests of any other subject.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """The requests to one service, each a ticket of its subject: waiting, then in hand, then gone.

    Not safe for threads.
    """

    def __init__(self, most: int, own: int) -> None:
        self._most = most
        self._own = own
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        self._in_hand: Counter[str] = Counter()

    def ask(self, subject: str, ticket: T) -> None:
        """Let ``ticket`` wait for a turn of its subject."""
        self._waiting.setdefault(subject, deque()).append(ticket)

    def next(self) -> list[T]:
        """The tickets whose turn has come, from now on in hand."""
        begun: list[T] = []
        while self._in_hand.total() < self._most and (subject := self._due()) is not None:
            waiting = self._waiting.pop(subject)
            begun.append(waiting.popleft())
            self._in_hand[subject] += 1
            if waiting:  # behind all others that wait
                self._waiting[subject] = waiting
        return begun

    def end(self, subject: str) -> None:
        """A request of ``subject`` is in hand no more."""
        self._in_hand[subject] -= 1
        if not self._in_hand[subject]:
            del self._in_hand[subject]

    def leave(self, subject: str, ticket: T) -> bool:
        """Wait no longer; False where the turn had come."""
        waiting = self._waiting.get(subject, deque())
        if ticket not in waiting:
            return False
        waiting.remove(ticket)
        if not waiting:
            del self._waiting[subject]
        return True

    def _due(self) -> str | None:
        return next((subject for subject in self._waiting if self._in_hand[subject] < self._own), None)


class Shares:
    """How many requests are under way: at most ``most``, and at most ``own`` of one subject. Not safe for threads.

    The scarcer places get, the smaller a share: it is to the free places as ``own`` is to the others of ``most``.
    Invariant: however many subjects take all they can, each who comes finds a place, unless there is one for each.
    """

    def __init__(self, most: int, own: int) -> None:
        self._most = most
        self._own = own
        self._under_way: Counter[str] = Counter()

    def full(self) -> bool:
        """Whether nobody may come."""
        return self._under_way.total() >= self._most

    def used_up(self, subject: str) -> bool:
        """Whether ``subject`` has all that it may have now."""
        held, free = self.held(subject), self._most - self._under_way.total()
        return held > 0 and held * (self._most - self._own) >= self._own * free

    def held(self, subject: str) -> int:
        """How many of ``subject`` are under way."""
        return self._under_way[subject]

    def take(self, subject: str) -> None:
        """One more of ``subject``."""
        self._under_way[subject] += 1

    def give(self, subject: str) -> None:
        """One less of ``subject``."""
        self._under_way[subject] -= 1
        if not self._under_way[subject]:
            del self._under_way[subject]
