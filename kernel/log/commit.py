"""Committing a group: one transaction for all its appends, in one round trip where the writer knows how the log stands.

It knows that as long as it alone has written. Then the whole transaction goes at once, and moves the head from where
the writer left it, or not at all. Otherwise: lock the head and learn the facts; write all and commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import psycopg2

from kernel.log import Append, Project, Receipt, statements
from kernel.log.batch import Batch, Facts, Needs
from kernel.log.group import Entry
from kernel.log.known import Known
from kernel.log.meter import Meter
from kernel.log.refusals import LOG_AWAY
from kernel.log.sessions import Lost, Writer
from kernel.log.statements import Piece

# Classes of errors after which the same command may succeed: rollback, resources, object state, operator, system.
_PASSING = ("40", "53", "55", "57", "58")
# Events of a group that are sent as one text; what has more goes alone, in pieces, after the head is locked.
_AT_ONCE = 2_000
Asking = Sequence[Entry[Append, Receipt]]
Outcome = list[Receipt] | Exception


class Committer:
    """Commits groups through ``writer``; what it does not settle itself it raises. One group at a time."""

    def __init__(self, service: str, project: Project, now: Callable[[], int], writer: Writer, meter: Meter) -> None:
        self._service = service
        self._project = project
        self._now = now
        self._writer = writer
        self._meter = meter
        self._known = Known()

    def serve(self, group: list[Entry[Append, Receipt]]) -> None:
        """Commit a group; where that fails as a whole, each entry alone, so that one cannot fail the others."""
        with self._meter.group():
            try:
                if len(group) > 1 and _events(group) > _AT_ONCE:
                    self._serve_each(group)
                else:
                    self._transact(group)
            except Exception as error:
                if len(group) == 1 and not isinstance(error, Lost):
                    group[0].settle(told(error))
                else:
                    self._serve_each(group)
        self._meter.settled(group)

    def _serve_each(self, group: Asking) -> None:
        for entry in group:
            try:
                self._transact([entry])
            except Exception as error:
                entry.settle(told(error))

    def _transact(self, group: Asking) -> None:
        """Commit ``group`` in one transaction and settle its entries; raises where the transaction fails."""
        needs = Needs.of(item for entry in group for item in entry.asked)
        try:
            if _events(group) > _AT_ONCE:
                outcomes = self._in_pieces(group, needs)
            else:
                outcomes = self._at_once(group, needs) or self._in_two_steps(group, needs)
        except Exception:
            self._known.forget()
            raise
        except BaseException:  # stopped between the round trips: ending the session frees the head
            self._known.forget()
            self._writer.close()
            raise
        for entry, outcome in zip(group, outcomes, strict=True):
            entry.settle(outcome)

    def _at_once(self, group: Asking, needs: Needs) -> list[Outcome] | None:
        """The outcomes, where what is known was enough and nothing is refused; None where it must be asked."""
        facts = self._known.facts(needs)
        if facts is None:
            return None
        before = facts.position
        batch, outcomes = self._batch(group, facts)
        if batch.empty or any(isinstance(outcome, Exception) for outcome in outcomes):
            return None
        try:
            self._tell(group, statements.advance(batch, before))
        except psycopg2.Error:  # the server has rolled it back; asking will show why
            _not_sent(group)
            self._known.wrong()
            return None
        self._known.right()
        self._committed(group, batch, before, facts)
        return outcomes

    def _in_pieces(self, group: Asking, needs: Needs) -> list[Outcome]:
        """The outcome of the one entry of ``group``, which is taken in while its first events are with the server."""
        (entry,) = group
        try:
            facts = statements.facts(self._writer.ask(statements.ask(needs)))
            before, sent = facts.position, entry.sent
            batch = Batch(self._service, self._project, facts, self._now())
            entry.sent = True
            for piece in ahead(statements.flow(batch, entry.asked, self._writer.copies())):
                self._writer.tell(piece)
        except Lost:
            raise
        except Exception:
            entry.sent = False
            self._writer.tell(b"rollback")
            raise
        if not batch.empty:
            self._committed(group, batch, before, facts)
        return [_first(batch.receipts, sent)]

    def _in_two_steps(self, group: Asking, needs: Needs) -> list[Outcome]:
        try:
            facts = statements.facts(self._writer.ask(statements.ask(needs)))
            before = facts.position
            batch, outcomes = self._batch(group, facts)
            if batch.empty:
                self._writer.tell(b"rollback")
            else:
                self._tell(group, statements.write(batch))
        except Lost:
            raise
        except Exception:
            _not_sent(group)
            self._writer.tell(b"rollback")
            raise
        if not batch.empty:
            self._committed(group, batch, before, facts)
        return outcomes

    def _batch(self, group: Asking, facts: Facts) -> tuple[Batch, list[Outcome]]:
        batch = Batch(self._service, self._project, facts, self._now())
        return batch, [_outcome(batch, entry) for entry in group]

    def _tell(self, group: Asking, sql: bytes) -> None:
        for entry in group:
            entry.sent = True
        self._writer.tell(sql)

    def _committed(self, group: Asking, batch: Batch, before: int, facts: Facts) -> None:
        self._known.learn(before, facts, batch.reached_at)
        self._meter.committed(sum([len(entry.asked) for entry in group]), batch.position - before, batch.position)


def ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """``pieces``, the next of which is made by a thread of its own while one is with the server."""
    made: list[Piece | Exception | None] = [next(pieces, None)]

    def make() -> None:
        try:
            made.append(next(pieces, None))
        except Exception as error:
            made.append(error)

    while (piece := made.pop()) is not None:
        if isinstance(piece, Exception):
            raise piece
        maker = threading.Thread(target=make)
        maker.start()
        try:
            yield piece
        finally:
            maker.join()


def _not_sent(group: Asking) -> None:
    for entry in group:
        entry.sent = False


def _outcome(batch: Batch, entry: Entry[Append, Receipt]) -> Outcome:
    try:
        receipts = batch.add(entry.asked)
    except Exception as error:
        return error
    return _first(receipts, entry.sent)


def _first(receipts: list[Receipt], sent: bool) -> list[Receipt]:
    # Sent once already, on a connection that broke while committing: what stands there is this very append.
    return [replace(receipt, repeated=False) for receipt in receipts] if sent else receipts


def _events(group: Asking) -> int:
    return sum([len(item.drafts) for entry in group for item in entry.asked])


def told(error: Exception) -> Exception:
    """The exception a caller is to see for ``error``."""
    if isinstance(error, Lost) or (isinstance(error, psycopg2.Error) and (error.pgcode or "").startswith(_PASSING)):
        return LOG_AWAY()
    return error
