"""Personnel with the rules, the unit and the places that allocation would have told it of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.service import Service
from services.personnel.wiring import SERVICE
from tests import personnel_cast as cast
from tests.desk import Desk


@pytest.fixture(scope="module")
def office(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ", "LN2002")
    about = {"unit": "U01", "channel": cast.CHANNEL}
    desk.hear("allocation", "UnitRegistered", "2018-04-17", **about, name="某厅", level="province")
    places = {"townships": 1, "villages": 2, "basis": "synthetic"}
    desk.hear("allocation", "UnitQuotaSet", "2018-04-17", **about, **places, programme="LN2018")
    return desk
