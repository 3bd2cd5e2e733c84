"""The end of the year: its days held against what is asked, the county's opinion, and then the grade by the unit."""

from __future__ import annotations

from typing import Any

from demo.year.extent import YEAR
from demo.year.months import live
from demo.year.planted import number
from demo.year.world import PROGRAMME, SECOND, YearWorld

ASSESSED, OPINION, GRADED = f"{YEAR + 1}-01-08", f"{YEAR + 1}-01-10", f"{YEAR + 1}-01-15"
LAID_DOWN = f"{YEAR}-01-10"
PARTS = (
    ("一述", "report", 200),
    ("干部评", "appraisal", 200),
    ("群众评", "appraisal", 300),
    ("一查", "inspection", 300),
)
BANDS = (("优秀", 9000), ("称职", 7000), ("不称职", 0))


def schemes(world: YearWorld) -> None:
    """Each county lays down how it assesses the cadres of 2018: one report, two appraisals, one inspection."""
    parts = [
        {
            "part": part,
            "kind": kind,
            "weight": weight,
            "masses": kind == "appraisal",
            "indicators": [{"indicator": part, "points": 10000}],
        }
        for part, kind, weight in PARTS
    ]
    bands = [{"band": band, "least": least} for band, least in BANDS]
    about = {"programme": PROGRAMME, "year": YEAR, "parts": parts, "bands": bands, "document": "考核办法（合成）"}
    rows = [world.registers[posting] for posting in world.of(PROGRAMME)]
    for county, kind in sorted({(row["target"][:6], row["kind"]) for row in rows}):
        world.one(world.county(county), "SetScheme", {**about, "county": county, "kind": kind}, LAID_DOWN)


def years(world: YearWorld) -> None:
    """Each county has the year of its first secretaries of the second programme assessed, in one act."""

    def assess(county: str) -> None:
        postings = [p for p in world.of(SECOND) if world.registers[p]["target"].startswith(county)]
        world.gateway.command(world.county(county), "AssessYears", {"year": YEAR, "postings": postings}, ASSESSED)

    world.each(assess, world.villages)


def grades(world: YearWorld) -> None:
    """The county's opinion of each, then the unit's grade: no better than 基本称职 for whose days were too few."""
    met = {row["posting"]: row["met"] for row in world.ask("attendance", "assessed_years")}
    units = {row["posting"]: row["unit"] for row in world.ask("personnel", "postings", programme=SECOND)}

    def grade(posting: str) -> None:
        about: dict[str, Any] = {"posting": posting, "year": YEAR}
        county = world.county(world.registers[posting]["target"][:6])
        opinion = "到岗符合要求，表现良好（合成）" if met[posting] else "到岗天数不足（合成）"
        world.gateway.command(county, "GiveCountyOpinion", {**about, "opinion": opinion}, OPINION)
        best = number(world.year.seed, f"grade {posting}", 5) == 0
        said = "基本称职" if not met[posting] else "优秀" if best else "称职"
        world.gateway.command(world.sent_by(units[posting]), "SetAnnualGrade", {**about, "grade": said}, GRADED)

    world.each(grade, world.of(SECOND))


def ratings(world: YearWorld) -> None:
    """Each county scores the four parts of who is on post at the end of the year, and makes the result of them."""

    def rate(posting: str) -> None:
        county = world.county(world.registers[posting]["target"][:6])
        about: dict[str, Any] = {"posting": posting, "year": YEAR}
        for part, _, _ in PARTS:
            points = 7000 + 100 * number(world.year.seed, f"{part} {posting}", 30)
            scored = {**about, "part": part, "scores": {part: points}, "document": "考核表（合成）"}
            world.gateway.command(county, "RecordAssessment", scored, ASSESSED)
        world.gateway.command(county, "SetRating", about, GRADED)

    world.each(rate, [posting for posting in live(world, 12) if posting.startswith(PROGRAMME)])
