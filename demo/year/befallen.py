"""What befalls the cadres in a month: ideas, leaves, checks, a new secretary; the cases and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from demo.year import months
from demo.year.extent import YEAR
from demo.year.planted import SECRETARIES_FROM, Case, month, number
from demo.year.world import PROGRAMME, YearWorld

LATE_FACT, LATE_ENTRY, LOOKED_AT = f"{YEAR}-03-20", 9, f"{YEAR}-03-31"
"""The day of the facts that are told late, the month they are told in, and the day of fact that is asked about."""


def ideas(world: YearWorld, of: int) -> None:
    """The counties accept the ideas of their first secretaries, early in the year; those told late in September."""
    late = {case.key: case for case in world.cases if case.kind == "late"}
    early = {posting: 1 + 2 * number(world.year.seed, posting, 2) for posting in months.firsts(world)}
    told = {posting: f"{YEAR}-{of:02}-15" for posting, when in early.items() if when == of and posting not in late}
    if of == LATE_ENTRY:
        told |= {key: LATE_FACT if case.played else f"{YEAR}-{of:02}-15" for key, case in late.items()}
    alive = {posting: on for posting, on in told.items() if (world.registers[posting]["closed_on"] or on) >= on}

    def accept(posting: str) -> None:
        data = {"posting": posting, "title": "发展思路（合成）"}
        county = world.county(world.registers[posting]["target"][:6])
        world.gateway.command(county, "AcceptIdea", data, alive[posting], after=("personnel",))

    world.each(accept, sorted(alive))


def leaves(world: YearWorld, of: int) -> None:
    """Each month a cadre is away from Monday to Friday as granted; whose leave is cut short is back on Wednesday."""
    cases = {case.key: case for case in world.cases}
    others = [posting for posting in months.firsts(world) if posting not in cases]
    asked = {others[number(world.year.seed, f"leave {of}", len(others))]: False}
    asked |= {case.key: case.played for case in world.cases if (case.kind, case.month) == ("cut_short", of)}
    week = next(month(of)[at : at + 5] for at, day in enumerate(month(of)) if day.weekday() == 0 and day.day > 7)
    for posting, cut in asked.items():
        _leave(world, posting, week, cut)
        world.notes["leaves"][(posting, of)] = week[:2] if cut else week


def _leave(world: YearWorld, posting: str, week: Sequence[date], cut: bool) -> None:
    township = world.township(world.registers[posting]["target"][:9])
    about, first = {"posting": posting}, f"{week[0]}"
    asked = {**about, "kind": "事", "first": first, "last": f"{week[-1]}"}
    world.one(world.cadre(posting), "RequestLeave", asked, first)
    world.one(township, "ApproveLeave", {**about, "leave": first}, first)
    if cut:
        back = {**about, "leave": first, "last": f"{week[1]}"}
        world.one(world.cadre(posting), "EndLeaveEarly", back, f"{week[2]}")


def shams(world: YearWorld, of: int) -> None:
    """The county looks in the village and finds that the month before, which was sealed, was a sham."""
    for case in world.played("sham"):
        if case.month == of:
            target = world.registers[case.key]["target"]
            county, on = world.county(target[:6]), f"{case.period}-20"
            seen = {"programme": PROGRAMME, "area": target, "means": "随机调研", "finding": "人不在村（合成）"}
            world.one(county, "RecordCheck", {**seen, "posting": case.key}, on)
            found: dict[str, Any] = {
                "posting": case.key,
                "code": "挂名",
                "months": [f"{YEAR}-{of - 1:02}"],
                "source": "check",
            }
            found |= {"area": target, "number": 1, "finding": "长期不在岗，考勤不实（合成）"}
            world.one(county, "RecordShamPosting", found, on)


def corrections(world: YearWorld, of: int) -> None:
    """After the seal a day is added to a month: a new version, signed and sealed on the 9th and 10th."""
    following = f"{YEAR + of // 12}-{of % 12 + 1:02}"
    cases = {case.key: case for case in world.played("corrected") if case.month == of}
    for key in cases:
        target = world.registers[key]["target"]
        stood = months.days_of(world, key, of, {})
        day = next(day for day in month(of) if day not in stood)
        data = {"posting": key, "month": f"{YEAR}-{of:02}", "reason": "漏登一天，经核实在岗（合成）", "add": [f"{day}"]}
        world.one(world.village(target), "CorrectMonth", data, f"{following}-08")
    months.signed_and_sealed(world, f"{YEAR}-{of:02}", [*cases], f"{following}-09", f"{following}-10")


def secretaries(world: YearWorld, of: int) -> None:
    """In the middle of June others become secretary of some townships."""
    if of != SECRETARIES_FROM.month:
        return
    for case in world.played("secretary"):
        world.notes["former"] = {**world.notes["former"], case.key: world.secretary(case.key)}
        world.secretaries[case.key] = f"p-secretary-{case.key}-2"
        post = {"organ": case.key, "post": "party_secretary", "person": world.secretaries[case.key]}
        holder = {**post, "since": SECRETARIES_FROM.isoformat()}
        world.one(world.county(case.key[:6]), "RecordOfficeHolder", {"holders": [holder]}, SECRETARIES_FROM.isoformat())


def yesterday(world: YearWorld, of: int) -> None:
    """Who was secretary until the middle of June tries to sign June all the same, and is refused."""
    if of != SECRETARIES_FROM.month:
        return
    for township, office in world.notes["former"].items():
        postings = [p for p in months.live(world, of) if world.registers[p]["target"].startswith(township)]
        data = {"month": f"{YEAR}-{of:02}", "postings": postings}
        world.refused("not_secretary", office, "SignMonths", data, f"{YEAR}-{of + 1:02}-02", after=("allocation",))


def of_kind(world: YearWorld, kind: str, of: int) -> list[Case]:
    """The cases of a kind that are played in a month."""
    return [case for case in world.played(kind) if case.month == of]
