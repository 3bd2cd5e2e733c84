"""Personnel on a real log that was told of the rules, the unit and its places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.personnel.wiring import SERVICE
from tests.kit.desk import Desk
from tests.kit.personnel import cast


def told(open_desk: Callable[..., Desk], **options: Any) -> Desk:
    """Personnel that was told of the rules, the unit and its places."""
    desk = open_desk(SERVICE, **options)
    desk.hear_profiles("LN2018", "JZ", "LN2002")
    about: dict[str, Any] = {"unit": "U01", "channel": cast.CHANNEL}
    desk.hear("allocation", "UnitRegistered", "2018-04-17", **about, name="某厅", level="province")
    places: dict[str, Any] = {"townships": 1, "villages": 2, "basis": "synthetic"}
    desk.hear("allocation", "UnitQuotaSet", "2018-04-17", **about, **places, programme="LN2018")
    return desk
