"""Postings that run: under the rules of Jinzhou, and, elsewhere, under what the notice of Shanxi asks of a posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from programmes import loader
from services.personnel.wiring import SERVICE
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

JINZHOU, NEIGHBOUR, ELSEWHERE = "210727101208", "210727101209", "211321102201"
TOWNSHIP = organ("township", JINZHOU[:9])
CITY = organ("city_org", "2107")
OTHER_COUNTY, OTHER_TOWNSHIP = organ("county_org", ELSEWHERE[:6]), organ("township", ELSEWHERE[:9])
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
    """Personnel with a cadre on post at each of ``targets``."""
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    desk.hear("allocation", "ProfilePublished", "2018-04-16", **published())
    about = {"unit": cast.UNIT, "name": "某厅", "channel": cast.CHANNEL, "level": "province"}
    desk.hear("allocation", "UnitRegistered", "2018-04-17", **about)
    for target in targets:
        placed = {**cast.confirmed(target, posting(target)), "tier": (tiers or {}).get(target, "city")}
        desk.hear("allocation", "PlacementConfirmed", "2018-04-27", **placed)
        post(desk, target)
    return desk


def post(desk: Desk, target: str) -> None:
    """The hand-over of a placed cadre, whole."""
    one = {"postings": [posting(target)]}
    desk.command(cast.UNIT_OFFICE, "RecordHandover", "2018-04-28", **one, items=["party_relation", "escort"])
    desk.command(organ("county_org", target[:6]), "RecordHandover", ON, **one, items=["host_contact", "board_lodging"])


def open_items(desk: Desk, as_of: str, item: str) -> list[tuple[str, str]]:
    """The postings that lack a matter, with what is lacking."""
    rows = desk.query(cast.PROVINCE, "open_items", as_of=as_of, item=item)
    return [(row["posting"], row["lacking"]) for row in rows]
