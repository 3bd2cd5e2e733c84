"""The demo's pick of places: the same 838 on every run, city by city."""

from demo.selection import pool, select, spread
from programmes import areas, loader


def cities() -> tuple[str, ...]:
    return tuple(loader.load("LN2018").rules["quota.groups"]["value"][0]["cities"])


def test_pool_of_the_ten_cities() -> None:
    found = pool(areas.registered("21"), cities())

    assert (len(found.villages), len(found.townships)) == (7305, 634)
    assert list(found.villages) == sorted(found.villages)


def test_838_places_with_their_digest() -> None:
    picked = select(pool(areas.registered("21"), cities()), 51, 787)

    assert (len(picked.townships), len(picked.villages)) == (51, 787)
    assert picked.digest == "61fb6ad7930f02aecf13ef56a449af3687028c949bba5f271917ee9d06346197"
    assert len({code[:9] for code in (*picked.townships, *picked.villages)}) == 581


def test_places_by_city_and_county() -> None:
    picked = select(pool(areas.registered("21"), cities()), 51, 787)

    assert picked.by(4) == {
        "2103": (5, 75),
        "2104": (4, 62),
        "2105": (2, 22),
        "2106": (5, 67),
        "2107": (5, 95),
        "2108": (3, 53),
        "2110": (3, 49),
        "2112": (7, 121),
        "2113": (10, 135),
        "2114": (7, 108),
    }
    counties = picked.by(6)
    assert len(counties) == 52
    assert counties["210726"] == (1, 27)
    assert counties["210727"] == (2, 24)
    assert counties["211224"] == (2, 45)
    assert counties["211403"] == (0, 1)


def test_every_picked_township_holds_a_picked_village() -> None:
    picked = select(pool(areas.registered("21"), cities()), 51, 787)

    assert {code[:9] for code in picked.villages} >= set(picked.townships)


def test_even_distances() -> None:
    assert spread(("a", "b", "c", "d", "e"), 2) == ("a", "c")
    assert spread(("a", "b"), 0) == ()
