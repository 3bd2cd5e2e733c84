"""Places of all tiers are planned exactly, proposed by each channel, reviewed, confirmed, and given back as ledgers."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any

from deploy.demo.stages import placement as scenario
from deploy.demo.whole.world import PROGRAMME, WholeWorld

PROPOSED, REVIEWED, CONFIRMED, FED_BACK = "2018-04-25", "2018-04-26", "2018-04-27", "2018-04-28"


def plans(world: WholeWorld) -> None:
    """The least total distance, for the province at once and for each city and county by itself."""
    wanted: list[tuple[str, str]] = [("province", ""), *((sender.tier, sender.area) for sender in world.senders)]
    world.notes["plans"] = {}

    def solve(item: tuple[str, str]) -> None:
        tier, area = item
        office = world.office(area) if area else world.province()
        params = {"programme": PROGRAMME, "tier": tier, "area": area}
        items = world.gateway.query(office, "allocation", "placement_plan", after=("personnel",), **params)
        world.notes["plans"][item] = items

    world.each(solve, wanted)


def propose(world: WholeWorld) -> None:
    """Every channel proposes its own."""
    by_channel: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for items in world.notes["plans"].values():
        for item in items:
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


def confirm(world: WholeWorld) -> None:
    """The province reviews its channels; each city its own units and its counties. A channel's attempt is refused."""
    areas = [sender.area for sender in world.senders]
    channels = [*(channel["channel"] for channel in world.channels), *areas]
    proposed = {item["channel"] for items in world.notes["plans"].values() for item in items}

    def review(channel: str) -> None:
        office = world.city(channel[:4]) if channel.isdigit() else world.province()
        world.gateway.command(office, "OpenReview", {"programme": PROGRAMME, "channel": channel}, REVIEWED)

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
    placed = [item["target"] for items in world.notes["plans"].values() for item in items]
    cities = sorted({target[:4] for target in placed})
    world.each(partial(_feed_back, world), cities)


def _feed_back(world: WholeWorld, city: str) -> None:
    data = {"programme": PROGRAMME, "city": city}
    world.gateway.command(world.province(), "FeedBackLedger", data, FED_BACK)
    world.gateway.command(world.city(city), "AcknowledgeLedger", data, FED_BACK)


def hand_over(world: WholeWorld) -> None:
    """Sending side and host county record their items for many postings at once, until all are on post."""
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

    world.each(partial(record, by_channel, scenario.SENDER_ITEMS[:1], "2018-04-28"), sorted(by_channel))
    world.each(partial(record, by_county, scenario.HOST_ITEMS, "2018-05-02"), sorted(by_county))
    world.each(partial(record, by_channel, scenario.SENDER_ITEMS[1:], "2018-05-02"), sorted(by_channel))
