"""The five profiles against the facts of their notices, by value."""

from typing import Any

import pytest

from kernel.rules import Profile, RuleBook
from programmes import aliases, areas, loader
from tests.kit.profiles import profile_of


def value(programme: str, path: str) -> Any:
    return loader.load(programme).rules[path]["value"]


def origin(programme: str, path: str) -> str:
    return str(profile_of(programme).rules[path]["origin"])


def test_all_five_are_there() -> None:
    assert loader.available() == ("JZ", "LN2002", "LN2018", "QS2017", "SX2015")


@pytest.mark.parametrize(
    ("programme", "number", "issued_on", "scope", "base"),
    [
        ("LN2018", "辽组通字〔2018〕23号", "2018-04-16", "21", None),
        ("JZ", None, None, "2107", "LN2018"),
        ("LN2002", "辽组通字〔2002〕13号", "2002-06-17", "21", None),
        ("SX2015", "晋组通字〔2015〕41号", "2015-06-24", "14", None),
        ("QS2017", "青委组〔2017〕57号", "2017-09-22", "511425", None),
    ],
)
def test_notice_and_scope(
    programme: str, number: str | None, issued_on: str | None, scope: str, base: str | None
) -> None:
    profile = profile_of(programme)

    assert (profile.notices[0].number, profile.notices[0].issued_on) == (number, issued_on)
    assert (profile.scope, profile.base, profile.version) == (scope, base, 1)


@pytest.mark.parametrize(
    ("programme", "path", "expected", "where"),
    [
        ("LN2018", "quota.batch", {"total": 9025, "townships": 235, "villages": 8790}, "printed"),
        ("LN2018", "quota.tier_ratio", {"province": 3, "city": 7}, "printed"),
        ("LN2018", "quota.weak_villages", 3381, "derived"),
        ("LN2018", "form.copies", 5, "printed"),
        ("LN2018", "form.holders", ["province", "city", "county", "township", "unit"], "printed"),
        ("LN2018", "handover.items", ["party_relation", "host_contact", "board_lodging", "escort"], "printed"),
        ("LN2018", "attendance.days_per_month", 20, "assumed"),
        ("LN2018", "attendance.signer", "township_party_secretary", "assumed"),
        ("LN2018", "attendance.sealer", "township_committee", "assumed"),
        ("LN2018", "binding.release", "village_status_only", "assumed"),
        ("LN2018", "batch.complete_when", "confirmed", "assumed"),
        ("LN2018", "term.months", None, "unknown"),
        ("LN2018", "check.conditions", None, "unknown"),
        ("JZ", "attendance.days_per_month", 20, "printed"),
        ("JZ", "deputy.weak_villages_min", 1, "printed"),
        ("JZ", "project.per_cadre_year", 1, "printed"),
        ("JZ", "allowance.monthly", 1700, "printed"),
        ("JZ", "allowance.quarterly", 5100, "derived"),
        ("JZ", "insurance.sum", 500000, "printed"),
        ("JZ", "park.revenue_share_village", {"parts": 1, "of": 2}, "printed"),
        ("JZ", "leave.approver", "township_committee", "assumed"),
        ("JZ", "recall.clock", "on_post", "assumed"),
        ("LN2002", "swap.age_max.city", 50, "printed"),
        ("LN2002", "swap.age_max.county", 45, "printed"),
        ("LN2002", "swap.age_max.township", 40, "printed"),
        ("LN2002", "swap.education_min", "bachelor", "printed"),
        ("LN2002", "swap.party_status", "any", "printed"),
        ("LN2002", "swap.actual", 180, "printed"),
        ("LN2002", "swap.substitute_term", "remainder", "assumed"),
        ("LN2002", "swap.report.min_chars", 1000, "printed"),
        ("LN2002", "swap.report.copies", 3, "printed"),
        ("LN2002", "swap.assessment.dimensions", ["德", "能", "勤", "绩", "廉"], "printed"),
        ("LN2002", "nomination.copies", 4, "printed"),
        ("LN2002", "nomination.deadline", "2002-06-28", "printed"),
        ("LN2002", "report.deadline", "2002-07-15", "printed"),
        ("LN2002", "term.months", 12, "printed"),
        ("LN2002", "leave.approver", "host_leader", "printed"),
        ("LN2002", "commendation.collectives", {"total": 12, "cities": 2, "counties": 10}, "printed"),
        ("LN2002", "commendation.persons", 29, "printed"),
        ("LN2002", "promotion.grounds", ["outstanding", "recognised", "work_need"], "printed"),
        ("SX2015", "term.months", 24, "printed"),
        ("SX2015", "attendance.year_share", {"parts": 2, "of": 3}, "printed"),
        ("SX2015", "candidate.party_status", "full", "printed"),
        ("SX2015", "candidate.work_years_min", 2, "printed"),
        ("SX2015", "team.size", {"min": 3, "max": 5}, "printed"),
        ("SX2015", "quota.villages", {"weak_party": 2697, "registered_poor": 7993, "union": 9896}, "printed"),
        ("SX2015", "quota.overlap", 794, "derived"),
        ("SX2015", "allowance.daily", None, "unknown"),
        ("QS2017", "reserve.per_village", 2, "printed"),
        ("QS2017", "reserve.age_about", 35, "printed"),
        ("QS2017", "reserve.education_min", "upper_secondary", "printed"),
        ("QS2017", "training.session_days", 5, "printed"),
        ("QS2017", "training.within_months", 36, "printed"),
    ],
)
def test_value_and_origin(programme: str, path: str, expected: Any, where: str) -> None:
    assert value(programme, path) == expected
    assert origin(programme, path) == where


