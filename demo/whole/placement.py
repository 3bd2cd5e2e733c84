"""Places of all tiers are planned exactly, proposed by each channel, reviewed, confirmed, and given back as ledgers."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any

from demo.stages import placement as scenario
from demo.whole.world import PROGRAMME, WholeWorld
from demo.world import Unexpected
from kernel.text import digits
from services.allocation.registers.tier_organs import tier_of

BEGUN, DONE = "2018-04-28", "2018-05-02"
PLANNED, PROPOSED, REVIEWED, CONFIRMED, FED_BACK = "2018-04-25", "2018-04-25", "2018-04-26", "2018-04-27", "2018-04-28"


def plans(world: WholeWorld) -> None:
    """Each tier has its places planned by a job: the province all at once, each city and county its own."""

    def have_planned(area: str) -> str:
        office = world.office(area) if area else world.province()
        asked: dict[str, Any] = {"programme": PROGRAMME, "tier": tier_of(area), **({"area": area} if area else {})}
        return str(world.gateway.job(office, "placement_plan", asked, PLANNED, after=("personnel",))["plan"])

    areas = ["", *(sender.area for sender in world.senders)]
    world.notes["plans"] = dict(zip(areas, world.each(have_planned, areas), strict=True))


def derive_again(world: WholeWorld) -> None:
    """A plan of each tier comes out again from the log alone, bit for bit."""
    first = {tier_of(area): (area, plan) for area, plan in reversed(world.notes["plans"].items())}
    for area, plan in first.values():
        office = world.office(area) if area else world.province()
        world.expect(1)
        found = world.gateway.job(office, "derivation", {"plan": plan}, PLANNED)
        world.advance(1)
        if not found["equal"]:
            raise Unexpected(f"{plan} came out otherwise: {found['differs']}")
    world.notes["derived again"] = [plan for _, plan in first.values()]


def propose(world: WholeWorld) -> None:
    """Every channel proposes its own, as planned."""
    by_channel: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = world.each(lambda plan: _rows(world, plan), world.notes["plans"].values())
    for own in rows:
        for item in own:
            by_channel[item["channel"]].append(
                {
                    "target": item["target"],
                    "unit": item["unit"],
                    "person": item["person"],
                    "first_batch": "首批该村无选派干部（合成）",
                    "need": "集体经济薄弱（合成）",
                    "reason": item["reason"],
                }
            )

    def put(channel: str) -> None:
        data = {"programme": PROGRAMME, "channel": channel, "placements": by_channel[channel]}
        world.gateway.command(world.office(channel), "ProposePlacements", data, PROPOSED)

    world.each(put, sorted(by_channel))


def _rows(world: WholeWorld, plan: str) -> list[dict[str, Any]]:
    return world.gateway.query(world.province(), "allocation", "plan_rows", plan=plan)


def confirm(world: WholeWorld) -> None:
    """The province reviews its channels; each city its own units and its counties. A channel's attempt is refused."""
    areas = [sender.area for sender in world.senders]
    channels = [*(channel["channel"] for channel in world.channels), *areas]

    def review(channel: str) -> None:
        office = world.city(channel[:4]) if digits(channel) else world.province()
        world.gateway.command(office, "OpenReview", {"programme": PROGRAMME, "channel": channel}, REVIEWED)

    waiting = world.gateway.query(world.province(), "allocation", "targets", programme=PROGRAMME, state="proposed")
    proposed = {target["channel"] for target in waiting}
    world.each(review, [channel for channel in channels if channel in proposed])
    asked = {"programme": PROGRAMME}
    first = world.channels[0]["channel"]
    world.refused("province_confirms", world.channel(first), "ConfirmPlacements", asked, REVIEWED)
    cities = sorted({area[:4] for area in areas})
    world.refused("city_confirms", world.province(), "ConfirmPlacements", {**asked, "channel": cities[0]}, REVIEWED)
    offices = [world.province(), *(world.city(city) for city in cities)]
    world.each(lambda office: world.gateway.command(office, "ConfirmPlacements", asked, CONFIRMED), offices)


def ledgers(world: WholeWorld) -> None:
    """The province feeds each city's rows of all tiers back, and each city acknowledges them."""
    rows = world.gateway.query(world.province(), "allocation", "coverage", programme=PROGRAMME)
    world.each(partial(_feed_back, world), sorted({row["city"] for row in rows}))


def _feed_back(world: WholeWorld, city: str) -> None:
    data = {"programme": PROGRAMME, "city": city}
    world.gateway.command(world.province(), "FeedBackLedger", data, FED_BACK)
    world.gateway.command(world.city(city), "AcknowledgeLedger", data, FED_BACK)


def hand_over(world: WholeWorld, begun: str = BEGUN, done: str = DONE) -> None:
    """Sending side and host county record their items for many postings at once, until all are on post on ``done``."""
    postings = scenario.postings(world, after=("allocation",))
    by_channel: dict[str, list[str]] = defaultdict(list)
    by_county: dict[str, list[str]] = defaultdict(list)
    for posting in postings:
        by_channel[posting["channel"]].append(posting["posting"])
        by_county[posting["target"][:6]].append(posting["posting"])

    def record(side: dict[str, list[str]], items: tuple[str, ...], on: str, of: str) -> None:
        office = world.county(of) if side is by_county else world.office(of)
        for start in range(0, len(side[of]), 200):
            data = {"postings": side[of][start : start + 200], "items": list(items)}
            world.gateway.command(office, "RecordHandover", data, on)

    world.each(partial(record, by_channel, scenario.SENDER_ITEMS[:1], begun), sorted(by_channel))
    world.each(partial(record, by_county, scenario.HOST_ITEMS, done), sorted(by_county))
    world.each(partial(record, by_channel, scenario.SENDER_ITEMS[1:], done), sorted(by_channel))
