"""The three procedures of the pool of 2017 on a running system: selection, removal and use of a reserve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cli.office import Office
from demo.qingshen.pool import asked, rules
from demo.qingshen.world import COUNTY, PROGRAMME, QingshenWorld
from deploy.local.system import System
from programmes import loader
from programmes.working_days import WorkingDays
from tests.kit import resting
from tests.kit.procedures.course import DONE, Course

RULES = loader.load(PROGRAMME).rules
FIRST = date(2017, 9, 25)
MARKS = next(one["marks"] for one in RULES["procedure.reserve"]["value"] if one["act"] == "attest")
GROUPS = {"village_cadres": 5, "party_representatives": 11, "resident_representatives": 15}
ASKED: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    "reserve": {
        "qualified": ("CheckReserveQualification", {}),
        "attested": ("AttestReserveMarks", {"marks": MARKS}),
        "evaluated": ("RecordMassEvaluation", {"present": GROUPS, "approve": 27, "oppose": 3, "abstain": 1}),
        "selected": ("SelectReserve", {"ground": "配备计划"}),
        "inspected": ("RecordReserveInspection", {"report": "考察报告"}),
        "determined": ("DetermineReserve", {"meeting": "党委会"}),
        "activated": ("ActivateReserve", {}),
    },
    "reserve_removal": {
        "proposed": ("ProposeReserveRemoval", {"ground": "现实表现不好", "facts": "评议为差"}),
        "approved": ("ApproveReserveRemoval", {"meeting": "党委会"}),
        "filed": ("FileReserveRemoval", {"number": "备案"}),
        "removed": ("RemoveReserve", {}),
    },
    "reserve_use": {
        "proposed": ("ProposeReserveUse", {"post": "村党组织委员"}),
        "approved": ("ApproveReserveUse", {"meeting": "党委会"}),
        "filed": ("FileReserveUse", {"number": "备案"}),
        "appointed": ("AppointReserve", {}),
    },
}


@dataclass
class Qingshen:
    """The county of 2017: its rules, its townships that have announced."""

    system: System
    world: QingshenWorld

    def settle(self) -> None:
        """Publish and register; the townships announce."""
        rules(self.world)
        self.heads()
        for township in self.world.townships:
            data = {"programme": PROGRAMME, "township": township, "notice": "选拔公告"}
            self.world.one(self.world.township(township), "AnnounceReserveSelection", data, FIRST.isoformat())

    def heads(self) -> dict[str, int]:
        """The position of every log, once nothing moves any more."""
        return resting.positions(self.world)


class Member:
    """One person recommended in a village, brought so far that the procedure can begin."""

    codes: Mapping[str, frozenset[str]] = {DONE: frozenset({"not_a_candidate", "not_active", "step_unknown"})}
    """Whoever entered the pool is no candidate any more, and whoever left it is in it no more."""

    def __init__(self, ground: Pool, village: str, target: str) -> None:
        self.world, self.name = ground.qingshen.world, ground.name
        self.village, self.target = village, target
        known = {row["reserve"] for row in self._rows()}
        township = self.world.township(village[:9])
        self.world.one(township, "RecommendReserve", asked(self.world, village), FIRST.isoformat())
        (self.reserve,) = {row["reserve"] for row in self._rows()} - known
        self.first = FIRST
        self._on("reserve")
        self.course.done |= {"announced": FIRST, "recommended": FIRST}
        if self.name != "reserve":
            self._through(ground.actors)
            self._on(self.name)
            if self.name == "reserve_use":
                finding = {"programme": PROGRAMME, "village": target, "stage": "use", "scope": "township"}
                county = self.world.county(COUNTY)
                self.world.one(county, "OpenFallback", {**finding, "finding": "暂无合适人选"}, self.first.isoformat())

    def _rows(self) -> list[dict[str, Any]]:
        found = self.world.gateway.query(self.world.county(COUNTY), "personnel", "reserves", programme=PROGRAMME)
        return [{**row, "reserve": f"{PROGRAMME}.{row['person']}"} for row in found]

    def _on(self, name: str) -> None:
        parties = {"village": self.village, "home": self.village, "township": self.village[:9], "target": self.target}
        self.course = Course(RULES[f"procedure.{name}"]["value"], parties)
        self.tried = tuple(one["step"] for one in self.course.steps if one["act"] not in ("announce", "recommend"))
        self.exact, self.procedure = frozenset(self.tried), name

    def _through(self, actors: Sequence[Office]) -> None:
        for step in self.tried:
            on = self.course.last or FIRST
            by = next(one for one in actors if not self.course.reasons(step, one, on))
            self.send(step, by, on)
            self.course.done[step] = self.reached
            self.first = self.reached

    def meant(self, step: str, by: Office) -> str:
        return step

    def send(self, step: str, by: Office, on: date) -> None:
        """The step; a publicity is posted in each of its places and taken down when its days are over."""
        self.reached = on
        if step not in ASKED[self.procedure]:
            return self._public(step, by, on)
        name, said = ASKED[self.procedure][step]
        more = {"target": self.target} if name == "ProposeReserveUse" else {}
        self._give(by, name, on, **said, **more)
        return None

    def _public(self, step: str, by: Office, on: date) -> None:
        shown = self.course.named(step)["publicity"]
        places = dict.fromkeys(self.course.parties[place] for place in shown["places"])
        for place in places:
            self._give(by, "OpenPublicity", on, stage=step, place=place)
        self.reached = WorkingDays().open_until(on, shown["working_days"]).day
        for place in places:
            self._give(by, "ClosePublicity", self.reached, stage=step, place=place)

    def _give(self, by: Office, name: str, on: date, **said: Any) -> None:
        self.world.gateway.command(by, name, {"reserve": self.reserve, **said}, on.isoformat())

    def taken(self, step: str, on: date) -> None:
        self.course.done[step] = self.reached
        ends = {"activated": "active", "removed": "removed", "appointed": "appointed"}
        status = ends.get(step, "candidate" if self.procedure == "reserve" else "active")
        (row,) = [row for row in self._rows() if row["reserve"] == self.reserve]
        assert row["status"] == status, f"{step} on {on} left {row['status']}"

    def stands(self) -> None:
        return None


class Pool:
    """One of the three procedures on a system."""

    def __init__(self, qingshen: Qingshen, name: str) -> None:
        self.qingshen, self.name = qingshen, name
        world = qingshen.world
        self.township = max(world.townships, key=lambda code: sum(v.startswith(code) for v in world.villages))
        self.villages = [village for village in world.villages if village.startswith(self.township)]
        other = next(code for code in world.townships if code != self.township)
        self.actors = (
            world.township(self.township),
            world.village(self.villages[0]),
            world.county(COUNTY),
            world.township(other),
        )

    def heads(self) -> dict[str, int]:
        return self.qingshen.heads()

    def begin(self, number: int) -> Member:
        return Member(self, self.villages[0], self.villages[1])
