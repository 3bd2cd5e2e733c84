"""Personnel with the rules, the unit and the places that allocation would have told it of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.ciphers import CIPHERS
from services.personnel.wiring import SERVICE
from tests.kit.desk import Desk
from tests.kit.personnel import cast


def opened(open_desk: Callable[..., Desk], **options: Any) -> Desk:
    """Personnel that was told of the rules, the unit and its places."""
    desk = open_desk(SERVICE, **options)
    desk.hear_profiles("LN2018", "JZ", "LN2002")
    about: dict[str, Any] = {"unit": "U01", "channel": cast.CHANNEL}
    desk.hear("allocation", "UnitRegistered", "2018-04-17", **about, name="某厅", level="province")
    places: dict[str, Any] = {"townships": 1, "villages": 2, "basis": "synthetic"}
    desk.hear("allocation", "UnitQuotaSet", "2018-04-17", **about, **places, programme="LN2018")
    return desk


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    return opened(open_desk)


@pytest.fixture(scope="module", params=list(CIPHERS.values()), ids=list(CIPHERS))
def sealed_office(open_desk: Callable[..., Desk], request: pytest.FixtureRequest) -> Desk:
    """Personnel under each profile of sealing."""
    return opened(open_desk, cipher=request.param)
