"""Logs of several services, written as a test likes, and the trails found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from audit.trail.order import ordered
from audit.trail.search import Search
from audit.trail.trace import Trace, id_text
from kernel.codec import canonical
from tests.kit.audit.annals import moment

PERSON, POSTING, TARGET, UNIT = "3f0c9a52-7c1e", "LN2018.210726102207.1", "210726102207", "U03"


class Logs:
    """Logs of several services, written as tests like; ``read`` names those that were read, in order."""

    def __init__(self) -> None:
        self.lines: dict[str, list[bytes]] = {"allocation": [], "personnel": [], "attendance": [], "evaluation": []}
        self.read: list[str] = []

    def add(self, service: str, kind: str, stream: str, because: str = "", at: str = "2018-05-02", **data: Any) -> str:
        position = len(self.lines[service]) + 1
        self.lines[service].append(
            canonical(
                {
                    "actor": {"organ": "省委组织部", "person": "p-1", "post": "干部处"},
                    "areas": [TARGET],
                    "causation": because,
                    "clause": "五.4",
                    "command": f"c-{service}-{position}",
                    "correlation": "k-1",
                    "data": data,
                    "id": f"{service}:{position}",
                    "notice": "辽组通字〔2018〕23号",
                    "occurred_on": at[:10],
                    "position": position,
                    "profile": "LN2018:1",
                    "programme": "LN2018",
                    "recorded_at": moment(at if len(at) > 10 else f"{at} 12:00"),
                    "schema": 1,
                    "stream": stream,
                    "type": kind,
                    "version": 1,
                }
            )
        )
        return f"{service}:{position}"

    def pages(self, service: str) -> Iterator[Sequence[bytes]]:
        self.read.append(service)
        lines = self.lines[service]
        yield from (lines[at : at + 2] for at in range(0, len(lines), 2))

    def search(self, subject: str, most: int = 100) -> Search:
        search = Search(subject, tuple(self.lines), self.pages, most)
        search.run()
        return search

    def told(self, subject: str) -> list[Trace]:
        """The events on the trail in causal order."""
        return ordered(self.search(subject).found.values())

    def trail(self, subject: str) -> dict[str, str]:
        """The ids on the trail in causal order, each with why it is there."""
        return {id_text(t.id): t.relation for t in self.told(subject)}


def recalled() -> Logs:
    """A cadre comes to a post and is recalled; another one, of the same unit, has nothing to do with it."""
    logs = Logs()
    logs.add("allocation", "UnitRegistered", f"unit/{UNIT}", unit=UNIT, name="合成单位")
    placed = logs.add("allocation", "PlacementConfirmed", f"target/LN2018.{TARGET}", target=TARGET, unit=UNIT)
    logs.add("personnel", "PlacementNoted", f"posting/{POSTING}", placed, person=PERSON, posting=POSTING)
    logs.add("personnel", "PlacementNoted", "posting/LN2018.210726102208.1", posting="LN2018.210726102208.1")
    on_post = logs.add("personnel", "CadreOnPost", f"posting/{POSTING}", person=PERSON, posting=POSTING)
    logs.add("attendance", "RegisterOpened", f"register/{POSTING}", on_post, person=PERSON, posting=POSTING)
    logs.add("evaluation", "RecallClockStarted", f"clock/{POSTING}", on_post, posting=POSTING)
    recalled = logs.add("personnel", "CadreRecalled", f"posting/{POSTING}", posting=POSTING, person=PERSON, unit=UNIT)
    due = logs.add("allocation", "SuccessorDue", f"target/LN2018.{TARGET}", recalled, target=TARGET, unit=UNIT)
    logs.add("personnel", "RenominationRequested", "roster/LN2018.U03", due, unit=UNIT)
    logs.add("allocation", "LedgerFedBack", "ledger/LN2018.2107", rows=[{"person": PERSON}, {"person": "other"}])
    return logs
