"""A log whose dates tests choose: both of them, and what causes what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count

from audit.history.cut import SHANGHAI, Cut
from audit.history.views import Change, folded, forked, writing
from audit.history.walk import Walk
from kernel.log import Append, Draft, Receipt
from kernel.log.memory import MemoryLog
from kernel.messages import Event
from kernel.projection import Rows
from kernel.service import Service

ACTOR = {"person": "p-synthetic", "post": "组织委员", "organ": "210726102"}


def moment(text: str) -> int:
    """A time in Shanghai ("2018-06-02 09:00") as microseconds since 1970 UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp()) * 1_000_000


class Annals:
    """The log of ``service`` in memory: facts come in when the test says so."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.now = 0
        self.log = MemoryLog(service.name, service.events, service.project, lambda: self.now)
        self._numbers = count()
        self._versions: dict[str, int] = {}

    def record(self, at: str, stream: str, *events: Event, causation: str = "", correlation: str = "") -> Receipt:
        """Record ``events`` of one command at a time in Shanghai."""
        self.now = moment(at if len(at) > 10 else f"{at} 12:00")
        drafts = [Draft(stream, event, "LN2018", "LN2018:1", "辽组通字〔2018〕23号", "二") for event in events]
        command = f"c-{next(self._numbers)}"
        expects = {stream: self._versions.get(stream, 0)}
        receipt = self.log.append(Append(command, b"digest", drafts, expects, ACTOR, correlation or command, causation))
        self._versions[stream] = receipt.streams[stream]
        return receipt

    def pages(self, size: int = 3) -> Iterator[Sequence[bytes]]:
        """All lines in small pages, so that cuts fall inside pages and between them."""
        after = 0
        while page := self.log.lines(after, size):
            yield page
            after += len(page)

    def walk(self, *cuts: Cut) -> Walk:
        """The walk up to ``cuts``."""
        return Walk(self.service, self.pages(), cuts)

    def as_of(self, day: str, recorded: bool = False) -> Rows:
        """Every read model as of the end of ``day``."""
        return folded(self.walk(Cut(date.fromisoformat(day), recorded)), writing(self.service, self.service.tables))

    def changes(self, one: str, other: str, recorded: bool = False) -> list[Change]:
        """What changed between the ends of two days."""
        cuts = [Cut(date.fromisoformat(day), recorded) for day in (one, other)]
        return list(forked(self.walk(*cuts), writing(self.service, self.service.tables)).changes())
