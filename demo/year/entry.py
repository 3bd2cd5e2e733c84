"""The cadres of 2018 of one city: the batch, the senders of city and counties, rosters, plans, until all are there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from demo import cast, workbook
from demo.selection import Selection
from demo.stages import quotas as scenario
from demo.stages.rules import publish, register
from demo.whole import placement, roster
from demo.whole.quotas import local
from demo.whole.selection import committees, whole
from demo.whole.senders import Sender, senders
from demo.year.world import PROGRAMME, YearWorld
from programmes.areas import registered

ON, ENTERED, BEGUN, ON_POST = "2018-04-17", "2018-04-20", "2018-12-28", "2019-01-01"
AREAS = registered("21")


def rules(world: YearWorld) -> None:
    """Notices and profiles of the programme and of the city's practice, and the divisions of the province."""
    publish(world, world.province("文书"), PROGRAMME, "2018-04-16")
    publish(world, world.host, "JZ", "2018-04-16")
    register(world, AREAS)


def quotas(world: YearWorld) -> None:
    """The plan of the batch; the city and the counties that send enter theirs; the places are opened."""
    printed = scenario.rules()
    group = next(g for g in printed["quota.groups"] if g["arranger"] == "province")
    every = whole(AREAS, group, {row["tier"]: row for row in printed["quota.tiers"]})
    counties = [{"county": c, "villages": n, "weak": weak} for c, (n, weak) in every.by_county().items()]
    scenario.plan(world, printed, counties)
    world.units = []
    year = world.year
    city = Selection(
        year.thinned(every.city.townships, year.townships), year.thinned(every.city.villages, year.villages)
    )
    county = tuple(code for code in every.county if code[:6] in year.of_counties)
    world.picked = replace(every, province=Selection((), ()), city=city, county=county)
    world.senders = list(senders(world.picked, AREAS, committees(AREAS, group["cities"])))
    world.local = {unit.id: unit for sender in world.senders for unit in sender.units}
    world.each(lambda sender: local(world, sender), world.senders)
    _open(world)


def _open(world: YearWorld) -> None:
    picked = world.chosen
    wanted: dict[str, list[dict[str, Any]]] = {
        "city": [
            *({"target": code, "kind": "township", "weak": False} for code in picked.city.townships),
            *({"target": code, "kind": "village", "weak": True} for code in picked.city.villages),
        ],
        "county": [{"target": code, "kind": "village", "weak": False} for code in picked.county],
    }
    for tier, targets in wanted.items():
        if targets:
            data = {"programme": PROGRAMME, "tier": tier, "synthetic": True, "targets": targets}
            world.one(world.province(), "OpenTargets", data, ON)


def secretaries(world: YearWorld) -> None:
    """Who is party secretary of each township that a cadre is sent to, recorded by the counties."""
    places = [*world.chosen.city.townships, *world.chosen.city.villages, *world.chosen.county]
    places += [village for villages in world.villages.values() for village in villages]
    townships = sorted({code[:9] for code in places})
    world.secretaries = {code: f"p-secretary-{code}" for code in townships}

    def record(county: str) -> None:
        holders = [
            {"organ": code, "post": "party_secretary", "person": world.secretaries[code], "since": "2016-01-01"}
            for code in townships
            if code.startswith(county)
        ]
        world.gateway.command(world.county(county), "RecordOfficeHolder", {"holders": holders}, ON)

    world.each(record, sorted({code[:6] for code in townships}))


def nominated(world: YearWorld) -> None:
    """A workbook of each sender, every row taken, every nominee checked."""
    template = world.gateway.download(world.province(), f"rosters/template?programme={PROGRAMME}")
    header = workbook.header_of(template)

    def rows(sender: Sender) -> list[dict[str, Any]]:
        places = cast.places(sender.units)
        return [workbook.row_of(world.people.next(), place.unit, place.kind, place.row) for place in places]

    books = {sender.area: workbook.filled(header, rows(sender), PROGRAMME) for sender in world.senders}

    def hand_in(area: str) -> None:
        params = {"programme": PROGRAMME, "accept": "all", "synthetic": "true"}
        world.gateway.roster(world.office(area), books[area], ENTERED, params, after=("allocation",))

    world.each(hand_in, books)
    roster.checks(world)


def placed(world: YearWorld) -> None:
    """Certified plans of each sender, proposed, reviewed and confirmed by the city, given back as a ledger."""
    asked = {"programme": PROGRAMME}

    def plan(area: str) -> str:
        tier = {"city": 4, "county": 6}
        about = {**asked, "tier": next(name for name, size in tier.items() if size == len(area)), "area": area}
        found = world.gateway.job(world.office(area), "placement_plan", about, placement.PLANNED, after=("personnel",))
        return str(found["plan"])

    areas = [sender.area for sender in world.senders]
    world.notes["plans"] = dict(zip(areas, world.each(plan, areas), strict=True))
    placement.propose(world)
    for area in areas:
        world.one(world.host, "OpenReview", {**asked, "channel": area}, placement.REVIEWED)
    world.one(world.host, "ConfirmPlacements", asked, placement.CONFIRMED)
    placement.ledgers(world)
    placement.hand_over(world, BEGUN, ON_POST)
