"""The procedures of 2015 on a running system of Shanxi: nominations from the application on, and what postings have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cli.office import Office
from demo.shanxi.nomination import EVIDENCE
from demo.shanxi.world import AREAS, CHANNEL, PROGRAMME, ShanxiWorld
from demo.stages.rules import EDITION, REGISTERED_ON, publish
from demo.workbook import form_of
from deploy.local.system import System
from programmes import loader
from tests.kit import resting
from tests.kit.databases import rows_of
from tests.kit.procedures.course import DONE, NOT_FOR, OUT_OF_ORDER, STRANGER, Course

COUNTY, OTHER, CITY = "140928", "140926", "1409"
RULES = loader.load(PROGRAMME).rules
PRINTED = {row["organ"]: row["printed"] for row in RULES["organs.list"]["value"]}
UNITS = {"province": ("W-1", CHANNEL), "city": ("W-2", CITY), "county": ("W-3", COUNTY)}
FIRST = date(2015, 6, 25)
VILLAGES = [village.code for village in AREAS.within(COUNTY, "village")][:150]


@dataclass
class Shanxi:
    """A province of 2015: its rules, one host county, a unit of each level, which have all talked to the county."""

    system: System
    world: ShanxiWorld
    villages: Iterator[str] = field(default_factory=lambda: iter(VILLAGES))
    seen: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Publish, register, consult."""
        world, province = self.world, self.world.province()
        publish(world, province, PROGRAMME, "2015-06-24")
        for county in (COUNTY, OTHER):
            divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(county), *AREAS.within(county))]
            whole = [{"root": county, "divisions": divisions}]
            world.one(province, "RegisterAreas", {"edition": EDITION, "units": whole}, REGISTERED_ON)
        kinds = [{"target": code, "weak_party": False, "registered_poor": True} for code in VILLAGES]
        about = {"programme": PROGRAMME, "county": COUNTY}
        world.one(world.county(COUNTY), "RecordVillageKinds", {**about, "villages": kinds}, "2015-06-24")
        channels = {"province": world.senders_office(), "city": world.city(CITY), "county": world.county(COUNTY)}
        for level, (unit, channel) in UNITS.items():
            office = channels[level]
            office = replace(office, units=(CHANNEL, unit)) if office.units else office
            named = {"unit": unit, "name": f"单位{unit}", "channel": channel, "level": level}
            world.one(office, "RegisterUnit", named, "2015-06-24")
            world.one(world.county(COUNTY), "RecordConsultation", {**about, "unit": unit}, "2015-06-24")
        self.heads()

    def actors(self) -> Sequence[Office]:
        """Who tries."""
        world = self.world
        units = (
            Office(f"p-{unit.lower()}", "人事处", f"单位{unit}", "unit", (), (unit,)) for unit, _ in UNITS.values()
        )
        counties = (world.county(COUNTY), world.county(OTHER))
        return (*units, *counties, world.city(CITY), world.province(), world.poverty_office(), self.township())

    def township(self) -> Office:
        """The township of the first village."""
        return self.world.township(VILLAGES[0][:9])

    def heads(self) -> dict[str, int]:
        """The position of every log, once nothing moves any more."""
        return resting.positions(self.world)

    def course(self, procedure: str, level: str, **parties: str) -> Course:
        """The way through a procedure of the file."""
        unit, channel = UNITS[level]
        known = {"unit": unit, "channel": channel, "province": "14", "host": COUNTY, **parties}
        return Course(RULES[f"procedure.{procedure}"]["value"], known, {"level": level}, PRINTED)


@dataclass
class Nomination:
    """The nomination: applied, checked, recommended, filed, sent to a village, on post."""

    shanxi: Shanxi
    actors: Sequence[Office] = ()

    def __post_init__(self) -> None:
        self.actors = self.shanxi.actors()

    def heads(self) -> dict[str, int]:
        return self.shanxi.heads()

    def begin(self, number: int) -> Nominee:
        return Nominee(self.shanxi, sorted(UNITS)[number])


