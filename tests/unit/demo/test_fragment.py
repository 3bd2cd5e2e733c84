"""The units of the fragment of 2015, as the demo plays them: the printed rows, each with real villages enough."""

from __future__ import annotations

from collections import Counter

from demo.shanxi.world import AREAS, senders
from programmes import loader


def test_the_units_are_the_printed_rows_with_their_places_by_county() -> None:
    rows = senders()
    assert (len(rows), sum(row.places for row in rows), len({row.id for row in rows})) == (39, 148, 39)
    places: Counter[str] = Counter()
    for row in rows:
        places[row.county] += row.places
    printed = loader.load("SX2015").rules["quota.fragment_counties"]["value"]
    assert sorted(places.values()) == sorted(row["places"] for row in printed)
    for county, wanted in places.items():
        assert len(AREAS.within(county, "village")) > wanted, county
