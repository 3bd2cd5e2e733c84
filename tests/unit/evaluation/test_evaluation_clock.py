"""The recall clock: which posts it runs for, what meets it, and when its triggers are raised."""

from __future__ import annotations

from typing import cast

import pytest

from kernel.messages import Event
from kernel.rules import Rule, Rules
from kernel.testing import context, given
from services.evaluation.clocks.clock import RecallClockStarted, StartClock, StopClock
from services.evaluation.clocks.obligation import AcceptIdea, AcceptIncomeChannel, DevelopmentIdeaAccepted
from services.evaluation.clocks.trigger import ClearTrigger, RaiseDue, RecallTriggerCleared, RecallTriggerRaised
from services.evaluation.parts import CLOCK
from tests.kit.evaluation.cases import (
    COUNTY,
    OTHER_COUNTY,
    POSTING,
    SYSTEM,
    T1,
    VILLAGE,
    at,
    day,
    dues,
    idea,
    raised,
    rules,
    started,
    starting,
    stopped,
)


def raising(as_of: str, delisted: str | None = None) -> RaiseDue:
    return RaiseDue(context=at(as_of, SYSTEM), as_of=day(as_of), delisted_on=day(delisted) if delisted else None)


def accepting(on: str) -> AcceptIdea:
    return AcceptIdea(context=at(on), posting=POSTING, title="合作社")


def triggers(events: list[Event] | None) -> list[str]:
    return [e.trigger for e in cast(list[RecallTriggerRaised], events)]


def test_the_due_days_are_fixed_when_the_clock_starts() -> None:
    given(CLOCK).when(starting()).then(started())
    assert [(d.trigger, d.requires, d.on.isoformat()) for d in dues("2018-05-02")] == [
        ("T1", "development_idea", "2019-05-02"),
        ("T2", "income_channel", "2020-05-02"),
        ("T3", "delisted", "2021-05-02"),
    ]


@pytest.mark.req("EV-034")
def test_a_township_deputy_has_no_clock_and_no_trigger_after_three_years() -> None:
    given(CLOCK).when(starting(kind="township")).then()
    given(CLOCK).when(raising("2021-05-02")).then()


def test_a_village_that_is_not_weak_has_no_third_trigger() -> None:
    (event,) = cast(list[RecallClockStarted], given(CLOCK).when(starting(weak=False)).events)

    assert [due.trigger for due in event.due] == ["T1", "T2"]
    assert triggers(given(CLOCK, started(weak=False)).when(raising("2021-05-02")).events) == ["T1", "T2"]


def test_outside_jinzhou_no_clock_runs() -> None:
    given(CLOCK).when(starting(area="211302")).then()


def test_an_assumed_trigger_never_starts_a_sanction() -> None:
    entries = dict(rules().entries)
    printed = entries["recall.triggers"]
    entries["recall.triggers"] = Rule(printed.path, printed.value, "assumed", None, None)
    fields = {name: getattr(starting(), name) for name in vars(starting()) if name != "context"}
    by_setting = context("2018-05-02", SYSTEM, rules=Rules("LN2018", "LN2018:1", entries))

    given(CLOCK).when(StartClock(context=by_setting, **fields)).then()


def test_a_clock_starts_once() -> None:
    given(CLOCK, started()).when(starting("2018-06-01")).then()


@pytest.mark.req("EV-033")
def test_the_day_before_is_in_time_and_on_the_day_the_trigger_fires() -> None:
    """Start 2018-05-02: an idea on 2019-05-01 is in time, on 2019-05-02 T1 fires; T3 spares the delisted."""
    (accepted,) = cast(list[DevelopmentIdeaAccepted], given(CLOCK, started()).when(accepting("2019-05-01")).events)
    assert accepted.in_time is True
    given(CLOCK, started(), accepted).when(raising("2019-05-02")).then()
    given(CLOCK, started()).when(raising("2019-05-01")).then()
    given(CLOCK, started()).when(raising("2019-05-02")).then(raised())
    late = given(CLOCK, started(), idea("2019-05-02", in_time=False))
    assert triggers(late.when(raising("2019-05-02")).events) == ["T1"]

    third = [started(), idea("2018-10-15"), raised("2020-05-02", "T2")]
    assert triggers(given(CLOCK, *third).when(raising("2021-05-02")).events) == ["T3"]
    given(CLOCK, *third).when(raising("2021-05-02", delisted="2021-05-01")).then()
    assert triggers(given(CLOCK, *third).when(raising("2021-05-02", delisted="2021-05-02")).events) == ["T3"]


