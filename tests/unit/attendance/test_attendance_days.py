"""The register: who may write into it and which days it takes."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.messages import Actor
from kernel.testing import actor, given
from services.attendance.parts import REGISTER
from services.attendance.register.register import (
    AttendanceRegistered,
    CloseRegister,
    OpenRegister,
    RegisterClosed,
    RegisterDays,
)
from tests.kit.attendance.posts import (
    COMMITTEE,
    COUNTY,
    JUNE,
    NEIGHBOURS,
    ORGANISATION,
    POSTING,
    TOWNSHIP,
    VILLAGE,
    at,
    day,
    opened,
    present,
    rules,
    sheet,
)

CADRE_AS_VILLAGE = actor("village", areas=(VILLAGE,), person="p-cadre")


def days(*numbers: int, on: str = "2018-06-30", by: Actor = ORGANISATION, month: str = JUNE) -> RegisterDays:
    return RegisterDays(
        context=at(on, by), posting=POSTING, month=month, days=tuple(date(2018, 6, number) for number in numbers)
    )


def test_each_day_becomes_an_event_of_that_day() -> None:
    given(REGISTER, opened()).when(days(1, 9)).then(
        *(
            AttendanceRegistered(
                occurred_on=date(2018, 6, n),
                posting=POSTING,
                target=VILLAGE,
                day=date(2018, 6, n),
                registrar="village organ",
            )
            for n in (1, 9)
        )
    )


@pytest.mark.req("AT-014")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        (actor("cadre", person="p-cadre"), "self_registration"),
        (CADRE_AS_VILLAGE, "self_registration"),
        (NEIGHBOURS, "not_registrar"),
        (COMMITTEE, "not_registrar"),
        (COUNTY, "not_registrar"),
    ],
)
def test_only_the_villages_own_organisation_registers_its_cadre(by: Actor, code: str) -> None:
    given(REGISTER, opened()).when(days(1, by=by)).rejected(code, kind="forbidden", rule="attendance.register")


@pytest.mark.req("AT-014")
def test_the_township_committee_registers_the_cadre_of_the_township_only() -> None:
    township = opened(target=TOWNSHIP, kind="township")
    posting = f"LN2018.{TOWNSHIP}.1"
    command = RegisterDays(
        context=at("2018-06-30", COMMITTEE, TOWNSHIP), posting=posting, month=JUNE, days=(day("2018-06-01"),)
    )

    given(REGISTER, township).when(command).types("AttendanceRegistered")
    below = RegisterDays(
        context=at("2018-06-30", ORGANISATION, TOWNSHIP), posting=posting, month=JUNE, days=(day("2018-06-01"),)
    )
    given(REGISTER, township).when(below).rejected("not_registrar")


def test_the_registrar_is_printed_in_jinzhou_and_assumed_elsewhere() -> None:
    assert rules().entries["attendance.registrar"].origin == "printed"
    assert rules("211302").entries["attendance.registrar"].origin == "assumed"


@pytest.mark.parametrize(
    ("numbers", "month", "code", "field"),
    [
        ((1, 2, 1), JUNE, "day_twice", "days.2"),
        ((30,), "2018-05", "day_outside_month", "days.0"),
        ((), JUNE, "days_missing", "days"),
    ],
)
def test_days_that_cannot_be(numbers: tuple[int, ...], month: str, code: str, field: str) -> None:
    given(REGISTER, opened()).when(days(*numbers, month=month)).rejected(code, field=field)


def test_the_day_of_the_command_is_the_last_that_can_be_registered() -> None:
    given(REGISTER, opened()).when(days(15, on="2018-06-15")).types("AttendanceRegistered")
    given(REGISTER, opened()).when(days(16, on="2018-06-15")).rejected("day_in_future", field="days.0")


def test_the_posting_begins_and_ends_with_its_own_days() -> None:
    closed = RegisterClosed(occurred_on=date(2018, 6, 20), posting=POSTING, target=VILLAGE, cause="CadreRecalled")

    given(REGISTER, opened("2018-06-04"), closed).when(days(4, 20)).types(
        "AttendanceRegistered", "AttendanceRegistered"
    )
    given(REGISTER, opened("2018-06-04"), closed).when(days(3)).rejected("day_outside_posting")
    given(REGISTER, opened("2018-06-04"), closed).when(days(21)).rejected("day_outside_posting")


def test_a_day_stands_in_the_register_once() -> None:
    given(REGISTER, opened(), *present([date(2018, 6, 1)])).when(days(1)).rejected("day_twice")


def test_one_bad_day_refuses_the_whole_batch() -> None:
    refused = given(REGISTER, opened(), *present([date(2018, 6, 1)])).when(days(2, 3, 1))

    refused.rejected("day_twice", field="days.2")
    assert refused.events is None


def test_a_late_day_changes_its_own_month() -> None:
    """Entered in June for May: the fact lies in May (the log's recorded_at shows June)."""
    late = RegisterDays(context=at("2018-06-20"), posting=POSTING, month="2018-05", days=(day("2018-05-30"),))

    state = given(REGISTER, opened()).when(late).state
    assert state.month("2018-05").days.bit_count() == 1
    assert state.month(JUNE).days == 0


def test_after_the_seal_only_a_correction_helps() -> None:
    sealed = [*present([date(2018, 6, 1)]), *sheet(JUNE, 1, signed="2018-07-03", sealed="2018-07-04")]

    given(REGISTER, opened(), *sealed).when(days(2, on="2018-07-16")).rejected("month_sealed", accepted="CorrectMonth")


def test_a_register_that_is_not_there() -> None:
    given(REGISTER).when(days(1)).rejected("register_unknown", kind="unknown")


def test_opening_and_closing_twice_changes_nothing() -> None:
    again = OpenRegister(
        unit="u-1",
        tier="city",
        context=at("2018-06-01"),
        programme="LN2018",
        posting=POSTING,
        person="p-cadre",
        target=VILLAGE,
        kind="village",
        role="村党组织第一书记",
    )
    close = CloseRegister(context=at("2019-05-13"), posting=POSTING, cause="CadreRecalled")

    given(REGISTER).when(again).types("RegisterOpened")
    given(REGISTER, opened()).when(again).then()
    closed = RegisterClosed(occurred_on=day("2019-05-13"), posting=POSTING, target=VILLAGE, cause="CadreRecalled")
    given(REGISTER, opened()).when(close).then(closed)
    given(REGISTER, opened(), closed).when(close).then()
    given(REGISTER).when(close).then()
