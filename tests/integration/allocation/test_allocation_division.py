"""A channel divides its places by weights, and everybody who asks sees why each unit has what it has."""

from __future__ import annotations

from collections.abc import Callable

from kernel.service import Service
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import LN2018, PROVINCE, Year2018, publish
from tests.kit.desk import Desk, organ

CHANNEL = "沈铁"


def test_weights_are_kept_beside_the_places_and_a_later_figure_is_a_deviation(
    open_desk: Callable[[Service], Desk],
) -> None:
    desk = open_desk(SERVICE)
    publish(desk, PROVINCE, LN2018, "2018-04-16")
    Year2018(desk).quotas()
    office = organ("enterprise", units=(CHANNEL, "R1", "R2"))
    for unit in ("R1", "R2"):
        data = {"unit": unit, "name": f"合成单位{unit}", "channel": CHANNEL, "level": "central"}
        desk.receipt(office, "RegisterUnit", "2018-04-17", **data)
    asked = {"programme": LN2018, "channel": CHANNEL}
    units = [
        {"unit": "R1", "weight": 200, "basis": "编制 200"},
        {"unit": "R2", "weight": 100, "basis": "编制 100", "placed": 4, "at_least": 1},
    ]
    made = desk.command(office, "DivideChannelPlaces", "2018-04-18", **asked, units=units)
    assert made == {"ChannelPlacesDivided": 1, "UnitQuotaSet": 2}
    first, second = desk.query(office, "unit_quotas", programme=LN2018)
    assert [(u["townships"], u["villages"]) for u in (first, second)] == [(1, 15), (0, 4)]
    # 20 places and 4 from before: exactly 16 and 8, of which 4 were placed.
    assert [(u["evidence"]["whole"], u["evidence"]["remainder"]) for u in (first, second)] == [(16, 0), (8, 0)]
    assert (second["evidence"]["method"], second["evidence"]["placed"]) == ("largest_remainder", 4)

    less = {"programme": LN2018, "unit": "R1", "townships": 1, "villages": 14, "basis": "派员困难"}
    assert desk.command(office, "SetUnitQuota", "2018-04-19", **less) == {"UnitQuotaSet": 1, "UnitQuotaDeviated": 1}
    first, _ = desk.query(PROVINCE, "unit_quotas", programme=LN2018)
    assert (first["villages"], first["deviation_townships"], first["deviation_villages"]) == (14, 0, -1)
    problem = desk.refused(office, "DivideChannelPlaces", "2018-04-19", **asked, units=[{**units[0], "at_most": 3}])
    assert (problem["code"], problem["clause"]) == ("bounds_impossible", "四.1")
