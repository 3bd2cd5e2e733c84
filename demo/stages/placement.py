"""Steps 11 to 15: places are solved, proposed, reviewed, confirmed, fed back; hand-over until all are on post."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System

PROGRAMME = "LN2018"
SENDER_ITEMS = ("party_relation", "escort")
HOST_ITEMS = ("host_contact", "board_lodging")


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """From the checked nominees to a cadre on post in every place."""
    plan = solve(world)
    propose(world, plan, "2018-04-25")
    channels = sorted({p["channel"] for p in plan})
    for channel in channels:
        world.one(world.province(), "OpenReview", {"programme": PROGRAMME, "channel": channel}, "2018-04-26")
    first = channels[0]
    targets = [p["target"] for p in plan if p["channel"] == first]
    tried = {"programme": PROGRAMME, "targets": targets}
    world.refused("province_confirms", world.channel(first), "ConfirmPlacements", tried, "2018-04-26")
    confirmed = {"programme": PROGRAMME, "targets": sorted(p["target"] for p in plan)}
    world.one(world.province(), "ConfirmPlacements", confirmed, "2018-04-27")
    feed_back(world, sorted({p["target"][:4] for p in plan}), "2018-04-28")
    hand_over(world, postings(world, after=("allocation",)), "2018-04-28", "2018-05-02")


def solve(world: World) -> list[dict[str, Any]]:
    """The exact assignment: target, unit, person, channel, rank, and the reason where nothing nearer was free."""
    world.expect(1)
    placements = world.gateway.query(
        world.province(), "allocation", "placement_plan", after=("personnel",), programme=PROGRAMME
    )
    world.advance(1)
    return placements


def propose(world: World, plan: list[dict[str, Any]], on: str) -> None:
    """Every channel proposes its own."""
    by_channel: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place in plan:
        by_channel[place["channel"]].append(
            {
                "target": place["target"],
                "unit": place["unit"],
                "person": place["person"],
                "first_batch": "首批该村无选派干部（合成）",
                "need": "集体经济薄弱（合成）",
                "reason": place["reason"],
            }
        )
    for channel, placements in sorted(by_channel.items()):
        data = {"programme": PROGRAMME, "channel": channel, "placements": placements}
        world.one(world.channel(channel), "ProposePlacements", data, on)


def feed_back(world: World, cities: list[str], on: str) -> None:
    """The ledger goes to each city, and each city acknowledges it."""
    for city in cities:
        data = {"programme": PROGRAMME, "city": city}
        world.one(world.province(), "FeedBackLedger", data, on)
        world.one(world.city(city), "AcknowledgeLedger", data, on)


def postings(world: World, after: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """All postings as personnel knows them."""
    return world.gateway.query(world.province(), "personnel", "postings", after=after, programme=PROGRAMME)


def hand_over(world: World, wanted: list[dict[str, Any]], begun: str, done: str) -> None:
    """The sending side begins, the host county completes; all four items done, the cadre is on post."""
    units = {u.id: u for u in world.units}

    def send(posting: dict[str, Any], item: str, on: str) -> None:
        data = {"postings": [posting["posting"]], "items": [item]}
        world.gateway.command(world.channel(units[posting["unit"]].channel), "RecordHandover", data, on)

    def host(posting: dict[str, Any]) -> None:
        data = {"postings": [posting["posting"]], "items": list(HOST_ITEMS)}
        world.gateway.command(world.county(posting["target"][:6]), "RecordHandover", data, done)

    world.each(lambda posting: send(posting, SENDER_ITEMS[0], begun), wanted)
    world.each(host, wanted)
    world.each(lambda posting: send(posting, SENDER_ITEMS[1], done), wanted)
