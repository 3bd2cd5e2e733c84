"""The second programme: first secretaries by the six steps of 2015, sent by units of the counties to villages there.

The city never had this notice. Published here are the rules of 晋组通字〔2015〕41号 for the city alone, with one
setting, marked assumed: whose clerks enter what the villages keep on paper.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from demo.selection import spread
from demo.shanxi.nomination import EVIDENCE
from demo.stages.rules import notice_data
from demo.whole.selection import committees
from demo.workbook import form_of
from demo.year.entry import AREAS
from demo.year.extent import CITY
from demo.year.world import PROGRAMME, SECOND, Sender, YearWorld
from programmes import loader
from services.allocation.apportionment import apportion

ON, APPLIED, CHECKED, FILED, ASSIGNED = "2018-11-01", "2018-11-05", "2018-11-12", "2018-11-19", "2018-12-03"
APPOINTED, ON_POST = "2018-12-28", "2019-01-01"
TAKEN_OVER = ("attendance.entered_by",)
A_UNIT = 10


def profile() -> loader.ProgrammeProfile:
    """The rules of 2015 for this city."""
    rules = deepcopy(dict(loader.load(SECOND).rules))
    settings = loader.load(PROGRAMME).rules
    rules |= {path: {**settings[path], "notice": None, "clause": None} for path in TAKEN_OVER}
    return replace(loader.load(SECOND), scope=CITY, rules=dict(sorted(rules.items())))


def rules(world: YearWorld) -> None:
    """The notice and its rules, published by the city; the kinds of the villages that somebody is sent to."""
    found = profile()
    world.one(world.host, "PublishNotice", notice_data(found.notices[0], CITY), ON)
    world.one(world.host, "PublishProfile", {"profile": found.published()}, ON)
    taken = {*world.chosen.city.villages, *world.chosen.county}
    for county, places in world.year.seconds.items():
        free = tuple(code for code in committees(AREAS, (CITY,)) if code.startswith(county) and code not in taken)
        world.villages[county] = list(spread(free, places))
        totals = apportion(places, [1] * -(-places // A_UNIT)).places
        name = AREAS.get(county).name
        world.second += [
            Sender(f"SX{county}-{n:02}", f"{name}直属单位{n:02}（第一书记）", county, total)
            for n, total in enumerate(totals, 1)
        ]
    world.each(lambda county: _county(world, county), world.villages)


def _county(world: YearWorld, county: str) -> None:
    office, about = world.county(county), {"programme": SECOND, "county": county}
    kinds = [{"target": code, "weak_party": False, "registered_poor": True} for code in world.villages[county]]
    world.gateway.command(office, "RecordVillageKinds", {**about, "villages": kinds}, ON)
    for sender in world.second:
        if sender.county == county:
            unit = {"unit": sender.id, "name": sender.name, "channel": county, "level": "county"}
            world.gateway.command(office, "RegisterUnit", unit, ON)


def candidates(world: YearWorld) -> None:
    """Called, applied, through the gates, qualified, recommended by the units, filed by the counties."""

    def call(sender: Sender) -> None:
        data = {"programme": SECOND, "unit": sender.id, "audience": "机关全体干部"}
        world.gateway.command(world.sending(sender), "RecordMobilisation", data, ON, after=("allocation",))

    world.each(call, world.second)
    asked = {sender.id: [_applicant(world, sender) for _ in range(sender.places)] for sender in world.second}

    def apply(sender: Sender) -> None:
        data = {"programme": SECOND, "unit": sender.id, "applicants": asked[sender.id]}
        world.gateway.command(world.sending(sender), "FileApplications", data, APPLIED)

    world.each(apply, world.second)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in world.gateway.query(world.province(), "personnel", "candidacies", programme=SECOND):
        found.setdefault(row["unit"], []).append(row)
    world.notes["candidates"] = found
    world.each(lambda sender: _checked(world, sender), world.second)
    keys = {sender.id: [one["candidacy"] for one in found[sender.id]] for sender in world.second}

    def route(sender: Sender) -> None:
        data = {"nominees": keys[sender.id], "decision": "党组会纪要（合成）"}
        world.gateway.command(world.sending(sender), "RecommendNominees", data, CHECKED)
        listed = {"nominees": keys[sender.id], "document": "审核备案表（合成）"}
        world.gateway.command(world.county(sender.county), "FileNominees", listed, FILED)

    world.each(route, world.second)


def _checked(world: YearWorld, sender: Sender) -> None:
    office, (gates, attested) = world.sending(sender), _asked_of_candidates()
    for candidate in world.notes["candidates"][sender.id]:
        key = {"candidacy": candidate["candidacy"]}
        world.gateway.command(office, "PassGates", {**key, "gates": gates}, CHECKED)
        about = {"pool": "young_excellent", "party_status": "full", "work_start": "2005-08-01", "tags": []}
        qualified = {**key, **about, "attested": attested, "evidence": EVIDENCE}
        world.gateway.command(office, "QualifyApplicant", qualified, CHECKED)


@cache
def _asked_of_candidates() -> tuple[list[str], list[str]]:
    """The gates, and the conditions that are attested."""
    rules = loader.load(SECOND).rules
    gates = next(step["marks"] for step in rules["procedure.nomination"]["value"] if step["act"] == "qualify")
    return list(gates), [row["condition"] for row in rules["candidate.attested"]["value"]]


def posts(world: YearWorld) -> None:
    """Unit and county talk, the county assigns, appoints, and records who took up the post on the first of January."""

    def talk(sender: Sender) -> None:
        data = {"programme": SECOND, "county": sender.county, "unit": sender.id}
        world.gateway.command(world.sending(sender), "RecordConsultation", data, FILED, after=("personnel",))

    world.each(talk, world.second)

    def take(county: str) -> None:
        office, places = world.county(county), iter(world.villages[county])
        for sender in world.second:
            for one in world.notes["candidates"][sender.id] if sender.county == county else ():
                about = {"programme": SECOND, "target": next(places), "unit": sender.id, "level": "county"}
                data = {**about, "person": one["person"]}
                world.gateway.command(office, "AssignVillage", data, ASSIGNED, after=("personnel",))
        postings = [f"{SECOND}.{village}.1" for village in world.villages[county]]
        world.gateway.command(office, "AppointCadres", {"postings": postings}, APPOINTED, after=("allocation",))
        data = {"postings": postings, "party_status": "full"}
        world.gateway.command(office, "TakeUpPosts", data, ON_POST)

    world.each(take, world.villages)


def _applicant(world: YearWorld, sender: Sender) -> dict[str, Any]:
    person = world.people.next()
    form = form_of(person, f"{sender.name} 科员（合成）", "村党组织第一书记 待分配")
    numbers = {name: person[name] for name in ("id_number", "mobile")}
    return {"application": "报名表（合成）", "form": form, "synthetic": True, **numbers}
