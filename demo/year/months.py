"""A month of every cadre: entered by the counties, compiled, signed by who is secretary that day, sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from demo.year.extent import YEAR
from demo.year.planted import Case, default_days, month, number
from demo.year.world import PROGRAMME, SECOND, YearWorld
from programmes import loader
from programmes.readers.attendance import DAYS_PER_MONTH, YEAR_SHARE
from programmes.working_days import WorkingDays

PAPER = "村级登记册（合成）"


def live(world: YearWorld, of: int) -> list[str]:
    """The postings that ran in a month."""
    days = [day.isoformat() for day in month(of)]
    return [
        posting
        for posting, row in sorted(world.registers.items())
        if row["opened_on"] <= days[-1] and (row["closed_on"] or days[-1]) >= days[0]
    ]


@cache
def asked_in_month() -> int:
    """Days on post a month that the first programme asks for."""
    return int(loader.load("JZ").rules[DAYS_PER_MONTH.path]["value"])


@cache
def asked_in_year() -> int:
    """Days on post that the second programme asks for: its share of the working days of the year."""
    share = loader.load(SECOND).rules[YEAR_SHARE.path]["value"]
    return -(-int(share["parts"]) * WorkingDays().year(YEAR).days // int(share["of"]))


def days_of(world: YearWorld, posting: str, of: int, cases: dict[str, Case]) -> list[date]:
    """The days a cadre was on post in a month: as many as a case asks for, elsewhere one to three more."""
    row, case = world.registers[posting], cases.get(posting)
    days = [day for day in month(of) if row["opened_on"] <= f"{day}" <= (row["closed_on"] or f"{YEAR}-12-31")]
    away = world.notes["leaves"].get((posting, of), ())
    wanted = asked_in_month() + 1 + number(world.year.seed, f"{posting} {of}", 3)
    if case is not None and of == case.month and case.kind in ("shortfall", "bound"):
        wanted = asked_in_month() - (case.kind == "shortfall")
    if case is not None and case.kind in ("short_year", "bound_year"):
        whole = asked_in_year() - (case.kind == "short_year")
        wanted = whole // 12 + (of <= whole % 12)
    return default_days([day for day in days if day not in away], wanted)


def entered(world: YearWorld, of: int) -> None:
    """The clerks of each county enter the month from the registrars' paper, one act a county."""
    world.look_up()
    cases = {case.key: case for case in world.cases if case.played}
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for posting in live(world, of):
        days = {str(day.day): "√" for day in days_of(world, posting, of, cases)}
        rows[world.registers[posting]["target"][:6]].append({"posting": posting, **days})

    def enter(county: str) -> None:
        about = {"area": county, "month": f"{YEAR}-{of:02}", "rows": rows[county], "document": PAPER}
        world.gateway.command(world.county(county), "RegisterMonth", about, f"{month(of)[-1]}")

    world.each(enter, sorted(rows))


def certified(world: YearWorld, of: int) -> None:
    """Compiled by the counties' clerks on the 2nd, signed on the 3rd and sealed on the 4th of the next month."""
    postings, period = live(world, of), f"{YEAR}-{of:02}"
    following = f"{YEAR + of // 12}-{of % 12 + 1:02}"

    def add_up(county: str) -> None:
        data = {"month": period, "postings": _under(world, postings, county)}
        world.gateway.command(world.county(county), "CompileMonths", data, f"{following}-02")

    world.each(add_up, _areas(world, postings, 6))
    signed_and_sealed(world, period, postings, f"{following}-03", f"{following}-04")


def signed_and_sealed(world: YearWorld, period: str, postings: list[str], signed: str, sealed: str) -> None:
    """The newest sheets, township by township."""

    def certify(township: str) -> None:
        data: dict[str, Any] = {"month": period, "postings": _under(world, postings, township)}
        world.gateway.command(world.secretary(township), "SignMonths", data, signed)
        world.gateway.command(world.township(township), "SealMonths", data, sealed)

    world.each(certify, _areas(world, postings, 9))


def _areas(world: YearWorld, postings: Iterable[str], digits: int) -> list[str]:
    return sorted({world.registers[posting]["target"][:digits] for posting in postings})


def _under(world: YearWorld, postings: Iterable[str], area: str) -> list[str]:
    return [posting for posting in postings if world.registers[posting]["target"].startswith(area)]


def firsts(world: YearWorld) -> list[str]:
    """The village postings of the first programme that began with the year."""
    return [posting for posting in world.of(PROGRAMME) if world.registers[posting]["kind"] == "village"]
