"""What a posting of 2015 has on a running system: extensions, grades, the ladder of sanctions, the inspection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from cli.office import Office
from demo.shanxi.world import PROGRAMME
from tests.kit.databases import rows_of
from tests.kit.procedures.course import OUT_OF_ORDER
from tests.kit.procedures.shanxi import FIRST, UNITS, Nominee, Shanxi


class Posted:
    """A cadre on post, of a unit of one level, and a procedure of the posting."""

    procedure: ClassVar[str]
    begun: ClassVar[date]
    codes: Mapping[str, frozenset[str]] = {}
    unasked: ClassVar[frozenset[str]] = frozenset()
    """Steps that are tried on no earlier day than the last step."""

    def __init__(self, shanxi: Shanxi, level: str) -> None:
        self.shanxi, nominee = shanxi, Nominee(shanxi, level)
        for step in nominee.tried:
            able = (by for by in shanxi.actors() if not nominee.course.reasons(step, by, FIRST))
            if (by := next(able, None)) is not None:
                nominee.send(step, by, FIRST)
                nominee.course.done[step] = FIRST
                shanxi.heads()
        self.posting, self.first = nominee.posting, self.begun
        parties = {"target": nominee.village, "home": UNITS[level][1] if level != "province" else "14"}
        self.course = shanxi.course(self.procedure, level, **parties)
        self.tried = tuple(step["step"] for step in self.course.steps)
        self.exact = frozenset(self.tried) - self.unasked

    def meant(self, step: str, by: Office) -> str:
        return step

    def send(self, step: str, by: Office, on: date) -> None:
        name, data = self.asked(step)
        self.shanxi.world.gateway.command(by, name, {"posting": self.posting, **data}, on.isoformat())

    def asked(self, step: str) -> tuple[str, dict[str, Any]]:
        """The command of a step, and what it says besides the posting."""
        raise NotImplementedError

    def taken(self, step: str, on: date) -> None:
        """A step changes nothing else."""

    def stands(self) -> Mapping[str, date] | None:
        return None


class Extension(Posted):
    """Staying on: a ground, the consents of the level, the reply. With the reply the extension is over, and a further
    one may be asked for."""

    procedure, begun = "extension", date(2016, 5, 10)
    codes: Mapping[str, frozenset[str]] = {OUT_OF_ORDER: frozenset({"extension_not_asked"})}
    unasked = frozenset({"requested"})
    until = 2019

    def asked(self, step: str) -> tuple[str, dict[str, Any]]:
        if step == "requested":
            return "RequestExtension", {"ground": "volunteer", "until": f"{self.until}-12-31"}
        if step == "granted":
            return "GrantExtension", {"document": "批复"}
        return "ConsentToExtension", {"step": step}

    def taken(self, step: str, on: date) -> None:
        if step == "granted":
            self.course.done.clear()
            self.first, self.until = on, self.until + 1


class AnnualGrade(Posted):
    """The county's opinion, then the grade by the unit."""

    procedure, begun = "annual_grade", date(2016, 1, 10)

    def asked(self, step: str) -> tuple[str, dict[str, Any]]:
        if step == "county_opinion":
            return "GiveCountyOpinion", {"year": 2015, "opinion": "表现良好"}
        return "SetAnnualGrade", {"year": 2015, "grade": "称职"}

    def stands(self) -> Mapping[str, date]:
        url = self.shanxi.system.auditor_url("evaluation")
        where = f"where posting = '{self.posting}' and year = 2015"
        rows = rows_of(url, f"select opinion_on, graded_on from read.annual_grades {where}")
        return {
            step: day
            for row in rows
            for step, day in zip(("county_opinion", "graded"), row, strict=True)
            if day is not None
        }


class Sanction(Posted):
    """Criticism and the record of consequences, by whom the file names, as often as there is ground."""

    procedure, begun = "sanction", date(2016, 3, 1)

    def asked(self, step: str) -> tuple[str, dict[str, Any]]:
        if step == "criticism":
            return "GiveCriticism", {"finding": "工作不认真"}
        return "RecordConsequence", {"finding": "造成不良后果", "document": "通报 1"}


class TermInspection(Posted):
    """The joint record at the end of the term; whose signature it is follows from who gives it."""

    procedure, begun = "term_inspection", date(2017, 7, 10)
    ended = "2017-07-01"

    def __init__(self, shanxi: Shanxi, level: str) -> None:
        super().__init__(shanxi, level)
        over = {"programme": PROGRAMME, "as_of": self.ended}
        shanxi.world.gateway.command(shanxi.world.system(), "EndTerms", over, self.ended)

    def meant(self, step: str, by: Office) -> str:
        return next((one["step"] for one in self.course.steps if by.role in one["by"]), step)

    def asked(self, step: str) -> tuple[str, dict[str, Any]]:
        return "SignTermInspection", {"document": "期满考察 1 号"}

    def stands(self) -> None:
        url = self.shanxi.system.auditor_url("evaluation")
        rows = rows_of(url, f"select signatures, done_on from read.term_inspections where posting = '{self.posting}'")
        signed, whole = len(self.course.done), len(self.course.done) == len(self.course.steps)
        assert rows == [(signed, self.course.last if whole else None)]


KINDS: Final[Sequence[type[Posted]]] = (Extension, AnnualGrade, Sanction, TermInspection)


class Postings:
    """One of these procedures on a system."""

    def __init__(self, shanxi: Shanxi, kind: type[Posted]) -> None:
        self.shanxi, self.kind, self.actors = shanxi, kind, shanxi.actors()

    def heads(self) -> dict[str, int]:
        return self.shanxi.heads()

    def begin(self, number: int) -> Posted:
        return self.kind(self.shanxi, sorted(UNITS)[number])
