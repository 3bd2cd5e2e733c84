"""Steps 1 and 2: the notices and profiles of 2018 come into force, the divisions are registered."""

from __future__ import annotations

from typing import Any

from cli.office import Office
from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System
from programmes import loader
from programmes.areas import Areas, Division, registered
from programmes.notices import Notice

EDITION = "2023-06"
REGISTERED_ON = "2002-01-01"  # assumed: so that every as-of date of the demo finds them


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """Publish LN2018 and its supplement for 锦州, then register the divisions of Liaoning."""
    publish(world, world.province("文书"), "LN2018", "2018-04-16")
    publish(world, world.city("2107"), "JZ", "2018-04-16")
    register(world, registered("21"))


def publish(world: World, office: Office, programme: str, on: str) -> None:
    """Publish a programme's first notice and its profile."""
    profile = loader.load(programme)
    world.one(office, "PublishNotice", notice_data(profile.notices[0], profile.scope), on)
    world.one(office, "PublishProfile", {"profile": profile.published()}, on)


def notice_data(notice: Notice, scope: str) -> dict[str, Any]:
    """The data of PublishNotice."""
    return {
        "title": notice.title,
        "issuers": list(notice.issuers),
        "scope": scope,
        "number": notice.number,
        "issued_on": notice.issued_on,
        "addressees": list(notice.addressees),
        "based_on": list(notice.based_on),
        "annexes": list(notice.annexes),
    }


def register(world: World, areas: Areas) -> None:
    """One registration for the province with its cities, one for each county with all below it."""
    office = world.province("数据员")
    cities = areas.children("21")
    roots = [[areas.get("21"), *cities]]
    for city in cities:
        roots += [[county, *areas.within(county.code)] for county in areas.children(city.code)]
    world.each(lambda unit: _register(world, office, unit), roots)


def _register(world: World, office: Office, unit: list[Division]) -> None:
    divisions = [{"code": d.code, "name": d.name} for d in unit]
    data = {"edition": EDITION, "units": [{"root": unit[0].code, "divisions": divisions}]}
    world.gateway.command(office, "RegisterAreas", data, REGISTERED_ON)
