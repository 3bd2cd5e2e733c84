"""Postings that run: under the rules of Jinzhou, and, elsewhere, under what the notice of Shanxi asks of a posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from programmes import loader
from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

JINZHOU, NEIGHBOUR, ELSEWHERE = "210727101208", "210727101209", "211321102201"
TOWNSHIP = organ("township", JINZHOU[:9])
CITY = organ("city_org", "2107")
OTHER_COUNTY, OTHER_TOWNSHIP = organ("county_org", ELSEWHERE[:6]), organ("township", ELSEWHERE[:9])
SENDERS = organ("unit", units=(cast.UNIT, "U2107", "U2113", "U210727", "U211321"))
"""Who acts for the unit that sends, of whatever tier."""
ON = "2018-05-02"
"""The day on which every cadre here is on post."""
_GROUPS: Final = {
    *("committee", "checkup", "duties", "duty", "extension", "insurance", "management", "team", "term", "training"),
}


def posting(target: str) -> str:
    return f"LN2018.{target}.1"


def published(version: int = 2) -> dict[str, Any]:
    """The next version of the rules of 2018, which asks of postings what the notice of Shanxi asks."""
    own, shanxi = loader.load("LN2018").published(), loader.load("SX2015").published()["rules"]
    taken = {
        path: rule
        for path, rule in shanxi.items()
        if path.partition(".")[0] in _GROUPS or path == "procedure.extension"
    }
    kept = {path: rule for path, rule in own["rules"].items() if path.startswith(("duty.", "training."))}
    return {**own, "version": version, "rules": {**own["rules"], **taken, **kept}}


def running(open_desk: Callable[..., Desk], *targets: str, tiers: dict[str, str] | None = None) -> Desk:
    """Personnel with a cadre on post at each of ``targets``, of a unit of its tier: the city's where none is named."""
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    desk.hear("allocation", "ProfilePublished", "2018-04-16", **published())
    desk.hear_of("allocation", said.unit_registered(cast.UNIT))
    for target in targets:
        place(desk, target, (tiers or {}).get(target, "city"))
    return desk


def place(desk: Desk, target: str, tier: str = "city") -> None:
    """A cadre of a unit of the tier is placed, and handed over whole."""
    channel = {"province": cast.CHANNEL, "city": target[:4], "county": target[:6]}[tier]
    unit = unit_of(channel)
    if channel != cast.CHANNEL:
        desk.hear_of("allocation", said.unit_registered(unit, channel, f"某局{channel}"))
    desk.hear_of("allocation", said.placement(target, f"p-{posting(target)}", unit, channel))
    one = {"postings": [posting(target)]}
    desk.command(SENDERS, "RecordHandover", "2018-04-28", **one, items=["party_relation", "escort"])
    desk.command(organ("county_org", target[:6]), "RecordHandover", ON, **one, items=["host_contact", "board_lodging"])


def unit_of(channel: str) -> str:
    """The unit that sends for a channel."""
    return cast.UNIT if channel == cast.CHANNEL else f"U{channel}"


def open_items(desk: Desk, as_of: str, item: str) -> list[tuple[str, str]]:
    """The postings that lack a matter, with what is lacking."""
    rows = desk.query(cast.PROVINCE, "open_items", as_of=as_of, item=item)
    return [(row["posting"], row["lacking"]) for row in rows]
