"""A city publishes what it likes: the register of a cadre there is kept all the same, or its refusal names the rule."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.errors import PaizhuError, Rejected
from kernel.messages import Actor
from kernel.testing import actor
from programmes import known, loader
from programmes.faults import BrokenProfile
from programmes.layers import against_base
from programmes.published import verify
from services.attendance.register.authority import NAMES, ROLES
from tests.kit.attendance.posts import CADRE, COMMITTEE, ORGANISATION, SECRETARY
from tests.kit.attendance.wired import Wired
from tests.kit.spoiled import spoiled, supplement

COUNTY = actor("county_org", areas=("210727",), person="p-county")
DAYS = [f"2018-06-{day:02}" for day in range(1, 21)]
READ = ("attendance.registrar", "attendance.sealer", "attendance.days_per_month", "leave.approver", "leave.kinds")
BY_RULE = {"rule_unreadable", "rule_unknown"}
NAMED = BY_RULE | {
    *("not_registrar", "not_approver", "not_sealer", "leave_kind", "leave_unknown", "leave_decided"),
    *("nothing_registered", "sheet_missing", "sheet_unsigned", "sheet_stale"),
}
PRINTED = {path: loader.load("LN2018").rules[path]["value"] for path in READ}
MONTH = {"month": "2018-06"}


def holds(path: str, value: Any) -> bool:
    """Whether a city could publish it over the programme of 2018."""
    try:
        verify(supplement("S2107", "2107", {path: value}))
    except BrokenProfile:
        return False
    return not list(against_base(PRINTED, {path: value}))


def lived(path: str, value: Any) -> tuple[Wired, dict[str, str]]:
    """June 2018 under a supplement that was published before values were checked; the codes of what was refused."""
    wired, refused = Wired(), {}
    wired.hear("allocation", "ProfilePublished", supplement("JZ", "2107", {path: value}, version=2))
    leave = {"kind": "事", "first": "2018-06-25", "last": "2018-06-26"}
    steps: list[tuple[str, Actor, dict[str, Any]]] = [
        ("RegisterDays", ORGANISATION, {**MONTH, "days": DAYS}),
        ("RegisterDays", COMMITTEE, {**MONTH, "days": DAYS}),
        ("RequestLeave", CADRE, leave),
        ("ApproveLeave", COMMITTEE, {"leave": "2018-06-25"}),
        ("ApproveLeave", COUNTY, {"leave": "2018-06-25"}),
        ("CompileMonth", ORGANISATION, MONTH),
        ("CompileMonth", COMMITTEE, MONTH),
        ("SignMonth", SECRETARY, MONTH),
        ("SealMonth", COMMITTEE, MONTH),
    ]
    for name, by, data in steps:
        try:
            wired.command(by, name, "2018-07-02", **data)
        except PaizhuError as refusal:
            refused[f"{name} by {by.role}"] = refusal.code
    return wired, refused


@pytest.mark.parametrize("path", READ)
def test_no_value_at_all_breaks_a_month_and_one_that_is_published_lets_it_be_sealed(path: str) -> None:
    for value in (PRINTED[path], *spoiled(PRINTED[path])):
        wired, refused = lived(path, value)
        assert set(refused.values()) <= NAMED, (value, refused)
        if holds(path, value):
            assert not BY_RULE & set(refused.values()), (value, refused)
            assert len(wired.lines("AttendanceSealed")) == 1, (value, refused)
        else:
            # A supplement that leaves a kind of target out stops that kind alone, and this cadre is in a village.
            assert BY_RULE & set(refused.values()) or "village" in value, (value, refused)


def test_every_organ_that_may_keep_a_register_has_a_name_and_a_token() -> None:
    keeper, granter = known.form_of("attendance.registrar"), known.form_of("leave.approver")
    assert keeper is not None
    assert granter is not None
    for organ in ROLES.keys() - {"county_org", "host_leader"}:  # they keep no register, and grant leave
        assert keeper.of({"village": organ}) == {"village": organ}
    assert granter.of([{"organ": "county_org"}])
    assert granter.of("host_leader")
    assert ROLES.keys() == NAMES.keys()


def test_a_supplement_in_force_before_the_check_refuses_by_name_and_is_mended_by_the_next_version() -> None:
    wired = Wired()
    wrong = supplement("JZ", "2107", {"attendance.registrar": {"village": "work_team"}}, version=2)
    wired.hear("allocation", "ProfilePublished", wrong)
    refusal = wired.refused(ORGANISATION, "RegisterDays", "2018-07-02", **MONTH, days=DAYS)
    assert isinstance(refusal, Rejected)
    assert (refusal.code, refusal.field, refusal.rule) == ("rule_unreadable", *["attendance.registrar"] * 2)
    mended = supplement("JZ", "2107", {"attendance.registrar": PRINTED["attendance.registrar"]}, version=3)
    wired.hear("allocation", "ProfilePublished", mended)
    assert wired.command(ORGANISATION, "RegisterDays", "2018-07-02", **MONTH, days=DAYS) == {"AttendanceRegistered": 20}
    assert wired.lines("AttendanceRegistered")[0]["profile"] == "LN2018:1+JZ:3"
