"""The pick of the whole batch and its senders: the same on every run, to the figures of the notice."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from demo.cast import places
from demo.performances import PERFORMANCES
from demo.selection import Pool, Selection, pool, select
from demo.whole.extent import FULL, PILOT
from demo.whole.selection import Whole, committees, largest, whole, without
from demo.whole.senders import Sender, senders
from programmes import areas, loader

AREAS = areas.registered("21")


def printed(path: str) -> Any:
    return loader.load("LN2018").rules[path]["value"]


GROUP_A, GROUP_B = printed("quota.groups")


@cache
def picked() -> Whole:
    return whole(AREAS, GROUP_A, {row["tier"]: row for row in printed("quota.tiers")})


def sending(extent: Whole) -> list[Sender]:
    return list(senders(extent, AREAS, committees(AREAS, GROUP_A["cities"])))


def test_the_three_tiers_are_those_of_the_notice_and_share_no_place() -> None:
    found = picked()
    tiers = {row["tier"]: row for row in printed("quota.tiers")}
    for tier, selection in (("province", found.province), ("city", found.city)):
        wanted = (tiers[tier]["townships"], tiers[tier]["weak_villages"])
        assert (len(selection.townships), len(selection.villages)) == wanted
    assert len(found.county) == tiers["county"]["other_villages"] == 2612
    villages = [*found.province.villages, *found.city.villages, *found.county]
    townships = [*found.province.townships, *found.city.townships]
    assert (len(set(villages)), len(set(townships))) == (GROUP_A["villages"], GROUP_A["townships"]) == (5993, 219)
    assert all(code.startswith(tuple(GROUP_A["cities"])) for code in (*villages, *townships))
    assert found.digest == "2c68f9b95e6a695f8abb333583f2d227281339d709e83e61faefcfe5e2443c37"


def test_the_province_s_places_are_those_of_the_scenario() -> None:
    assert picked().province == select(pool(AREAS, tuple(GROUP_A["cities"])), 51, 787)


def test_64_county_units_cover_what_is_not_weak() -> None:
    counties = picked().by_county()
    assert len(counties) == GROUP_A["county_units"] == 64
    assert {code[:6] for code in picked().county} == set(counties)
    assert sum(villages for villages, _ in counties.values()) == 5993
    assert sum(villages - weak for villages, weak in counties.values()) == 2612
    assert sum(weak for _, weak in counties.values()) == printed("quota.weak_villages")


def test_the_register_has_enough_villages_for_group_a_and_too_few_for_group_b() -> None:
    assert len(committees(AREAS, GROUP_A["cities"])) == 8245 > GROUP_A["villages"]
    assert len(committees(AREAS, GROUP_B["cities"])) == 2484 < GROUP_B["villages"]


def test_counties_with_the_most_villages_of_equals_the_lower_code() -> None:
    villages = ("210101001201", "210102001201", "210103001201", "210103001202")
    assert largest(villages, 2) == ("210101", "210103")


def test_what_is_picked_is_no_longer_there_and_an_emptied_township_neither() -> None:
    two, one = ("210101001201", "210101001202"), "210101002201"
    full = Pool((*two, one), ("210101001", "210101002"))
    assert without(full, Selection((), (one,))) == Pool(two, ("210101001",))
    assert without(full, Selection(("210101001",), ())) == Pool(full.villages, ("210101002",))


def test_cities_and_counties_fill_their_own_places_with_their_own_units() -> None:
    everyone = sending(picked())
    tiers = Counter[str]()
    for sender in everyone:
        townships, villages = sender.places
        tiers[sender.tier] += townships + villages
        assert all(unit.channel == sender.area and not unit.enterprise for unit in sender.units)
        assert len(list(places(sender.units))) == townships + villages
        helped, contacts = sender.ties(sender.units[-1])
        assert all(code.startswith(sender.area) for code in (*helped, *contacts))
    assert tiers == {"city": 2762, "county": 2612}
    assert Counter(sender.tier for sender in everyone) == {"city": 10, "county": 64}
    ids = [unit.id for sender in everyone for unit in sender.units]
    assert len(set(ids)) == len(ids)


def test_a_pilot_is_one_city_whole_and_a_few_places_of_the_province() -> None:
    part = PILOT.of(picked())
    assert (len(part.province.townships), len(part.province.villages)) == (5, 40)
    assert {sender.area[:4] for sender in sending(part)} == {"2105"}
    assert part.city.villages == tuple(code for code in picked().city.villages if code.startswith("2105"))
    assert FULL.of(picked()) == picked()


@pytest.mark.parametrize("name", ["scenario", "small", "full", "shanxi"])
def test_each_scale_has_its_stages(name: str) -> None:
    keys = [key for key, _, _ in PERFORMANCES[name].stages]
    assert len(set(keys)) == len(keys)
    assert keys[-1] == "replay"
