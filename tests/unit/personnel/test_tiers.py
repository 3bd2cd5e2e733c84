"""Nominees of cities and counties: their own department is the channel they go to and the organ that checks them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kernel.messages import Actor
from kernel.service import Ask
from kernel.testing import actor, given
from services.personnel.nomination.channel import CHANNEL, FileScheme
from services.personnel.nomination.check import CheckNominee
from services.personnel.parts import ROSTER
from services.personnel.queries import LISTINGS, QUERIES
from tests.kit.personnel.cast import COUNTY, UNIT, ctx
from tests.kit.personnel.nomination import ON, entry, order, quota

CITY, OTHER = actor("city_org", areas=("2107",)), actor("city_org", areas=("2113",))


def test_a_city_files_the_scheme_of_its_units() -> None:
    asked = FileScheme(
        context=ctx(ON, CITY),
        programme="LN2018",
        channel="2107",
        title="合成方案",
        units=("C1",),
        managed_by={"C1": "2107"},
    )
    given(CHANNEL).when(asked).types("ChannelSchemeFiled")
    given(CHANNEL).when(replace(asked, context=ctx(ON, OTHER))).rejected("channel_not_yours", kind="forbidden")


def test_the_forms_go_to_the_own_department_and_it_checks() -> None:
    for channel, by in (("2107", CITY), ("210727", COUNTY)):
        roster = given(ROSTER, quota(channel))
        roster.when(order(entry(recipient="省委组织部"))).rejected(
            "recipient_wrong", rule="form.recipient_by_tier", accepted=channel
        )
        nominated = roster.when(order(entry(recipient=channel))).types("CadreNominated", "FormSubmitted").events or []
        waiting = given(ROSTER, quota(channel), *nominated)
        waiting.when(check(by)).types("InitialCheckPassed")
        waiting.when(check(OTHER)).rejected("not_your_business", kind="forbidden", rule="check.individual")


def check(by: Actor) -> CheckNominee:
    return CheckNominee(context=ctx(ON, by), programme="LN2018", unit=UNIT, nomination="n-1", result="passed")


def test_a_department_reads_the_nominees_of_its_own_units_and_no_others() -> None:
    asked: list[Any] = []

    def rows(sql: str, *values: Any) -> list[dict[str, Any]]:
        asked.append((sql, values))
        return []

    LISTINGS["nominations"].answer(rows, Ask(CITY, {}, None, 10), {})
    sql, values = asked[0]
    assert "unit = any(%s::text[]) or channel = any(%s::text[])" in sql
    assert values[:2] == (["2107"], ["2107"])
    assert {"city_org", "county_org"} <= QUERIES["nominations"].roles
    # What lies in an area is read by the area alone, as before.
    LISTINGS["postings"].answer(rows, Ask(CITY, {}, None, 10), {})
    assert asked[1][1][:2] == ("2107", "2107:")