@pytest.mark.req("AL-009")
def test_enterprises_of_2018() -> None:
    places = {row["channel"]: row["total"] for row in value("LN2018", "quota.enterprises")}
    organs = {row["channel"]: row["organ"] for row in value("LN2018", "quota.channels")}

    assert places == {"沈铁": 20, "鞍钢": 20, "辽油": 15, "东油": 3}
    assert sum(places.values()) == 58
    for channel in places:
        assert aliases.canonical("enterprise", channel) == organs[channel]


@pytest.mark.req("AL-010")
def test_annex_1_adds_up_in_both_directions() -> None:
    rows = [(row["townships"], row["villages"], row["total"]) for row in value("LN2018", "quota.channels")]

    printed = [(21, 319, 340), (12, 188, 200), (15, 225, 240), (1, 19, 20), (1, 19, 20), (1, 14, 15), (0, 3, 3)]
    assert rows == printed
    assert tuple(map(sum, zip(*rows, strict=True))) == (51, 787, 838)
    assert all(townships + villages == total for townships, villages, total in [*rows, (51, 787, 838)])


def test_groups_and_tiers_of_2018() -> None:
    groups = {row["group"]: row for row in value("LN2018", "quota.groups")}
    tiers = {row["tier"]: row["cadres"] for row in value("LN2018", "quota.tiers")}

    assert groups["A"]["county_units"] == 64
    assert (groups["A"]["townships"], groups["A"]["villages"], groups["A"]["cadres"]) == (219, 5993, 6212)
    assert (groups["B"]["townships"], groups["B"]["villages"], groups["B"]["cadres"]) == (16, 2797, 2813)
    assert tiers == {"province": 838, "city": 2762, "county": 2612}
    register = areas.registered("21")
    for group in groups.values():
        resolved = [register.resolve(name, "21", "city").code for name in group["printed"]]
        assert resolved == group["cities"]


def test_recall_triggers_stand_in_the_supplement_only() -> None:
    triggers = [(row["trigger"], row["months"], row["requires"]) for row in value("JZ", "recall.triggers")]

    assert triggers == [("T1", 12, "development_idea"), ("T2", 24, "income_channel"), ("T3", 36, "delisted")]
    assert origin("JZ", "recall.triggers") == "printed"
    for programme in ("LN2018", "LN2002", "SX2015", "QS2017"):
        assert "recall.triggers" not in profile_of(programme).rules


def test_supplement_overlays_its_base_in_its_own_area_only() -> None:
    book = RuleBook()
    for programme in ("LN2018", "JZ"):
        profile = profile_of(programme)
        rules = Profile.of(programme, profile.version, profile.base, profile.scope, profile.sha256, profile.rules)
        book = book.adding(rules)

    in_jinzhou, elsewhere = book.effective("LN2018", "210727101"), book.effective("LN2018", "211381")

    assert in_jinzhou is not None
    assert elsewhere is not None
    assert not in_jinzhou.entries["attendance.days_per_month"].assumed
    assert elsewhere.entries["attendance.days_per_month"].assumed
    assert elsewhere.entries.get("recall.triggers") is None
    assert in_jinzhou.entries["form.copies"].value == 5
    assert in_jinzhou.basis("recall.decide") == ("锦州市选派到乡村工作干部管理办法（试行）", "二.2")


@pytest.mark.req("AL-050")
def test_fifteen_poor_counties() -> None:
    counties = [row["county"] for row in value("LN2002", "poor_counties.list")]
    register = areas.registered("21")

    assert len(counties) == len(set(counties)) == 15
    for row in value("LN2002", "poor_counties.list"):
        assert register.resolve(row["printed"], "21", "county").code == row["county"]
    assert register.resolve("新宾县", "21", "county").code == "210422"
    assert "210422" in counties
    assert not any(row["county"].startswith("2101") for row in value("LN2002", "poor_counties.list")[1:])


@pytest.mark.req("AL-051")
def test_partners_are_never_crossed() -> None:
    partner = {row["poor_printed"]: row["developed_printed"] for row in value("LN2002", "swap.pairs")}

    assert partner["清原满族自治县"] == "鲅鱼圈区"
    assert partner["新宾县"] == "大石桥市"
    assert partner == {
        "阜新市": "沈阳市",
        "朝阳市": "大连市",
        "阜新蒙古族自治县": "于洪区",
        "彰武县": "东陵区",
        "北票市": "金州区",
        "凌源市": "旅顺口区",
        "朝阳县": "普兰店市",
        "建平县": "瓦房店市",
        "喀喇沁左翼蒙古族自治县": "庄河市",
        "新宾县": "大石桥市",
        "清原满族自治县": "鲅鱼圈区",
        "桓仁满族自治县": "东港市",
        "义县": "海城市",
        "西丰县": "苏家屯区",
        "建昌县": "灯塔市",
        "康平县": None,
        "岫岩满族自治县": None,
    }


