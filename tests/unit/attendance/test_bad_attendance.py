"""What attendance refuses, through the whole service: code, place and clause, and the log stands where it stood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.errors import PaizhuError
from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.attendance.posts import CADRE, COMMITTEE, COUNTY, JUNE, NEIGHBOURS, ORGANISATION, SECRETARY, VILLAGE
from tests.kit.attendance.posts import TOWNSHIP as PLACE
from tests.kit.attendance.wired import Wired

ASKED: dict[str, Any] = {"kind": "事", "first": "2018-06-12", "last": "2018-06-14"}
GRANT = {"leave": "2018-06-12"}


def register(wired: Wired, day: str, by: Actor = ORGANISATION, on: str = "2018-06-30") -> PaizhuError:
    """The refusal of one day."""
    return wired.refused(by, "RegisterDays", on, month=JUNE, days=[day])


def on_leave(wired: Wired) -> PaizhuError:
    wired.command(CADRE, "RequestLeave", "2018-06-11", **ASKED)
    wired.command(COMMITTEE, "ApproveLeave", "2018-06-11", **GRANT)
    return register(wired, "2018-06-13")


def twice_a_day(wired: Wired) -> PaizhuError:
    wired.command(ORGANISATION, "RegisterDays", "2018-06-01", month=JUNE, days=["2018-06-01"])
    return register(wired, "2018-06-01")


def after_the_seal(wired: Wired) -> PaizhuError:
    wired.seal(JUNE, 20, "2018-07-03")
    return register(wired, "2018-06-25", on="2018-07-04")


def by_yesterdays_secretary(wired: Wired) -> PaizhuError:
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month=JUNE)
    new = {"organ": PLACE, "post": "party_secretary", "person": "p-new", "since": "2018-07-03", "until": None}
    wired.hear("allocation", "OfficeHolderRecorded", new)
    return wired.refused(SECRETARY, "SignMonth", "2018-07-03", month=JUNE)


def granted_by_another(wired: Wired) -> PaizhuError:
    wired.command(CADRE, "RequestLeave", "2018-06-11", **ASKED)
    return wired.refused(COUNTY, "ApproveLeave", "2018-06-11", **GRANT)


Case = tuple[Callable[[Wired], PaizhuError], str, str, str | None]
ITSELF = actor("village", areas=(VILLAGE,), person="p-cadre")
CASES: dict[str, Case] = {
    "by the cadre": (lambda w: register(w, "2018-06-01", ITSELF), "self_registration", "posting", "一.2"),
    "by a cadre's token": (lambda w: register(w, "2018-06-01", CADRE), "role_not_allowed", "role", None),
    "by a registrar of another place": (
        lambda w: register(w, "2018-06-01", NEIGHBOURS), "out_of_reach", "posting", None,
    ),
    "for the future": (lambda w: register(w, "2018-06-16", on="2018-06-15"), "day_in_future", "days.0", "一.2"),
    "on leave": (on_leave, "day_on_leave", "days.0", "一.2"),
    "twice a day": (twice_a_day, "day_twice", "days.0", "一.2"),
    "after the seal": (after_the_seal, "month_sealed", "month", "一.2"),
    "by yesterday's secretary": (by_yesterdays_secretary, "not_secretary", "posting", "一.2"),
    "leave granted by another": (granted_by_another, "not_approver", "posting", None),
}  # fmt: skip
"""By what is wrong: the attempt, the code, the field, and the clause where the notice prints the rule: who may act at
all and the assumed approver of leave stand in none."""


@pytest.mark.parametrize("case", CASES)
def test_bad_attendance_is_refused_with_its_clause_and_leaves_no_event(case: str) -> None:
    attempt, code, field, clause = CASES[case]
    refused = attempt(Wired())  # `MemoryDesk.refused` holds the head of the log against the one before
    assert (refused.code, refused.field, getattr(refused, "clause", None)) == (code, field, clause)
    assert refused.sentence


def test_where_no_approver_is_known_no_leave_is_granted() -> None:
    wired = Wired({"leave.approver": None})
    wired.command(CADRE, "RequestLeave", "2018-06-11", **ASKED)
    refused = wired.refused(COMMITTEE, "ApproveLeave", "2018-06-11", **GRANT)
    assert (refused.code, getattr(refused, "rule", None)) == ("rule_unknown", "leave.approver")
