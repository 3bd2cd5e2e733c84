"""Two cadres on post, whose data can be read."""

from __future__ import annotations

from typing import Any

from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast


def posted(office: Desk) -> list[dict[str, Any]]:
    """Two nominees of ``office``, both on post; gives the rows of their nominations."""
    office.command(
        cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", programme="LN2018", channel=cast.CHANNEL, title="方案",
        units=["U01"],
    )  # fmt: skip
    office.receipt(cast.PROVINCE, "ImportNominees", "2018-04-18", programme="LN2018", rows=[cast.row(1), cast.row(2)])
    found = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    for number, one in enumerate(found, 1):
        office.command(
            cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-23", programme="LN2018", unit="U01",
            nomination=one["nomination"], result="passed",
        )  # fmt: skip
        target = f"21072710120{number}"
        office.hear_of("allocation", said.placement(target, one["person"], "U01"))
        both = {"postings": [f"LN2018.{target}.1"]}
        office.command(cast.UNIT_OFFICE, "RecordHandover", "2018-04-28", **both, items=["party_relation", "escort"])
        office.command(cast.COUNTY, "RecordHandover", "2018-05-02", **both, items=["host_contact", "board_lodging"])
    return found
