"""A unit that collects applications and has no record of its mobilisation is listed (PE-046)."""

from __future__ import annotations

from typing import Any

import pytest

from programmes import loader
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast

ASKED = loader.load("SX2015").published()["rules"]["duty.mobilisation"]


def record(unit: str = "U01", programme: str = "LN2018") -> dict[str, Any]:
    return {"programme": programme, "unit": unit, "audience": "机关全体干部"}


@pytest.mark.req("PE-046")
def test_a_unit_with_applications_and_no_record_is_listed(office: Desk) -> None:
    unasked = office.refused(cast.UNIT_OFFICE, "RecordMobilisation", "2018-04-17", **record())
    assert (unasked["code"], unasked["field"]) == ("rule_unknown", "duty.mobilisation")
    # No programme that takes nominations today asks for the record: the province publishes that one does.
    published = loader.load("LN2018").published()
    rules = {**published["rules"], "duty.mobilisation": ASKED}
    office.hear("allocation", "ProfilePublished", "2018-04-17", **{**published, "version": 2, "rules": rules})
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.command(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    office.command(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=cast.row(1))

    def lacking() -> list[tuple[str, str]]:
        rows = office.query(cast.CHANNEL_OFFICE, "mobilisations_lacking", programme="LN2018")
        return [(row["programme"], row["unit"]) for row in rows]

    assert lacking() == [("LN2018", "U01")]
    for unit, channel in (("U02", cast.CHANNEL), ("U03", "省委教育工委")):
        office.hear_of("allocation", said.unit_registered(unit, channel, f"某厅{unit}"))
    foreign = office.refused(cast.UNIT_OFFICE, "RecordMobilisation", "2018-04-18", **record("U02"))
    assert (foreign["code"], foreign["kind"]) == ("out_of_reach", "forbidden")
    other = office.refused(cast.CHANNEL_OFFICE, "RecordMobilisation", "2018-04-18", **record("U03"))
    assert (other["code"], other["field"]) == ("out_of_reach", "unit")
    # A channel is no unit: its own name stands for none.
    nobody = office.refused(cast.CHANNEL_OFFICE, "RecordMobilisation", "2018-04-18", **record(cast.CHANNEL))
    assert (nobody["code"], nobody["kind"]) == ("unit_not_noted", "unknown")
    assert office.command(cast.CHANNEL_OFFICE, "RecordMobilisation", "2018-04-18", **record("U02")) == {
        "UnitMobilised": 1
    }
    assert office.command(cast.UNIT_OFFICE, "RecordMobilisation", "2018-04-18", **record()) == {"UnitMobilised": 1}
    assert lacking() == []
    again = office.refused(cast.UNIT_OFFICE, "RecordMobilisation", "2018-04-19", **record())
    assert (again["code"], again["clause"]) == ("duty_done", "三.1")
    assert office.replays()
