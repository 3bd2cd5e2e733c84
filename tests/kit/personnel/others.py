"""Personnel where a unit has places, and others have persons: engaged, back, failed, live elsewhere, erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.testing import actor
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast, erasing
from tests.kit.personnel.told import told

ON, LATER = "2018-04-18", "2018-04-23"
ENGAGED, BACK, FAILED, NEIGHBOUR, GONE = range(30, 35)
"""Persons of others: on a leg, back from one, failed elsewhere, live elsewhere in the same programme, erased."""
OTHERS = (ENGAGED, BACK, FAILED, NEIGHBOUR, GONE)
NEIGHBOURS = actor("unit", units=("U02",), person="p-neighbour")
NO_PLACES = actor("unit", units=("U03",))
FRESH = range(60, 90)
AWAITED = range(36, 42)
"""Back from legs, and entered by the province."""


def seat(n: int, number: int) -> dict[str, Any]:
    return {
        "pair": 5, "direction": "out", "level": "county", "seat": number, "sending": "211381", "host": "210213",
        "id_number": cast.id_number(n), "mobile": cast.mobile(n), "form": cast.form(n), "synthetic": True,
    }  # fmt: skip


def nominee(n: int, **changes: Any) -> dict[str, Any]:
    return {"programme": "LN2018", "nominee": cast.row(n, **changes)}


def checked(office: Desk, unit: str, nomination: str, result: str) -> dict[str, Any]:
    about = {"programme": "LN2018", "unit": unit, "nomination": nomination, "result": result}
    return about | ({"conditions": ["健康"]} if result == "failed" else {})


def peopled(open_desk: Callable[..., Desk]) -> Desk:
    """Personnel where U01 has twenty places in villages, and others have persons of each kind."""
    office = told(open_desk)
    for unit in ("U02", "U03"):
        office.hear_of("allocation", said.unit_registered(unit, name=f"某厅{unit}"))
    for unit, villages in (("U01", 20), ("U02", 3)):
        office.hear_of("allocation", said.unit_quota(unit, 1, villages))
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01", "U02"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    legs = {
        "programme": "LN2002",
        "city": "2113",
        "legs": [seat(n, at) for at, n in enumerate((ENGAGED, BACK, *AWAITED), 1)],
    }
    office.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **legs)
    for leg in (f"LN2002.5.out.county.{at}.1" for at in range(2, 3 + len(AWAITED))):
        office.receipt(cast.SENDING_CITY, "WithdrawLeg", "2002-11-04", leg=leg, reason="健康")
        office.receipt(cast.SENDING_CITY, "RecordReturn", "2002-11-04", leg=leg)
    for n in (FAILED, NEIGHBOUR, GONE):
        office.receipt(NEIGHBOURS, "NominateCadre", "2018-04-17", **nominee(n, unit="U02"))
    failed, _, gone = office.query(NEIGHBOURS, "nominations", unit="U02")
    mark = checked(office, "U02", failed["nomination"], "failed")
    office.receipt(cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-17", **mark)
    erasing.erase(office, gone["person"])
    return office
