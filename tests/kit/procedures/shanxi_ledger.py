"""The ledger of a city of 2015 on a running system: the county writes, the city returns, signs, seals and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from cli.office import Office
from demo.shanxi.ledger import COLUMNS
from demo.shanxi.world import PROGRAMME
from tests.kit.databases import rows_of
from tests.kit.procedures.course import NOT_IN_OFFICE, OUT_OF_ORDER, Course
from tests.kit.procedures.shanxi import CITY, COUNTY, UNITS, Shanxi
from tests.kit.procedures.shanxi_postings import Posted

HEAD: Final = {"organ": CITY, "post": "org_head"}
TIERS: Final = {"province": "省", "city": "市", "county": "县"}
ABOUT: Final = {"programme": PROGRAMME, "city": CITY}
WAITING: Final = "ledger_row_returned"


@dataclass
class Book(Course):
    """The way of the ledger; while a row is returned, the county has it."""

    returned: bool = False

    def reasons(self, name: str, by: Any, on: date) -> frozenset[str]:
        found = super().reasons(name, by, on)
        return found | {WAITING} if name == "signed" and self.returned else found


class Written(Posted):
    """The ledger with no row yet, and a cadre on post who is to stand in it.

    Whatever changes a row makes a version that nobody signed.
    """

    procedure, begun = "ledger", date(2015, 7, 13)
    codes: Mapping[str, frozenset[str]] = {
        NOT_IN_OFFICE: frozenset({"ledger_not_signer"}),
        OUT_OF_ORDER: frozenset({"ledger_row_unknown"}),
    }
    unasked = frozenset({"entered"})
    edition = 0

    def __init__(self, shanxi: Shanxi, level: str) -> None:
        super().__init__(shanxi, level)
        county = shanxi.world.county(COUNTY)
        for row in shanxi.world.gateway.query(county, "personnel", "ledger_rows", **ABOUT):
            gone = {"programme": PROGRAMME, "county": COUNTY, "posting": row["posting"], "reason": "重新填报"}
            shanxi.world.gateway.command(county, "StrikeLedgerRow", gone, "2016-12-31")
        # Asked once: each showing of names is an event.
        every = shanxi.world.gateway.query(county, "personnel", "ledger", programme=PROGRAMME, county=COUNTY)
        (found,) = [one for one in every if one["posting"] == self.posting]
        said = {"term": "24个月", "tier": TIERS[level], "village_kind": "建档立卡贫困村"}
        self.row = {"row_no": "1", **{name: found[name] for name in COLUMNS}, **said}
        known = shanxi.course("ledger", level, city=CITY, county=COUNTY)
        self.course = Book(known.steps, known.parties, holders={"city_org_head": shanxi.world.city(CITY).person})

    def send(self, step: str, by: Office, on: date) -> None:
        name, data = self.asked(step)
        self.shanxi.world.gateway.command(by, name, data, on.isoformat())

    def asked(self, step: str) -> tuple[str, dict[str, Any]]:
        if step == "entered":
            return "EnterLedgerRows", {"programme": PROGRAMME, "county": COUNTY, "rows": [self._row()], "first_row": 2}
        known: dict[str, tuple[str, dict[str, Any]]] = {
            "returned": ("ReturnLedgerRow", {**ABOUT, "posting": self.posting, "remark": "请核对"}),
            "signed": ("SignLedger", ABOUT),
            "sealed": ("SealLedger", ABOUT),
            "filed": ("FileLedger", {**ABOUT, "paper": 2, "electronic": 1}),
        }
        return known[step]

    def _row(self) -> dict[str, str]:
        """The row, in other words each time."""
        self.edition += 1
        return {**self.row, "remark": f"第{self.edition}次填报"}

    def taken(self, step: str, on: date) -> None:
        if step == "entered":
            self.course.done = {"entered": on}
        if step == "returned":
            self.course.done = {"entered": self.course.done["entered"]}
        if step in ("entered", "returned"):
            self.course.returned = step == "returned"

    def stands(self) -> Mapping[str, date]:
        url, of = self.shanxi.system.auditor_url("personnel"), f"programme = '{PROGRAMME}' and city = '{CITY}'"
        ((entered, returned),) = rows_of(url, f"select entered_on, returned <> '' from read.ledger_rows where {of}")
        ((signed, sealed, filed),) = rows_of(url, f"select signed_on, sealed_on, filed_on from read.ledgers where {of}")
        assert returned == self.course.returned
        # The last filing is told on when the rows have changed since.
        last = {"filed": filed} if "filed" in self.course.done else {}
        found = {"entered": entered, "signed": signed, "sealed": sealed, **last}
        return {step: day for step, day in found.items() if day is not None}


class Ledger:
    """The ledger on a system: the head of the city's department, and another there."""

    def __init__(self, shanxi: Shanxi) -> None:
        self.shanxi, world = shanxi, shanxi.world
        head = world.city(CITY)
        holders = [{**HEAD, "person": head.person, "since": "2014-01-01"}]
        world.one(world.province(), "RecordOfficeHolder", {"holders": holders}, "2015-06-24")
        self.actors: Sequence[Office] = (*shanxi.actors(), replace(head, person="p-deputy"))
        shanxi.heads()

    def heads(self) -> dict[str, int]:
        return self.shanxi.heads()

    def begin(self, number: int) -> Written:
        return Written(self.shanxi, sorted(UNITS)[number])
