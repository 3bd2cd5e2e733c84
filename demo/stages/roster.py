"""Steps 8 to 10: the roster comes as a workbook; three rows are refused, five nominees fail, all are put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo import workbook
from demo.cast import Place, Unit
from demo.people import spoiled
from demo.subscribers import Subscribers
from demo.world import Unexpected, World
from deploy.local.system import System

PROGRAMME = "LN2018"
FAILED = "synthetic: 健康状况与岗位不符 (human mark)"


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """From two workbooks to a checked nominee for every place."""
    rows = [workbook.row_of(world.people.next(), place.unit, place.kind, place.row) for place in world.places]
    bad_id, few_copies, doubled = (n - 1 for n in world.scale.spoiled)
    corrected = [dict(rows[n]) for n in (bad_id, few_copies, doubled)]
    rows[bad_id]["id_number"] = spoiled(rows[bad_id]["id_number"])
    rows[few_copies]["copies"] -= 1
    rows[doubled]["id_number"] = rows[doubled - 1]["id_number"]
    refused = upload(world, rows, "2018-04-20")
    if refused != sorted(world.scale.spoiled):
        raise Unexpected(f"rows {refused} were refused at import, not {sorted(world.scale.spoiled)}")
    failed_places = [world.places[n - 1] for n in world.scale.failing]
    failures = check(world, "2018-04-23", failed_places)
    too_early(world, failed_places[0].unit)
    for failure in failures:
        office = world.channel(channel_of(world, failure["unit"]))
        talked = {"programme": PROGRAMME, "unit": failure["unit"], "nomination": failure["nomination"]}
        world.one(office, "RecordCommunication", talked, "2018-04-24")
        world.one(office, "RequestRenomination", talked, "2018-04-24")
    again = [workbook.row_of(world.people.next(), p.unit, p.kind, 1000 + p.row) for p in failed_places]
    if upload(world, corrected + again, "2018-04-24"):
        raise Unexpected("a row of the second workbook was refused")
    check(world, "2018-04-24")


def upload(world: World, rows: list[dict[str, Any]], on: str) -> list[int]:
    """Import a workbook, good rows only, and return which of ``rows`` were refused, from 1: the header is row 1."""
    world.expect(1)
    template = world.gateway.download(world.province(), f"rosters/template?programme={PROGRAMME}")
    body = workbook.filled(workbook.header_of(template), rows, PROGRAMME)
    params = {"programme": PROGRAMME, "accept": "good"}
    receipt = world.gateway.roster(world.province("干部处"), body, on, params, after=("allocation",))
    world.advance(1)
    return sorted(item["item"] - 1 for item in receipt.get("result", {}).get("refused", []))


def too_early(world: World, unit: Unit) -> None:
    """Before the talk is recorded nobody else may be nominated for the failed place (PE-005)."""
    row = workbook.row_of(world.people.next(), unit, "village", 2000)
    data = {"programme": PROGRAMME, "nominee": row}
    world.refused("communication_missing", world.unit(unit), "NominateCadre", data, "2018-04-23")


def channel_of(world: World, unit: str) -> str:
    """The channel that manages a unit."""
    return next(u.channel for u in world.units if u.id == unit)


def check(world: World, on: str, failing: Sequence[Place] = ()) -> list[dict[str, Any]]:
    """Every open nominee is checked, one by one; for each place of ``failing`` one nominee fails and is returned."""
    nominees = world.gateway.query(world.province(), "personnel", "nominations", programme=PROGRAMME)
    waiting = [n for n in nominees if n["status"] == "nominated"]
    failed: list[dict[str, Any]] = []
    for place in failing:
        standing = [n for n in waiting if n["unit"] == place.unit.id and n["kind"] == place.kind and n not in failed]
        failed.append(standing[0])

    def mark(nominee: dict[str, Any]) -> None:
        fails = nominee in failed
        data = {
            "programme": PROGRAMME,
            "unit": nominee["unit"],
            "nomination": nominee["nomination"],
            "result": "failed" if fails else "passed",
            "conditions": [FAILED] if fails else [],
        }
        world.gateway.command(world.channel(channel_of(world, nominee["unit"])), "CheckNominee", data, on)

    world.each(mark, waiting)
    return failed


def nominate(world: World, unit: Unit, kind: str, on: str, checked_on: str) -> None:
    """One more nominee of a unit, entered by its party committee and checked by its channel."""
    row = workbook.row_of(world.people.next(), unit, kind, 3000)
    data = {"programme": PROGRAMME, "nominee": row, "synthetic": True}
    world.one(world.unit(unit), "NominateCadre", data, on)
    check(world, checked_on)
