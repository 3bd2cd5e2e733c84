"""A county's demand: two kinds of villages united, and the county as last resort."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kernel.messages import Event
from kernel.testing import actor, given
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.county_fallback import CountyShortfallChanged, NoteLeft, NoteSent
from services.allocation.demand.demand_plans import record_kinds
from services.allocation.demand.demand_state import VillageKinds
from services.allocation.demand.village_kinds import VillageKindsRecorded
from services.allocation.registers.area import Register
from tests.kit.allocation.demand import BOTH, COUNTY, KINDS, OTHER, POOR, RECORDED, SHANXI, VILLAGES, WEAK, record
from tests.kit.allocation.ground import SX2015, Plain, ctx, decided


def sent(target: str, source: str, number: int = 1) -> NoteSent:
    context = ctx(on="2015-07-18", rules=SX2015)
    posting = f"SX2015.{target}.{number}"
    return NoteSent(context=context, programme="SX2015", target=target, posting=posting, source=source)


def left(target: str, cause: str = "CadreRecalled") -> NoteLeft:
    context = ctx(on="2015-09-01", rules=SX2015)
    return NoteLeft(context=context, programme="SX2015", posting=f"SX2015.{target}.1", cause=cause, bound=False)


def after(*commands: NoteSent | NoteLeft) -> list[Event]:
    """All events once the county's kinds are recorded and these facts came in."""
    events = list(RECORDED)
    for command in commands:
        events += given(DEMAND, *events).when(command).events or []
    return events


def needs(events: list[Event]) -> list[tuple[int, int]]:
    return [(e.before, e.need) for e in events if isinstance(e, CountyShortfallChanged)]


@pytest.mark.req("AL-030")
def test_2697_and_7993_villages_with_794_of_both_kinds_are_9896_places() -> None:
    by_county: dict[str, list[VillageKinds]] = defaultdict(list)
    for number, village in enumerate(SHANXI.within("14", "village")[:9896]):
        by_county[village.code[:6]].append(VillageKinds(village.code, number < 2697, number >= 1903))
    province = actor("province_org", areas=("14",))
    recorded: list[VillageKindsRecorded] = []
    places = 0
    for county, villages in by_county.items():
        events = given(DEMAND).when(record(*villages, county=county, by=province)).events or []
        recorded += [e for e in events if isinstance(e, VillageKindsRecorded)]
        places += sum(e.need for e in events if isinstance(e, CountyShortfallChanged))
    counts = [(e.weak_party, e.registered_poor, e.both, e.union) for e in recorded]
    assert [sum(column) for column in zip(*counts, strict=True)] == [2697, 7993, 794, 9896]
    assert places == SX2015.entries["quota.villages"].value["union"] == 9896

    # A village of both kinds gets one posting and counts once.
    one = given(DEMAND, *RECORDED).when(sent(BOTH, "province")).events or []
    assert needs(one) == [(3, 2)]
    refused = given(DEMAND, *RECORDED, *one).when(sent(BOTH, "city", 2))
    refused.rejected("village_taken", rule="coverage.fallback", field="target")


def test_the_kinds_of_a_county_and_what_it_owes_at_first() -> None:
    recorded, owed = RECORDED
    assert isinstance(recorded, VillageKindsRecorded)
    assert (recorded.weak_party, recorded.registered_poor, recorded.both, recorded.union) == (2, 2, 1, 3)
    assert recorded.other == 1
    assert isinstance(owed, CountyShortfallChanged)
    assert (owed.cause, owed.mandatory, owed.before, owed.need) == ("VillageKindsRecorded", 3, 0, 3)


def test_a_village_listed_again_is_of_the_kinds_listed_last() -> None:
    again = given(DEMAND, *RECORDED).when(record(VillageKinds(OTHER, False, True))).events or []
    assert needs(again) == [(3, 4)]
    assert given(DEMAND, *RECORDED, *again).when(record(VillageKinds(OTHER, False, True))).types("VillageKindsRecorded")


@pytest.mark.req("AL-032")
def test_the_county_owes_what_province_and_city_leave_and_one_more_for_each_who_goes() -> None:
    events = after(sent(WEAK, "province"), sent(POOR, "city"), left(WEAK, "CadreRecalled"))
    assert needs(events[len(RECORDED) :]) == [(3, 2), (2, 1), (1, 2)]
    last = events[-1]
    assert isinstance(last, CountyShortfallChanged)
    assert (last.cause, last.mandatory, last.province, last.city, last.need) == ("VillageLeft", 3, 0, 1, 2)
    assert last.areas == ("county",)


@pytest.mark.req("AL-046")
def test_a_central_cadre_counts_before_the_county() -> None:
    events = after(sent(WEAK, "central"))
    assert needs(events[len(RECORDED) :]) == [(3, 2)]
    last = events[-1]
    assert isinstance(last, CountyShortfallChanged)
    assert (last.central, last.province, last.city) == (1, 0, 0)


def test_the_countys_own_cadres_stand_beside_what_it_owes() -> None:
    last = after(sent(WEAK, "county"))[-1]
    assert isinstance(last, CountyShortfallChanged)
    assert (last.county_posted, last.before, last.need) == (1, 3, 3)


def test_a_posting_on_another_village_lowers_nothing() -> None:
    assert [type(e).__name__ for e in after(sent(OTHER, "province"))[len(RECORDED) :]] == ["VillageSourced"]
    events = after(sent(OTHER, "province"))
    assert given(DEMAND, *events).when(left(OTHER)).types("VillageLeft")


def test_more_cadres_than_villages_leave_nothing_and_never_less() -> None:
    fewer = given(DEMAND, *after(sent(WEAK, "city"), sent(POOR, "city"))).when(record(VillageKinds(BOTH, False, False)))
    assert needs(fewer.events or []) == [(1, 0)]


def test_what_is_heard_twice_or_never_stood_changes_nothing() -> None:
    events = after(sent(WEAK, "city"))
    given(DEMAND, *events).when(sent(WEAK, "city")).then()
    given(DEMAND, *events).when(left(POOR)).then()


def test_a_source_nobody_knows_is_refused() -> None:
    given(DEMAND, *RECORDED).when(sent(WEAK, "street")).rejected(
        "source_unknown", rule="coverage.fallback", field="tier", accepted="central、province、city、county"
    )


def test_villages_are_of_the_county_listed_once_and_registered() -> None:
    given(DEMAND).when(record(VillageKinds("140927100201", True, True))).rejected(
        "village_elsewhere", rule="quota.villages", field="villages.target"
    )
    given(DEMAND).when(record(VillageKinds(VILLAGES[0][:9], True, True))).rejected("village_elsewhere")
    twice = record(VillageKinds(WEAK, True, False), VillageKinds(WEAK, False, True))
    given(DEMAND).when(twice).rejected("village_twice", field="villages.target")
    given(DEMAND).when(record()).rejected("villages_missing", field="villages")

    room = Plain({f"areas/{COUNTY[:4]}": Register(dict.fromkeys(VILLAGES[:4], "村"))})
    assert decided(record_kinds(KINDS, room), room, SX2015) == RECORDED
    with pytest.raises(Exception, match=VILLAGES[9]):
        list(record_kinds(record(VillageKinds(VILLAGES[9], True, False)), room))
