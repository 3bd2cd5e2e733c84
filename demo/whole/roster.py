"""Rosters of all tiers: a workbook for the province, one a city, one a county; each channel checks its nominees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from demo import cast, workbook
from demo.cast import Unit
from demo.whole.world import PROGRAMME, WholeWorld
from demo.world import Unexpected
from deploy.local.system import System

NOMINATED, CHECKED = "2018-04-20", "2018-04-23"


def write(world: WholeWorld, system: System) -> dict[str, Path]:
    """The workbooks, under DATA/rosters, by who hands them in: "province" or the code of a city or county."""
    folder = system.data / "rosters"
    folder.mkdir()
    template = world.gateway.download(world.province(), f"rosters/template?programme={PROGRAMME}")
    header = workbook.header_of(template)
    files = {}
    number = 0
    for name, units in _units(world):
        rows = []
        for unit, kind in units:
            number += 1
            rows.append(workbook.row_of(world.people.next(), unit, kind, number))
        files[name] = folder / f"{name}.xlsx"
        files[name].write_bytes(workbook.filled(header, rows, PROGRAMME))
    return files


def _units(world: WholeWorld) -> Iterator[tuple[str, list[tuple[Unit, str]]]]:
    wanted = {
        "township": len(world.chosen.province.townships),
        "village": len(world.chosen.province.villages),
    }
    yield "province", list(_first(cast.places(world.units), wanted))
    for sender in world.senders:
        yield sender.area, [(place.unit, place.kind) for place in cast.places(sender.units)]


def _first(places: Iterator[cast.Place], wanted: dict[str, int]) -> Iterator[tuple[Unit, str]]:
    """The first places of each kind, as many as there are targets for."""
    for place in places:
        if wanted[place.kind]:
            wanted[place.kind] -= 1
            yield place.unit, place.kind


def play(world: WholeWorld, system: System) -> None:
    """From the workbooks to nominees of all tiers, every row taken."""
    files = write(world, system)

    def hand_in(name: str) -> None:
        office = world.province() if name == "province" else world.office(name)
        params = {"programme": PROGRAMME, "accept": "all", "synthetic": "true"}
        world.gateway.roster(office, files[name].read_bytes(), NOMINATED, params, after=("allocation",))

    world.each(hand_in, files)


def checks(world: WholeWorld) -> None:
    """Each channel checks its nominees, one result each."""

    def mark(channel: str) -> int:
        office = world.office(channel)
        nominees = world.gateway.query(office, "personnel", "nominations", programme=PROGRAMME, channel=channel)
        marks = [{"unit": n["unit"], "nomination": n["nomination"], "result": "passed"} for n in nominees]
        for part in _parts(marks):
            world.gateway.command(office, "CheckNominees", {"programme": PROGRAMME, "checks": part}, CHECKED)
        return len(marks)

    channels = [*(channel["channel"] for channel in world.channels), *(sender.area for sender in world.senders)]
    checked = sum(world.each(mark, channels))
    places = sum(sum(sender.places) for sender in world.senders)
    places += len(world.chosen.province.townships) + len(world.chosen.province.villages)
    if checked != places:
        raise Unexpected(f"{checked} nominees were checked for {places} places")


def _parts(items: Sequence[dict[str, Any]], size: int = 200) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
