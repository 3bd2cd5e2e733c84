"""What planning refuses before it solves: options that contradict each other, settings without form, foreign tiers."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from kernel.messages import Actor, Rejected
from kernel.testing import actor
from services.allocation.planning.plan_scope import Scope, may_plan
from services.allocation.planning.plan_settings import PARTS, Settings
from services.allocation.planning.plan_situation import Options, situation
from tests.kit.allocation.ground import LN2018, with_values
from tests.kit.allocation.planning import PROVINCE_WIDE, cadres

A, B = "210727101201", "210727101202"


def test_options_that_contradict_each_other_and_settings_without_their_form_are_refused_by_name() -> None:
    tables: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("targets", "units", "target_needs", "placement_locks", "rule_waivers", "plan_rows")
    }
    tables["profile_rules"] = [
        {
            "programme": "LN2018",
            "version": 1,
            "path": path,
            "value": {"value": rule.value},
            "origin": rule.origin,
            "notice": "",
            "clause": "",
        }
        for path, rule in LN2018.entries.items()
    ]
    tables["nominees"] = [{**asdict(cadre), "programme": "LN2018", "state": "listed"} for cadre in cadres("U1", 2)]
    about = {"programme": "LN2018", "kind": "village", "tier": "province", "state": "open", "successor_of": ""}
    tables["targets"] = [{**about, "target": code} for code in (A, B)]
    first, second = "p-U1-village-000", "p-U1-village-001"
    for locks in (((first, A), (second, A)), ((first, A), (first, B))):
        with pytest.raises(Rejected) as refused:
            situation(PROVINCE_WIDE, Options(locks=locks), 1, tables)
        assert (refused.value.code, refused.value.field) == ("locks_contradict", "locks")
    tables["placement_locks"] = [{"programme": "LN2018", "person": first, "target": A}]
    assert situation(PROVINCE_WIDE, Options(locks=((first, B),)), 1, tables).locks == {first: B}
    with pytest.raises(Rejected, match=first):
        situation(PROVINCE_WIDE, Options(locks=((second, A),)), 1, tables)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("placement.weights", {"nearness": 1}),
        ("placement.weights", dict.fromkeys(PARTS, -1)),
        ("placement.move_tolerance", {"parts": 1, "of": 0}),
        ("placement.first_batch_most", -1),
        ("nearness.ranks", {"same_village": "0"}),
    ],
)
def test_a_setting_without_its_form_is_named(path: str, value: object) -> None:
    with pytest.raises(Rejected) as refused:
        Settings.of(with_values(LN2018, **{path.replace(".", "__"): value}))
    assert (refused.value.code, refused.value.field) == ("rule_unreadable", path)
    assert refused.value.accepted


@pytest.mark.parametrize(
    ("tier", "area", "by", "may"),
    [
        ("province", None, actor("province_org", areas=("21",)), True),
        ("province", "2107", actor("city_org", areas=("2107",)), False),
        ("city", "2107", actor("city_org", areas=("2107",)), True),
        ("city", "2106", actor("city_org", areas=("2107",)), False),
        ("city", "210727", actor("county_org", areas=("210727",)), False),
        ("county", "210727", actor("county_org", areas=("210727",)), True),
        ("county", "210728", actor("county_org", areas=("210727",)), False),
        ("county", None, actor("county_org", areas=("210727",)), False),
        ("county", "210727", actor("city_org", areas=("2107",)), True),
        ("city", "2107", actor("channel", areas=("2107",)), False),
    ],
)
def test_each_tier_is_planned_by_its_own_departments(tier: str, area: str | None, by: Actor, may: bool) -> None:
    assert may_plan(Scope("LN2018", tier, area), by) is may
