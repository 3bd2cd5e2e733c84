"""The clocks, organs and rules of the evaluation tests. All persons are synthetic ids."""

from __future__ import annotations

from datetime import date
from functools import cache

from kernel.calendar import add_months
from kernel.messages import Actor, Context
from kernel.rules import Rules
from kernel.testing import actor, context, rules_of
from programmes import loader
from services.evaluation.clocks.case import InterviewHeld
from services.evaluation.clocks.clock import Due, RecallClockStarted, RecallClockStopped, StartClock
from services.evaluation.clocks.obligation import DevelopmentIdeaAccepted
from services.evaluation.clocks.trigger import RecallTriggerRaised

VILLAGE = "210727101208"
POSTING = f"LN2018.{VILLAGE}.1"
T1 = f"{POSTING}.T1"
COUNTY = actor("county_org", areas=("210727",), person="p-county")
OTHER_COUNTY = actor("county_org", areas=("210726",), person="p-other")
SYSTEM = actor("system", areas=("21",), person="system")


@cache
def rules(area: str = VILLAGE) -> Rules:
    """The rules of the profiles as they are, in force for ``area``."""
    return rules_of(loader.load("LN2018").published(), loader.load("JZ").published(), area=area)


def at(on: str, by: Actor = COUNTY, area: str = VILLAGE) -> Context:
    """The context of a command of ``by`` on the day ``on``."""
    return context(on, by, rules=rules(area))


def day(text: str) -> date:
    """The date written as text."""
    return date.fromisoformat(text)


def dues(start: str, *, weak: bool = True) -> tuple[Due, ...]:
    """The triggers of Jinzhou counted from ``start``."""
    rows = rules().entries["recall.triggers"].value
    wanted = [row for row in rows if weak or not row["only_weak"]]
    return tuple(
        Due(row["trigger"], row["requires"], row["months"], add_months(day(start), row["months"])) for row in wanted
    )


def starting(start: str = "2018-05-02", *, kind: str = "village", area: str = VILLAGE, weak: bool = True) -> StartClock:
    """A posting comes in."""
    return StartClock(
        context=at(start, SYSTEM, area),
        programme="LN2018",
        posting=POSTING,
        person="p-cadre",
        target=VILLAGE,
        kind=kind,
        role="村党组织第一书记",
        weak=weak,
        due=dues(start),
    )


def started(start: str = "2018-05-02", *, weak: bool = True) -> RecallClockStarted:
    """A clock that runs."""
    return RecallClockStarted(
        occurred_on=day(start),
        programme="LN2018",
        posting=POSTING,
        person="p-cadre",
        target=VILLAGE,
        kind="village",
        role="村党组织第一书记",
        weak=weak,
        due=dues(start, weak=weak),
    )


def stopped(on: str = "2019-05-13", case: str | None = T1) -> RecallClockStopped:
    """The posting ended, by a recall on a case where one is given."""
    return RecallClockStopped(
        occurred_on=day(on), posting=POSTING, target=VILLAGE, cause="CadreRecalled" if case else "TermEnded", case=case
    )


def idea(on: str, *, in_time: bool = True) -> DevelopmentIdeaAccepted:
    """An idea accepted on a day."""
    return DevelopmentIdeaAccepted(
        occurred_on=day(on), posting=POSTING, target=VILLAGE, title="合作社", in_time=in_time
    )


def raised(on: str = "2019-05-02", trigger: str = "T1") -> RecallTriggerRaised:
    """A trigger raised on a day."""
    due = next(due for due in dues("2018-05-02") if due.trigger == trigger)
    return RecallTriggerRaised(
        occurred_on=day(on),
        case=f"{POSTING}.{trigger}",
        trigger=trigger,
        posting=POSTING,
        person="p-cadre",
        target=VILLAGE,
        requires=due.requires,
        due=due.on,
    )


def interviewed(on: str = "2019-05-06") -> InterviewHeld:
    """The interview of the first case."""
    return InterviewHeld(
        occurred_on=day(on),
        case=T1,
        trigger="T1",
        posting=POSTING,
        person="p-cadre",
        target=VILLAGE,
        note="约谈记录1号",
    )
