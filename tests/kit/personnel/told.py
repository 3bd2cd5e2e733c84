"""Personnel on a real log that was told of the rules, the unit and its places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast


def told(open_desk: Callable[..., Desk], **options: Any) -> Desk:
    """Personnel that was told of the rules, the unit and its places."""
    desk = open_desk(SERVICE, **options)
    desk.hear_profiles("LN2018", "JZ", "LN2002")
    desk.hear_of("allocation", said.unit_registered(cast.UNIT), said.unit_quota(cast.UNIT, 1, 2))
    return desk
