"""The ledger is due before selection ends: who takes up the post after the filing amends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import candidates, ledgers

SX2015, COUNTY = "SX2015", "140928"
AREAS = registered("14")
PROVINCE, OFFICE, CITY = organ("province_org", "14"), organ("county_org", COUNTY), organ("city_org", COUNTY[:4])
FIRST, SECOND, THIRD = (village.code for village in AREAS.within(COUNTY, "village")[:3])


@pytest.fixture(scope="module")
def desk(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(SERVICE, province="14")
    publish(desk, PROVINCE, SX2015, "2015-06-24")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    units = [{"root": COUNTY, "divisions": divisions}]
    desk.receipt(PROVINCE, "RegisterAreas", "2015-06-24", edition="2023-06", units=units)
    villages = [{"target": code, "weak_party": False, "registered_poor": True} for code in (FIRST, SECOND, THIRD)]
    desk.receipt(OFFICE, "RecordVillageKinds", "2015-06-30", programme=SX2015, county=COUNTY, villages=villages)
    return desk


def posting(target: str) -> str:
    return f"{SX2015}.{target}.1"


def came(desk: Desk, target: str, on: str) -> None:
    """Personnel says that a cadre of the county took up the post, as it decides it."""
    candidates.tell(desk, candidates.came(target, "county", on))


def lines(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, desk.log.lines(0, 10_000)) if line["type"] == kind]


def rows(desk: Desk) -> dict[str, tuple[int, str]]:
    """The rows of the city's ledger: by village, the amendment that entered it and the day."""
    found = desk.query(CITY, "filed_ledger", programme=SX2015)
    return {row["target"]: (row["entered_by"], row["entered_on"]) for row in found}


@pytest.mark.req("AL-043")
def test_a_posting_of_the_18th_amends_the_ledger_of_the_15th_and_the_batch_is_overdue_from_the_21st(desk: Desk) -> None:
    came(desk, FIRST, "2015-07-14")
    assert rows(desk) == {}  # nothing is filed, so nothing is amended
    candidates.tell(desk, ledgers.filed(FIRST))
    (filing,) = lines(desk, "LedgerFilingNoted")

    came(desk, SECOND, "2015-07-18")
    (amendment,) = lines(desk, "LedgerAmended")
    told_of = {key: amendment["data"][key] for key in ("city", "amendment", "posting", "change")}
    assert told_of == {"city": "1409", "amendment": 1, "posting": posting(SECOND), "change": "entered"}
    assert amendment["occurred_on"] == "2015-07-18"
    # The filing is what it was: the same stored line, its row entered by the filing and on its day.
    assert lines(desk, "LedgerFilingNoted") == [filing]
    assert filing["data"]["postings"] == [posting(FIRST)]
    assert rows(desk) == {FIRST: (0, "2015-07-15"), SECOND: (1, "2015-07-18")}
    # Filed once more, or told twice, it is still the same ledger.
    candidates.tell(desk, ledgers.filed(SECOND, on="2015-07-19"))
    came(desk, SECOND, "2015-07-18")
    assert (len(lines(desk, "LedgerFilingNoted")), len(lines(desk, "LedgerAmended"))) == (1, 1)

    # One village is still without anybody: in time on the 20th, overdue from the 21st.
    asked = {"programme": SX2015}
    assert desk.command(PROVINCE, "CheckBatch", "2015-07-20", **asked, as_of="2015-07-20") == {}
    assert desk.command(PROVINCE, "CheckBatch", "2015-07-21", **asked, as_of="2015-07-21") == {"BatchOverdue": 1}

    candidates.tell(desk, ledgers.withdrawn(FIRST, "2015-09-01"))
    last = lines(desk, "LedgerAmended")[-1]["data"]
    assert (last["amendment"], last["posting"], last["change"]) == (2, posting(FIRST), "left")
    assert rows(desk)[FIRST] == (0, "2015-07-15")
    assert desk.replays()
