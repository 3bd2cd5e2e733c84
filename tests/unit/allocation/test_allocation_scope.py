"""Scope of a batch: groups, plan, cross-footing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel.grounds import rules_of
from kernel.messages import Rejected
from kernel.testing import given
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.scope import (
    BatchPlanPublished,
    DefineGroups,
    Footing,
    Group,
    GroupScopeDefined,
    PublishBatchPlan,
)
from tests.kit.allocation.ground import LN2018, ctx, with_values
from tests.kit.allocation.tiers import GROUPS, A, B, define


def publish(total: int, townships: int, villages: int) -> PublishBatchPlan:
    return PublishBatchPlan(context=ctx(), programme="LN2018", total=total, townships=townships, villages=villages)


@pytest.mark.req("AL-002")
def test_the_provincial_group_is_ten_cities_and_6212_targets() -> None:
    events = given(BATCH).when(define(A, B)).types("GroupScopeDefined", "GroupScopeDefined").events
    assert events is not None
    first = events[0]
    assert isinstance(first, GroupScopeDefined)
    assert (len(first.cities), first.townships + first.villages, first.cadres) == (10, 6212, 6212)
    with_fuxin = replace(A, cities=(*A.cities, "2109"))
    given(BATCH).when(define(with_fuxin, B)).rejected("city_excluded", rule="quota.excluded", field="groups.cities")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (replace(A, cities=A.cities[:-1]), "group_cities"),
        (replace(A, townships=220), "totals_differ"),
        (replace(A, townships=220, villages=5992), "group_figure"),
        (replace(A, arranger="city"), "group_figure"),
        (replace(A, county_units=65), "group_figure"),
    ],
)
def test_a_group_that_is_not_the_printed_one_is_refused(changed: Group, code: str) -> None:
    given(BATCH).when(define(changed, B)).rejected(code)


def test_groups_come_together_and_once() -> None:
    given(BATCH).when(define(A)).rejected("groups_incomplete")
    given(BATCH, *GROUPS).when(define(A, B)).rejected("groups_defined")


def test_without_a_profile_nothing_is_decided() -> None:
    command = DefineGroups(context=ctx(rules=None), programme="LN2018", groups=(A, B))
    given(BATCH).when(command).rejected("profile_missing", field="programme")
    with pytest.raises(Rejected, match="方案 LN2018 尚未发布规则"):
        rules_of(command)


@pytest.mark.req("AL-001")
def test_a_plan_must_add_up() -> None:
    given(BATCH, *GROUPS).when(publish(9025, 235, 8790)).types("BatchPlanPublished")
    refused = given(BATCH, *GROUPS).when(publish(9025, 235, 8791)).rejected("totals_differ", rule="quota.balance")
    assert refused.refusal is not None
    assert "9026" in refused.refusal.sentence
    assert "9025" in refused.refusal.sentence
    assert refused.refusal.details[0]["sentence"] == "1"


@pytest.mark.req("AL-004")
def test_every_line_of_the_footing_prints_both_sides_and_difference_0() -> None:
    """219+16=235, 5993+2797=8790, 6212+2813=9025, 10+3=13."""
    (event,) = given(BATCH, *GROUPS).when(publish(9025, 235, 8790)).events or []
    assert isinstance(event, BatchPlanPublished)
    assert event.footing == (
        Footing("cadres = townships + villages", 9025, 9025, 0),
        Footing("group A: cadres = townships + villages", 6212, 6212, 0),
        Footing("group B: cadres = townships + villages", 2813, 2813, 0),
        Footing("townships = sum of groups", 235, 235, 0),
        Footing("villages = sum of groups", 8790, 8790, 0),
        Footing("cadres = sum of groups", 9025, 9025, 0),
        Footing("townships as printed", 235, 235, 0),
        Footing("villages as printed", 8790, 8790, 0),
        Footing("cities as printed", 13, 13, 0),
    )
    excluded = given(BATCH).when(define(A, replace(B, cities=(*B.cities, "2109"))))
    excluded.rejected("city_excluded", rule="quota.excluded", field="groups.cities")


@pytest.mark.req("AL-004")
@pytest.mark.parametrize(
    ("totals", "values", "sides"),
    [
        ((9025, 236, 8789), {}, ("236", "235")),
        ((9026, 235, 8791), {}, ("8791", "8790")),
        ((9025, 235, 8790), {"quota__batch": {"total": 9025, "townships": 234, "villages": 8790}}, ("235", "234")),
        ((9025, 235, 8790), {"quota__batch": {"total": 9025, "townships": 235, "villages": 8791}}, ("8790", "8791")),
        ((9025, 235, 8790), {"quota__cities": 14}, ("13", "14")),
    ],
)
def test_a_line_with_a_difference_stops_the_plan(
    totals: tuple[int, int, int], values: dict[str, Any], sides: tuple[str, str]
) -> None:
    command = publish(*totals)
    other = replace(command, context=ctx(rules=with_values(LN2018, **values)))
    refusal = given(BATCH, *GROUPS).when(other).rejected("totals_differ", rule="quota.batch").refusal
    assert refusal is not None
    assert all(side in refusal.sentence for side in sides)
    assert refusal.details[0]["sentence"] == "1"


def test_a_plan_that_adds_up_but_is_not_that_of_its_groups_is_refused() -> None:
    given(BATCH, *GROUPS).when(publish(9026, 236, 8790)).rejected("totals_differ", rule="quota.batch")


def test_a_plan_needs_its_groups_and_comes_once() -> None:
    given(BATCH).when(publish(9025, 235, 8790)).rejected("groups_missing")
    published = given(BATCH, *GROUPS).when(publish(9025, 235, 8790)).events or []
    given(BATCH, *GROUPS, *published).when(publish(9025, 235, 8790)).rejected("plan_published")


def test_the_clause_of_a_decision_is_the_printed_one() -> None:
    assert LN2018.basis(GroupScopeDefined.rule) == ("辽组通字〔2018〕23号", "二")
    assert LN2018.basis(BatchPlanPublished.rule) == ("辽组通字〔2018〕23号", "二")