def test_a_trigger_is_raised_once() -> None:
    given(CLOCK, started(), raised()).when(raising("2019-06-01")).then()


def test_a_late_run_raises_everything_that_is_due_and_keeps_the_due_days() -> None:
    events = cast(list[RecallTriggerRaised], given(CLOCK, started()).when(raising("2020-06-01")).events)

    assert [(e.trigger, e.due.isoformat(), e.occurred_on.isoformat()) for e in events] == [
        ("T1", "2019-05-02", "2020-06-01"),
        ("T2", "2020-05-02", "2020-06-01"),
    ]


def test_a_fact_that_comes_late_clears_the_trigger_in_either_order() -> None:
    accepted = idea("2019-05-01")
    cleared = RecallTriggerCleared(
        occurred_on=day("2019-05-01"), case=T1, trigger="T1", posting=POSTING, target=VILLAGE
    )

    late = given(CLOCK, started(), raised()).when(accepting("2019-05-01")).then(accepted, cleared)
    early = given(CLOCK, started(), accepted).when(raising("2019-05-02")).then()
    assert late.state.cases[T1].cleared is True
    assert late.state.happened == early.state.happened
    given(CLOCK, started(), raised(), accepted, cleared).when(raising("2019-05-03")).then()


def test_a_fact_that_is_late_clears_nothing() -> None:
    given(CLOCK, started(), raised()).when(accepting("2019-05-02")).then(idea("2019-05-02", in_time=False))


def test_the_earliest_acceptance_counts() -> None:
    history = [started(), idea("2019-06-01", in_time=False), idea("2018-10-15")]

    given(CLOCK, *history).when(raising("2019-06-02")).then()


def test_an_income_channel_meets_the_second_trigger_only() -> None:
    command = AcceptIncomeChannel(context=at("2020-05-01"), posting=POSTING, title="光伏")
    (event,) = cast(list[Event], given(CLOCK, started()).when(command).types("IncomeChannelAccepted").events)

    assert triggers(given(CLOCK, started(), event).when(raising("2020-05-02")).events) == ["T1"]


def test_a_late_delisting_clears_the_third_case() -> None:
    history = [started(), idea("2018-10-15"), raised("2020-05-02", "T2"), raised("2021-05-02", "T3")]
    early, late = (
        ClearTrigger(context=at("2021-05-01"), what="delisted"),
        ClearTrigger(context=at("2021-05-02"), what="delisted"),
    )

    given(CLOCK, *history).when(early).types("RecallTriggerCleared")
    given(CLOCK, *history).when(late).then()
    given(CLOCK).when(early).then()


def test_a_stopped_clock_raises_nothing_and_starts_no_more() -> None:
    given(CLOCK, started(), stopped("2019-01-10", None)).when(raising("2019-05-02")).then()
    again = StopClock(context=at("2019-06-01", SYSTEM), posting=POSTING, cause="TermEnded", case=None)
    given(CLOCK, started(), stopped()).when(again).then()
    given(CLOCK).when(again).then()
    given(CLOCK, started()).when(again).then(stopped("2019-06-01", None))


def test_the_county_of_the_village_accepts_and_no_other() -> None:
    by_other = AcceptIdea(context=at("2018-10-15", OTHER_COUNTY), posting=POSTING, title="合作社")

    given(CLOCK, started()).when(by_other).rejected(
        "not_your_business", kind="forbidden", rule="recall.idea_accepted_by"
    )
    given(CLOCK).when(accepting("2018-10-15")).rejected("clock_unknown", kind="unknown")


def test_an_idea_belongs_into_the_time_of_the_posting() -> None:
    given(CLOCK, started()).when(accepting("2018-05-01")).rejected("outside_posting")
    given(CLOCK, started(), stopped("2019-01-10", None)).when(accepting("2019-01-11")).rejected("outside_posting")
    given(CLOCK, started(), stopped("2019-01-10", None)).when(accepting("2019-01-10")).types("DevelopmentIdeaAccepted")
    assert COUNTY.covers(VILLAGE)