class Nominee:
    """One person, of a unit of one level."""

    first = FIRST
    exact = frozenset({"qualified", "recommended", "poverty_office", "filed_province", "filed_city", "filed_county"})
    codes: Mapping[str, frozenset[str]] = {
        OUT_OF_ORDER: frozenset({"candidacy_unknown", "nominee_not_filed", "posting_not_noted"}),
        DONE: frozenset({"village_taken", "nominee_not_filed", "person_registered_before", "candidacy_open"}),
        NOT_FOR: frozenset({"duty_out_of_order", "duty_done"}),
        STRANGER: frozenset({"host_assigns"}),
    }

    def __init__(self, shanxi: Shanxi, level: str) -> None:
        self.shanxi, self.level, self.unit = shanxi, level, UNITS[level][0]
        self.village = next(shanxi.villages)
        self.person = shanxi.world.people.next()
        self.key = f"{PROGRAMME}.nobody"
        self.course = shanxi.course("nomination", level, target=self.village)
        filed = next(one["step"] for one in self.course.steps if one["act"] == "file" and self.course.own(one))
        before = ("applied", "qualified", "recommended", "poverty_office")
        self.tried = (*before, filed, "determined", "appointed", "on_post")

    @property
    def posting(self) -> str:
        return f"{PROGRAMME}.{self.village}.1"

    def meant(self, step: str, by: Office) -> str:
        return step

    def send(self, step: str, by: Office, on: date) -> None:
        if step == "qualified":
            self._gates(by, on)
        name, data = self._asked(step)
        self.shanxi.world.gateway.command(by, name, data, on.isoformat())
        if step == "applied":
            rows = self.shanxi.world.gateway.query(by, "personnel", "candidacies", programme=PROGRAMME)
            (self.key,) = {row["candidacy"] for row in rows} - self.shanxi.seen
            self.shanxi.seen.add(self.key)

    def _gates(self, by: Office, on: date) -> None:
        """The gates are passed on the way to the check; a check without them is one with a mark missing."""
        marks = self.course.named("qualified")["marks"]
        if not self.course.reasons("qualified", by, on):
            data = {"candidacy": self.key, "gates": marks}
            self.shanxi.world.gateway.command(by, "PassGates", data, on.isoformat())

    def _asked(self, step: str) -> tuple[str, dict[str, Any]]:
        listed = {"nominees": [self.key], "document": "件（合成）"}
        attested = [row["condition"] for row in RULES["candidate.attested"]["value"]]
        checked = {"party_status": "full", "work_start": "2005-08-01", "attested": attested, "evidence": EVIDENCE}
        place = {"programme": PROGRAMME, "target": self.village, "unit": self.unit, "person": self.key.split(".")[1]}
        numbers = {name: self.person[name] for name in ("id_number", "mobile")}
        form = form_of(self.person, "科员（合成）", "村党组织第一书记 待分配")
        applicant = {"application": "报名表（合成）", "form": form, "synthetic": True, **numbers}
        about = {"programme": PROGRAMME, "unit": self.unit}
        known: dict[str, tuple[str, dict[str, Any]]] = {
            "applied": ("FileApplications", {**about, "applicants": [applicant]}),
            "qualified": ("QualifyApplicant", {"candidacy": self.key, "pool": "young_excellent", **checked}),
            "recommended": ("RecommendNominees", {"nominees": [self.key], "decision": "党组会纪要（合成）"}),
            "poverty_office": ("ApproveNominees", listed),
            "determined": ("AssignVillage", {**place, "level": self.level}),
            "appointed": ("AppointCadres", {"postings": [self.posting]}),
            "on_post": ("TakeUpPosts", {"postings": [self.posting], "party_status": "full"}),
        }
        return known.get(step, ("FileNominees", listed))

    def taken(self, step: str, on: date) -> None:
        """A step changes nothing else."""

    def stands(self) -> Mapping[str, date]:
        """The steps of the candidacy, and of its posting."""
        url = self.shanxi.system.auditor_url("personnel")
        steps = rows_of(url, f"select step, done_on from read.candidacy_steps where candidacy = '{self.key}'")
        ((appointed, on_post),) = rows_of(
            url, f"select max(appointed_on), max(on_post_since) from read.postings where posting = '{self.posting}'"
        )
        also = {"appointed": appointed, "on_post": on_post}
        return {**dict(steps), **{step: day for step, day in also.items() if day is not None}}
