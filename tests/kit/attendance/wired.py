"""Attendance wired to a log in memory, with one cadre on post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.messages import Actor
from programmes import loader
from services.attendance.wiring import SERVICE
from services.personnel.postings.posting import CadreOnPost
from tests.kit.allocation import said
from tests.kit.attendance.posts import COMMITTEE, ORGANISATION, POSTING, SECRETARY, TOWNSHIP, VILLAGE
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel.cadre import Cadre
from tests.kit.spoiled import supplement


class Wired(MemoryDesk):
    """The service after the profiles, an office holder and the cadre have come."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        """``values`` are what a second version of the Jinzhou measures says, by path."""
        super().__init__(SERVICE, "2018-05-02")
        for name in ("LN2018", "JZ"):
            self.hear("allocation", "ProfilePublished", loader.load(name).published())
        if values:
            self.hear("allocation", "ProfilePublished", supplement("JZ", "2107", values, version=2))
        office = (TOWNSHIP, "party_secretary", SECRETARY.person, "2016-01-01", "township_party_secretary")
        self.hear_of("allocation", said.office_held(*office))
        cadre = Cadre(None, VILLAGE, "p-cadre").arrive(self.today)
        self.hear_of("personnel", next(event for event in cadre.said if isinstance(event, CadreOnPost)))

    def command(self, by: Actor, name: str, on: str, /, **data: Any) -> Mapping[str, int]:
        """As any command, of the one posting unless another is named."""
        return super().command(by, name, on, **{"posting": POSTING, **data})

    def seal(self, month: str, days: int, on: str) -> dict[str, Any]:
        """Register, compile, sign and seal a month; gives the assessment as stored."""
        chosen = [f"{month}-{n:02}" for n in range(1, days + 1)]
        self.command(ORGANISATION, "RegisterDays", on, month=month, days=chosen)
        self.command(ORGANISATION, "CompileMonth", on, month=month)
        self.command(SECRETARY, "SignMonth", on, month=month)
        self.command(COMMITTEE, "SealMonth", on, month=month)
        return self.lines("MonthlyAttendanceAssessed")[-1]
