"""The stages of the year in their order: (key in the summary, title on the screen, function of the world)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from demo.stages import ending
from demo.subscribers import Subscribers
from demo.year import befallen, calendar, entry, found, grades, leaving, months, owed, second
from demo.year.extent import YEAR
from demo.year.planted import drawn, month
from demo.year.world import SECOND, YearWorld
from deploy.local.system import System

Stage = Callable[[YearWorld, System, Subscribers], None]
OVER = date(YEAR + 1, 1, 31)


def _alone(act: Callable[[YearWorld], None]) -> Stage:
    return lambda world, system, subscribers: act(world)


def begin(world: YearWorld, system: System, subscribers: Subscribers) -> None:
    """All are on post: the cases are drawn, the schemes laid down, and the last day before the year passes."""
    ending.settle(world)
    world.look_up()
    world.notes |= {"leaves": {}, "former": {}}
    year = world.year
    world.cases = drawn(
        year.seed, months.firsts(world), world.of(SECOND), [*world.secretaries], year.cases, year.left_out
    )
    grades.schemes(world)
    calendar.until(world, system, calendar.BEFORE)


def play_month(of: int) -> Stage:
    """What befalls in a month, its days, its sheets, and what is corrected after the seal."""

    def play(world: YearWorld, system: System, subscribers: Subscribers) -> None:
        if of == befallen.LATE_ENTRY:
            world.notes["known of March"] = found.known_of_march(world)
        befallen.secretaries(world, of)
        befallen.ideas(world, of)
        befallen.leaves(world, of)
        befallen.shams(world, of)
        leaving.illness(world, of)
        leaving.changeover(world, of)
        calendar.until(world, system, month(of)[-1])
        months.entered(world, of)
        befallen.yesterday(world, of)
        months.certified(world, of)
        befallen.corrections(world, of)

    return play


def end(world: YearWorld, system: System, subscribers: Subscribers) -> None:
    """January of the next year: assessed, opinions given, graded; its days pass."""
    grades.years(world)
    grades.grades(world)
    grades.ratings(world)
    calendar.until(world, system, OVER)


def look(world: YearWorld) -> None:
    """The city is asked what befell and what was owed."""
    world.expect(3)
    ending.settle(world)
    world.advance(1)
    world.notes["found"] = found.found(world)
    world.notes["signed by others"] = found.signed_by_others(world)
    world.advance(1)
    world.notes["owed"] = owed.counted(world)
    world.notes["days"] = calendar.passed(world)
    world.advance(1)


STAGES: tuple[tuple[str, str, Stage], ...] = (
    ("rules", "1 notices, profiles, areas 通知与区划", _alone(entry.rules)),
    ("quotas", "2 places of city and counties 名额", _alone(entry.quotas)),
    ("second", "3 the second programme 第二方案", _alone(second.rules)),
    ("secretaries", "4 township secretaries 乡镇书记", _alone(entry.secretaries)),
    ("roster", "5 rosters, checks 推荐初审", _alone(entry.nominated)),
    ("placement", "6 plans, ledgers, hand-over 到岗", _alone(entry.placed)),
    ("candidates", "7 candidates by six steps 第一书记", _alone(second.candidates)),
    ("posts", "8 villages, appointments 任职", _alone(second.posts)),
    ("begin", "9 cases drawn, the year begins 年初", begin),
    *((f"{YEAR}-{of:02}", f"{9 + of} {YEAR}-{of:02} {of} 月", play_month(of)) for of in range(1, 13)),
    ("grades", "22 assessed, graded 年度考核", end),
    ("look", "23 what is found, what is due 核对", _alone(look)),
    ("replay", "24 replay 重放核对", ending.replay),
)