def test_every_printed_side_of_a_pair_resolves_to_its_code() -> None:
    register = areas.registered("21")
    for pair in value("LN2002", "swap.pairs"):
        for side in ("poor", "developed"):
            city, printed = pair[f"{side}_city"], pair[f"{side}_printed"]
            assert register.resolve(pair[f"{side}_city_printed"], "21", "city").code == city
            if printed is not None and pair["level"] == "county":
                assert register.resolve(printed, city, "county").code == pair[f"{side}_area"]


@pytest.mark.req("AL-053")
def test_184_with_the_internal_pairs_and_160_without() -> None:
    pairs = value("LN2002", "swap.pairs")
    internal = [pair for pair in pairs if pair["mode"] == "within_area"]

    assert len(pairs) == 17
    assert sum(pair["persons"] for pair in pairs) == 184
    assert sum(pair["persons"] for pair in pairs if pair not in internal) == 160
    assert [(pair["poor_printed"], pair["persons"]) for pair in internal] == [("康平县", 12), ("岫岩满族自治县", 12)]
    assert profile_of("LN2002").rules["swap.unnamed_partners"]["missing"] == "M14"
    each_way = {level: sum(pair[f"{level}_each"] for pair in pairs) for level in ("city", "county", "township")}
    assert {level: 2 * places for level, places in each_way.items()} == {"city": 4, "county": 30, "township": 150}


@pytest.mark.req("AL-036")
def test_the_fragment_of_2015_stays_a_fragment() -> None:
    rows = value("SX2015", "quota.fragment")

    assert len(rows) == 39
    assert len({row["unit"] for row in rows}) == 39
    assert sum(row["places"] for row in rows) == 148
    assert next(row["places"] for row in rows if row["unit"] == "山西省人民政府法制办公室") == 3
    assert {row["seq"] for row in rows} == set(range(14, 25))
    total = profile_of("SX2015").rules["quota.province_total"]
    assert (total["value"], total["origin"], total["missing"]) == (None, "unknown", "M07")


def test_form_of_2018_has_its_27_fields() -> None:
    fields = value("LN2018", "form.fields")

    assert [field["no"] for field in fields] == list(range(1, 28))
    assert fields[15]["printed"] == "拟任职单位及职务"
    optional = [field["key"] for field in fields if not field["required"]]
    assert optional[0] == "party_join_month"
    assert [field["key"] for field in fields if field["type"].startswith("opinion")] == [
        "reporting_unit_opinion",
        "reviewing_unit_opinion",
        "approving_unit_opinion",
    ]
    assert [column["printed"] for column in value("LN2018", "ledger.village_columns")][3] == "派驻村名称"
    assert [column["printed"] for column in value("LN2018", "ledger.township_columns")][3] == "派驻乡镇名称"
    assert origin("LN2018", "ledger.township_columns") == "assumed"
    assert len(value("QS2017", "roster.columns")) == 14
    assert len(value("QS2017", "record.fields")) == 30
    assert len(value("LN2002", "form.fields")) == 30


def test_registers_of_copies_and_missing_text() -> None:
    copies = {row["document"]: row["copies"] for row in profile_of("LN2002").registers["copies"]}
    missing = [row["id"] for name in loader.available() for row in profile_of(name).registers["missing"]]

    assert copies["集体与个人总结"] == "3"
    assert copies["人选名单、挂职锻炼干部登记表、主要表现材料"] == "4"
    assert sorted(missing) == [f"M{number:02}" for number in range(1, 21)]


def test_digest_is_stable_and_follows_every_rule() -> None:
    profile = loader.load("LN2018")
    published = profile.published()
    changed = {**profile.rules, "form.copies": {**profile.rules["form.copies"], "value": 4}}

    assert published["sha256"] == loader.load("LN2018").sha256
    assert loader.digest("LN2018", 1, None, "21", published["rules"]) == published["sha256"]
    assert loader.digest("LN2018", 1, None, "21", changed) != published["sha256"]
    assert loader.digest("LN2018", 2, None, "21", profile.rules) != published["sha256"]


@pytest.mark.parametrize("programme", loader.available())
def test_every_rule_has_its_origin_and_its_clause(programme: str) -> None:
    for path, rule in loader.load(programme).rules.items():
        assert rule["origin"] in ("printed", "derived", "assumed", "unknown"), path
        assert (rule["origin"] in ("assumed", "unknown")) or rule["clause"], path
        assert rule["notice"], path
        assert (rule["origin"] != "unknown") or rule["value"] is None, path
