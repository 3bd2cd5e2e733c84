"""Attendance on PostgreSQL: the month of June 2018 with its exceptions, as the read models show it on any day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.service import Service
from kernel.testing import actor
from services.attendance.wiring import SERVICE
from tests.kit.desk import Desk

MONTH = "2018-06"
FULL = [f"2018-06-{n:02}" for n in range(1, 23)]
SHORT, ENOUGH, UNSEALED, CORRECTED, ELSEWHERE = (
    "210726102207",
    "210726103203",
    "210726104209",
    "210726105207",
    "211302101201",
)
DAYS = {SHORT: FULL[:19], ENOUGH: FULL[:20], UNSEALED: FULL, CORRECTED: FULL[:19], ELSEWHERE: FULL[:19]}
PROVINCE = actor("province_org", areas=("21",), person="p-province")
CHAOYANG = actor("city_org", areas=("2113",), person="p-chaoyang")


def posting(target: str) -> str:
    return f"LN2018.{target}.1"


def village(target: str) -> Actor:
    return actor("village", areas=(target,), person=f"p-village-{target}")


def township(target: str) -> Actor:
    return actor("township", areas=(target[:9],), person=f"p-township-{target[:9]}")


def secretary(target: str, number: int = 1) -> Actor:
    return actor("township", areas=(target[:9],), person=f"p-secretary-{target[:9]}-{number}")


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """The month up to the correction of 16 July."""
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    for target, days in DAYS.items():
        holder = {"organ": target[:9], "post": "party_secretary", "since": "2016-01-01", "until": None}
        desk.hear("allocation", "OfficeHolderRecorded", "2018-04-17", person=secretary(target).person, **holder)
        on_post(desk, target)
        desk.command(village(target), "RegisterDays", "2018-06-30", posting=posting(target), month=MONTH, days=days)
        desk.command(village(target), "CompileMonth", "2018-07-02", posting=posting(target), month=MONTH)
        desk.command(secretary(target), "SignMonth", "2018-07-03", posting=posting(target), month=MONTH)
        if target != UNSEALED:
            desk.command(township(target), "SealMonth", "2018-07-04", posting=posting(target), month=MONTH)
    return desk


def on_post(desk: Desk, target: str, on: str = "2018-05-02") -> None:
    facts: dict[str, Any] = {
        "programme": "LN2018",
        "unit": "U01",
        "kind": "village",
        "role": "村党组织第一书记",
        "tier": "province",
    }
    cadre: dict[str, Any] = {"posting": posting(target), "person": f"p-{target}", "target": target, "weak": True}
    desk.hear("personnel", "CadreOnPost", on, **facts, **cadre)


@pytest.fixture(scope="module")
def afterwards(desk: Desk) -> Desk:
    """After a change of secretary and the correction: 29 June added, signed by the new one, sealed."""
    desk.hear(
        "allocation",
        "OfficeHolderRecorded",
        "2018-07-10",
        organ=CORRECTED[:9],
        post="party_secretary",
        person=secretary(CORRECTED, 2).person,
        since="2018-07-10",
        until=None,
    )
    month = {"posting": posting(CORRECTED), "month": MONTH}
    desk.command(village(CORRECTED), "CorrectMonth", "2018-07-16", reason="漏登", add=["2018-06-29"], **month)
    by_old = desk.refused(secretary(CORRECTED), "SignMonth", "2018-07-16", **month)
    assert (by_old["code"], by_old["accepted"]) == ("not_secretary", secretary(CORRECTED, 2).person)
    desk.command(secretary(CORRECTED, 2), "SignMonth", "2018-07-16", **month)
    assert desk.command(township(CORRECTED), "SealMonth", "2018-07-16", **month) == {
        "AttendanceSealed": 1,
        "MonthlyAttendanceAssessed": 1,
    }
    return desk


def targets(rows: list[dict[str, Any]]) -> list[str]:
    return [row["target"] for row in rows]


def figures(desk: Desk, by: Actor = PROVINCE, **params: Any) -> dict[str, Any]:
    (item,) = desk.query(by, "sealed_months", month=MONTH, **params)
    return item


def test_figures_before_and_after_the_correction(afterwards: Desk) -> None:
    before = {"month": MONTH, "sealed_months": 4, "assessed": 4, "met": 1, "shortfalls": 3, "no_data": 1}

    assert figures(afterwards, as_of="2018-07-15") == before
    assert figures(afterwards) == {**before, "met": 2, "shortfalls": 2}
    assert figures(afterwards, as_of="2018-07-03") == {
        **before, "sealed_months": 0, "assessed": 0, "met": 0, "shortfalls": 0, "no_data": 5
    }  # fmt: skip


def test_shortfalls_as_of_a_day(afterwards: Desk) -> None:
    assert targets(afterwards.query(PROVINCE, "shortfalls", month=MONTH, as_of="2018-07-15")) == [
        SHORT,
        CORRECTED,
        ELSEWHERE,
    ]
    rows = afterwards.query(PROVINCE, "shortfalls", month=MONTH)
    assert targets(rows) == [SHORT, ELSEWHERE]
    assert [(row["days"], row["required"], row["assumed"]) for row in rows] == [(19, 20, False), (19, 20, True)]


@pytest.mark.req("AT-015")
def test_a_month_without_a_seal_has_no_data_and_no_zero(afterwards: Desk) -> None:
    (row,) = afterwards.query(PROVINCE, "no_data", month=MONTH)

    assert (row["target"], row["phase"], row["full_month"]) == (UNSEALED, "signed", True)
    assert UNSEALED not in targets(afterwards.query(PROVINCE, "shortfalls", month=MONTH))
    (sheet,) = afterwards.query(PROVINCE, "sheets", posting=posting(UNSEALED))
    assert (sheet["sealed_on"], sheet["assessed"]) == (None, False)
    nothing = afterwards.query(PROVINCE, "sealed_months", month="2018-08")[0]
    assert (nothing["sealed_months"], nothing["no_data"]) == (0, 5)


@pytest.mark.req("AT-016")
def test_the_old_signature_points_at_the_old_secretary(afterwards: Desk) -> None:
    first, second = afterwards.query(PROVINCE, "sheets", posting=posting(CORRECTED))

    assert (first["version"], first["signer"], first["post"]) == (1, secretary(CORRECTED).person, "party_secretary")
    assert (second["version"], second["signer"], second["replaces"]) == (2, secretary(CORRECTED, 2).person, 1)
    today = afterwards.query(PROVINCE, "office_holders", area=CORRECTED[:9], as_of="2018-07-16")
    assert secretary(CORRECTED, 2).person in [row["person"] for row in today]


@pytest.mark.req("AT-018")
def test_before_the_correction_only_the_first_version_is_seen(afterwards: Desk) -> None:
    (first,) = afterwards.query(PROVINCE, "sheets", posting=posting(CORRECTED), as_of="2018-07-15")

    assert (first["version"], first["days"], first["phase"], first["met"]) == (1, 19, "sealed", False)
    (early,) = afterwards.query(PROVINCE, "sheets", posting=posting(CORRECTED), as_of="2018-07-03")
    assert early["phase"] == "signed"
    assert len(afterwards.query(PROVINCE, "days", posting=posting(CORRECTED), month=MONTH)) == 20


def test_pages_give_every_row_once(afterwards: Desk) -> None:
    whole = afterwards.query(PROVINCE, "sheets", month=MONTH)

    assert len(whole) == 6
    assert afterwards.query(PROVINCE, "sheets", month=MONTH, limit=1) == whole
    assert afterwards.query(PROVINCE, "sheets", month=MONTH, limit=4) == whole


def test_a_city_sees_its_own(afterwards: Desk) -> None:
    assert targets(afterwards.query(CHAOYANG, "sheets", month=MONTH)) == [ELSEWHERE]
    assert afterwards.query(CHAOYANG, "registers", area="2107") == []
    assert figures(afterwards, CHAOYANG)["sealed_months"] == 1
    assert targets(afterwards.query(PROVINCE, "registers", area="2113")) == [ELSEWHERE]


@pytest.mark.parametrize(
    ("params", "code", "field"),
    [
        ({}, "field_missing", "month"),
        ({"month": "June"}, "field_type", "month"),
        ({"month": "2018-13"}, "field_type", "month"),
        ({"month": MONTH, "as_of": "2018-06-31"}, "field_type", "as_of"),
        ({"month": MONTH, "area": "21%"}, "field_value", "area"),
    ],
)
def test_questions_that_cannot_be(desk: Desk, params: dict[str, str], code: str, field: str) -> None:
    problem = desk.asked(PROVINCE, "shortfalls", **params)

    assert (problem["kind"], problem["code"], problem["field"]) == ("bad_input", code, field)


def test_refusals_cite_the_clause_and_leave_no_event(desk: Desk) -> None:
    command = {"posting": posting(SHORT), "month": MONTH}

    neighbour = desk.refused(village(ENOUGH), "RegisterDays", "2018-06-30", days=["2018-06-29"], **command)
    assert (neighbour["code"], neighbour["field"]) == ("out_of_reach", "posting")
    unknown = desk.refused(village(SHORT), "RegisterDays", "2018-06-30", **{**command, "posting": "x"}, days=[])
    assert (unknown["kind"], unknown["code"]) == ("unknown", "register_unknown")
    wrong = desk.refused(village(SHORT), "CompileMonth", "2018-07-02", posting=posting(SHORT), month="2018-6")
    assert (wrong["kind"], wrong["field"]) == ("bad_input", "month")


def test_a_register_closes_with_the_recall_and_late_days_before_it_are_still_taken(afterwards: Desk) -> None:
    target = "210727101208"
    on_post(afterwards, target)
    recalled = {"programme": "LN2018", "posting": posting(target), "target": target, "case": "x.T1", "trigger": "T1"}
    afterwards.hear("personnel", "CadreRecalled", "2019-05-13", **recalled)
    afterwards.hear("personnel", "CadreRecalled", "2019-05-13", **recalled)
    afterwards.hear("personnel", "TermEnded", "2003-07-15", leg="LN2002.5.out.county.1.1", posting=None)

    assert afterwards.counts()["RegisterClosed"] == 1
    days = {"posting": posting(target), "month": "2019-05"}
    assert afterwards.command(village(target), "RegisterDays", "2019-06-01", days=["2019-05-13"], **days)
    late = afterwards.refused(village(target), "RegisterDays", "2019-06-01", days=["2019-05-14"], **days)
    assert late["code"] == "day_outside_posting"


def test_replay_gives_the_same_read_models(afterwards: Desk) -> None:
    assert afterwards.replays()
