"""A sixth programme is a profile and nothing else: the example beside the five, played by the same code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kernel.messages import Command, Event
from kernel.rules import Rules
from kernel.testing import Given, actor, context, given, rules_of
from programmes import loader
from programmes.published import verify
from services.attendance.leave.approval import FileLeave
from services.attendance.leave.leave import LeaveRequested, RequestLeave
from services.attendance.parts import REGISTER
from services.personnel.candidacy.further import HandedIn, TakeFurther
from services.personnel.candidacy.route import FileNominee, Recommend
from services.personnel.parts import CANDIDACY
from tests.kit.attendance.posts import CADRE, COMMITTEE, COUNTY, POSTING, day, granting, opened
from tests.kit.personnel.candidates import apply, qualify

PROFILE = loader.read(Path(loader.__file__).parent / "examples/zc2017.toml")
RULES: Rules = rules_of(PROFILE.published())
UNIT = actor("unit", units=("SX92",))
OFFICE = actor("county_org", areas=("210727",))
LISTS = (HandedIn(kind="工作队名单", copies=3),)


def under(command: Any, by: Any, on: str, **changes: Any) -> Any:
    """A command of the kit for 2015, given under the sixth notice."""
    return replace(command, context=context(on, by, rules=RULES), **changes)


def applied() -> list[Command]:
    """A county's cadre, applied, qualified and recommended."""
    facts = {"unit": "SX92", "channel": "210727", "level": "county", "programme": "ZC2017", "province": "21"}
    return [
        under(apply(), UNIT, "2018-01-08", **facts, candidacy="ZC2017.p-1"),
        under(qualify(), UNIT, "2018-01-09", candidacy="ZC2017.p-1", attested=("health",)),
        Recommend(context=context("2018-01-10", UNIT, rules=RULES), decision="党组会纪要 1", at="nominees[1]"),
    ]


def filed(on: str = "2018-01-11") -> FileNominee:
    return FileNominee(context=context(on, OFFICE, rules=RULES), document="备案表 1", at="nominees[1]")


def settled(on: str = "2018-01-12", by: Any = OFFICE, **changes: Any) -> TakeFurther:
    asked: dict[str, Any] = {"step": "leading_group", "document": "会议纪要 3", "handed_in": LISTS, **changes}
    return TakeFurther(context=context(on, by, rules=RULES), at="nominees[1]", **asked)


def after(*commands: Command) -> Given:
    made = given(CANDIDACY)
    for command in commands:
        made.state = CANDIDACY.fold(made.state, CANDIDACY.decide(made.state, command))
    return made


def test_the_example_can_be_published_as_it_stands_and_is_none_of_the_five() -> None:
    verify(PROFILE.published())
    assert PROFILE.programme not in loader.available()


def test_approval_stands_beside_filing_and_a_village_is_assigned_after_both() -> None:
    after(*applied(), filed()).when(settled()).types("StepTaken", "NomineeCleared")
    after(*applied(), settled("2018-01-11")).when(filed("2018-01-12")).types("NomineeFiled", "NomineeCleared")
    (alone,) = after(*applied()).when(filed()).events or []
    assert type(alone).__name__ == "NomineeFiled"
    taken: Any
    (taken,) = after(*applied()).when(settled("2018-01-11")).events or []
    assert (taken.title, taken.organ, taken.document) == ("驻村工作领导小组审定", OFFICE.organ, "会议纪要 3")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (settled(handed_in=()), "copies_incomplete"),
        (settled(handed_in=(HandedIn(kind="工作队名单", copies=2),)), "copies_incomplete"),
        (settled(by=actor("county_org", areas=("210726",))), "not_your_business"),
        (settled(by=UNIT), "not_your_business"),
        (settled(step="filed_local"), "step_of_another_act"),
        (settled(step="painted"), "step_unknown"),
        (settled("2018-01-09"), "date_before_ground"),
    ],
)
def test_a_further_step_is_refused_where_the_profile_does_not_ask_for_it_so(command: TakeFurther, code: str) -> None:
    after(*applied()).when(command).rejected(code)
    after(*applied(), filed()).when(settled()).types("StepTaken", "NomineeCleared")


def test_a_further_step_is_not_taken_early_nor_twice() -> None:
    after(*applied()[:2]).when(settled()).rejected("duty_out_of_order", clause="加强日常管理")
    after(*applied(), settled()).when(settled("2018-01-13")).rejected("duty_done")


BANDS = [
    ("2018-06-14", 3, COMMITTEE, COUNTY, ()),
    ("2018-06-15", 4, COMMITTEE, COUNTY, ("LeaveFilingDue",)),
    ("2018-06-18", 7, COMMITTEE, COUNTY, ("LeaveFilingDue",)),
    ("2018-06-19", 8, COUNTY, COMMITTEE, ()),
]


@pytest.mark.req("AT-030")
@pytest.mark.parametrize(("last", "length", "granter", "other", "beside"), BANDS)
def test_leave_is_granted_by_whom_its_length_asks_for(
    last: str, length: int, granter: Any, other: Any, beside: tuple[str, ...]
) -> None:
    first, until = day("2018-06-12"), day(last)
    assert (until - first).days + 1 == length
    asked = RequestLeave(
        context=context("2018-06-11", CADRE, rules=RULES), posting=POSTING, kind="公", first=first, last=until
    )
    made: list[Event] = given(REGISTER, opened()).when(asked).events or []
    assert [type(event) for event in made] == [LeaveRequested]

    def granted(by: Any) -> Any:
        grant = granting(by, "2018-06-11", where=context("2018-06-11", by, rules=RULES))
        return given(REGISTER, opened(), *made).when(grant)

    granted(other).rejected("not_approver")
    approved = granted(granter).types("LeaveApproved", *beside)
    # What must be filed is filed once, by the organ the profile names, and only what must be.
    filing = FileLeave(context=context("2018-06-12", COUNTY, rules=RULES), posting=POSTING, leave="2018-06-12")
    after_it = given(REGISTER, opened(), *made, *(approved.events or []))
    if not beside:
        after_it.when(filing).rejected("leave_needs_no_filing")
        return
    by_township = FileLeave(context=context("2018-06-12", COMMITTEE, rules=RULES), posting=POSTING, leave="2018-06-12")
    after_it.when(by_township).rejected("not_filer", kind="forbidden")
    filed_once = after_it.when(filing).types("LeaveFiled")
    given(REGISTER, opened(), *made, *(approved.events or []), *(filed_once.events or [])).when(filing).rejected(
        "leave_filed"
    )
