"""Who leaves in the year: withdrawn for illness and replaced, or followed as planned. The same unit sends anew."""

from __future__ import annotations

from typing import Any

from demo import workbook
from demo.stages.placement import HOST_ITEMS, SENDER_ITEMS
from demo.whole.world import PROGRAMME
from demo.year.befallen import of_kind
from demo.year.planted import Case
from demo.year.world import YearWorld

RECORD = {"papers": "文件移交清单（合成）", "works": "在办事项清单（合成）", "money": "经费结清（合成）"}


def illness(world: YearWorld, of: int) -> None:
    """Withdrawn on the 13th; the unit's next cadre is on post on the 27th."""
    for case in of_kind(world, "illness", of):
        row = _posting(world, case)
        county, unit, target = world.county(row["target"][:6]), world.sent_by(row["unit"]), row["target"]
        ended = {"posting": case.key, "organ": "县委组织部", "document": "退出通知（合成）", "ground": "illness"}
        world.one(county, "WithdrawCadre", ended, f"{case.period}-13")
        world.one(unit, "RecordReturn", {"posting": case.key}, f"{case.period}-14")
        nominee = _nominated(world, row, f"{case.period}-15")
        place = {"target": target, "unit": row["unit"], "person": nominee["person"], "reason": "接替"}
        place |= {"first_batch": "首批该村无选派干部（合成）", "need": "集体经济薄弱（合成）"}
        about = {"programme": PROGRAMME, "channel": row["channel"]}
        office = world.office(row["channel"])
        world.one(office, "ProposePlacements", {**about, "placements": [place]}, f"{case.period}-19", ("personnel",))
        world.one(world.host, "OpenReview", about, f"{case.period}-20")
        confirmed = {"programme": PROGRAMME, "targets": [target]}
        world.one(world.host, "ConfirmPlacements", confirmed, f"{case.period}-21")
        city = {"programme": PROGRAMME, "city": target[:4]}
        world.one(world.province(), "FeedBackLedger", city, f"{case.period}-22")
        world.one(world.host, "AcknowledgeLedger", city, f"{case.period}-22")
        _takes_over(world, row, _next(case.key), f"{case.period}-24", f"{case.period}-27", ("allocation",))


def changeover(world: YearWorld, of: int) -> None:
    """Planned on the 5th for the 26th; the successor takes over that day, over a record that both signed."""
    for case in of_kind(world, "changeover", of):
        row, takes_over = _posting(world, case), f"{case.period}-26"
        board = {"organ": "县委组织部", "document": "轮换通知（合成）", "reason": "轮换"}
        change = {"changes": [{"posting": case.key, "takes_over": takes_over}], **board}
        county = world.county(row["target"][:6])
        world.one(county, "PlanChangeovers", change, f"{case.period}-05")
        nominee = _nominated(world, row, f"{case.period}-09")
        following = {"successors": [{"posting": case.key, "nomination": nominee["nomination"]}]}
        world.one(county, "AppointSuccessors", following, f"{case.period}-12")
        signers = [row["person"], nominee["person"]]
        signed = {"posting": case.key, **RECORD, "signers": signers}
        world.one(world.sent_by(row["unit"]), "SignHandover", signed, f"{case.period}-25")
        _takes_over(world, row, _next(case.key), f"{case.period}-24", takes_over, ())


def _posting(world: YearWorld, case: Case) -> dict[str, Any]:
    target = world.registers[case.key]["target"]
    rows = world.ask("personnel", "postings", programme=PROGRAMME, target=target)
    return next(row for row in rows if row["posting"] == case.key)


def _next(posting: str) -> str:
    stem, number = posting.rsplit(".", 1)
    return f"{stem}.{int(number) + 1}"


def _nominated(world: YearWorld, row: dict[str, Any], on: str) -> dict[str, Any]:
    """One more nominee of the unit of a posting, checked by its channel the same day."""
    unit, office = world.local[row["unit"]], world.office(row["channel"])
    form = workbook.row_of(world.people.next(), unit, row["kind"], 3000)
    data = {"programme": PROGRAMME, "nominee": form, "synthetic": True}
    world.one(world.sent_by(unit.id), "NominateCadre", data, on)
    of_unit = {"programme": PROGRAMME, "unit": unit.id, "status": "nominated"}
    (nominee,) = world.gateway.query(office, "personnel", "nominations", **of_unit)
    result = {"unit": unit.id, "nomination": nominee["nomination"], "result": "passed", "conditions": []}
    world.one(office, "CheckNominee", {"programme": PROGRAMME, **result}, on)
    return dict(nominee)


def _takes_over(
    world: YearWorld, row: dict[str, Any], posting: str, begun: str, done: str, after: tuple[str, ...]
) -> None:
    sender, county, about = world.office(row["channel"]), world.county(row["target"][:6]), {"postings": [posting]}
    world.one(sender, "RecordHandover", {**about, "items": [SENDER_ITEMS[0]]}, begun, after)
    world.one(county, "RecordHandover", {**about, "items": [*HOST_ITEMS]}, begun)
    world.one(sender, "RecordHandover", {**about, "items": [SENDER_ITEMS[1]]}, done)
