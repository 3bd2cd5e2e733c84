"""2015 up to the filing: the rules, the table of places, applications, checks, the poverty office, the province."""

from __future__ import annotations

from typing import Any

from demo.shanxi.world import AREAS, CHANNEL, PROGRAMME, Sender, ShanxiWorld
from demo.stages.rules import EDITION, REGISTERED_ON, publish
from demo.workbook import form_of
from programmes import loader

EVIDENCE = [
    {"of": "party_membership", "source": "党员名册（合成）", "verifier": "机关党委"},
    {"of": "identity", "source": "干部人事档案（合成）", "verifier": "人事处"},
]
OPTIONAL = 1
"""Villages of a county that nobody must be sent to, beside those of the fragment."""


def rules(world: ShanxiWorld) -> None:
    """The notice and the profile; the divisions of the eleven counties; the villages that somebody is sent to."""
    publish(world, world.province("文书"), PROGRAMME, "2015-06-24")
    world.each(lambda county: _register(world, county), world.counties)
    for county in world.counties:
        places = sum(sender.places for sender in world.of(county))
        world.villages[county] = [village.code for village in AREAS.within(county, "village")][:places]
    world.each(lambda county: _kinds(world, county), world.counties)


def table(world: ShanxiWorld) -> None:
    """The printed rows of the fragment, and the units in them; each calls for applications."""
    world.one(world.province(), "SetUnitCountyQuotas", {"programme": PROGRAMME}, "2015-06-24")
    office = world.senders_office()

    def unit(sender: Sender) -> None:
        about = {"unit": sender.id, "name": sender.name, "channel": CHANNEL, "level": "province"}
        world.gateway.command(office, "RegisterUnit", about, "2015-06-24")

    world.each(unit, world.senders)

    def mobilise(sender: Sender) -> None:
        about = {"programme": PROGRAMME, "unit": sender.id, "audience": "机关全体干部"}
        world.gateway.command(world.sending(sender), "RecordMobilisation", about, "2015-06-25", after=("allocation",))

    world.each(mobilise, world.senders)


def applications(world: ShanxiWorld) -> None:
    """One applicant a place; an application on behalf of somebody without consent is tried on the way."""
    applicants = {sender.id: [_applicant(world, sender) for _ in range(sender.places)] for sender in world.senders}
    first = world.senders[0]
    silent = [{**applicants[first.id][0], "on_behalf": True}]
    about = {"programme": PROGRAMME, "unit": first.id}
    world.refused(
        "consent_missing", world.sending(first), "FileApplications", {**about, "applicants": silent}, "2015-06-26"
    )

    def apply(sender: Sender) -> None:
        data = {"programme": PROGRAMME, "unit": sender.id, "applicants": applicants[sender.id]}
        world.gateway.command(world.sending(sender), "FileApplications", data, "2015-06-26")

    world.each(apply, world.senders)
    for row in world.gateway.query(world.province(), "personnel", "candidacies", programme=PROGRAMME):
        world.candidates.setdefault(row["unit"], []).append(row)


def checks(world: ShanxiWorld) -> None:
    """Four gates and the conditions of every applicant; a recommendation before that is tried on the way."""
    first = world.senders[0]
    early = {"nominees": [world.candidates[first.id][0]["candidacy"]], "decision": "党组会纪要（合成）"}
    world.refused("duty_out_of_order", world.sending(first), "RecommendNominees", early, "2015-06-29")
    steps = loader.load(PROGRAMME).rules["procedure.nomination"]["value"]
    gates = next(step["marks"] for step in steps if step["act"] == "qualify")
    attested = [row["condition"] for row in loader.load(PROGRAMME).rules["candidate.attested"]["value"]]

    def check(sender: Sender) -> None:
        office = world.sending(sender)
        for number, candidate in enumerate(world.candidates[sender.id]):
            key = candidate["candidacy"]
            world.gateway.command(office, "PassGates", {"candidacy": key, "gates": gates}, "2015-06-29")
            about = {
                "candidacy": key,
                "pool": "young_excellent",
                "party_status": "full",
                "work_start": "2005-08-01",
                "attested": attested,
                "tags": ["work_team_27"] if number == 0 else [],
                "evidence": EVIDENCE,
            }
            world.gateway.command(office, "QualifyApplicant", about, "2015-06-30")

    world.each(check, world.senders)


def route(world: ShanxiWorld) -> None:
    """The units recommend, the poverty office approves, the province files; filing before approval is tried."""

    def recommend(sender: Sender) -> None:
        keys = [one["candidacy"] for one in world.candidates[sender.id]]
        data = {"nominees": keys, "decision": f"{sender.id} 党组会纪要（合成）"}
        world.gateway.command(world.sending(sender), "RecommendNominees", data, "2015-07-02")

    world.each(recommend, world.senders)
    keys = [one["candidacy"] for sender in world.senders for one in world.candidates[sender.id]]
    listed = {"nominees": keys, "document": "审核备案表（合成）"}
    world.refused("duty_out_of_order", world.province(), "FileNominees", listed, "2015-07-03")
    world.one(world.poverty_office(), "ApproveNominees", listed, "2015-07-06")
    world.one(world.province(), "FileNominees", listed, "2015-07-08")


def _register(world: ShanxiWorld, county: str) -> None:
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(county), *AREAS.within(county))]
    data = {"edition": EDITION, "units": [{"root": county, "divisions": divisions}]}
    world.gateway.command(world.province("数据员"), "RegisterAreas", data, REGISTERED_ON)


def _kinds(world: ShanxiWorld, county: str) -> None:
    poor = [{"target": code, "weak_party": False, "registered_poor": True} for code in world.villages[county]]
    places = len(poor)
    others = [village.code for village in AREAS.within(county, "village")][places : places + OPTIONAL]
    villages = [*poor, *({"target": code, "weak_party": False, "registered_poor": False} for code in others)]
    data = {"programme": PROGRAMME, "county": county, "villages": villages}
    world.gateway.command(world.county(county), "RecordVillageKinds", data, "2015-06-25")


def _applicant(world: ShanxiWorld, sender: Sender) -> dict[str, Any]:
    person = world.people.next()
    form = form_of(person, f"{sender.name} 科员（合成）", "村党组织第一书记 待分配")
    numbers = {name: person[name] for name in ("id_number", "mobile")}
    return {"application": "报名表（合成）", "form": form, "synthetic": True, **numbers}
