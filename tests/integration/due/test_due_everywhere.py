"""Every service answers what is due, in one form, and no two of them have an obligation of one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from programmes import loader
from programmes.due import KEY
from services.allocation.obligations import OBLIGATIONS as ALLOCATION
from services.allocation.wiring import SERVICE as ALLOCATION_SERVICE
from services.attendance.obligations import OBLIGATIONS as ATTENDANCE
from services.attendance.wiring import SERVICE as ATTENDANCE_SERVICE
from services.evaluation.obligations import OBLIGATIONS as EVALUATION
from services.evaluation.wiring import SERVICE as EVALUATION_SERVICE
from services.personnel.obligations import OBLIGATIONS as PERSONNEL
from services.personnel.wiring import SERVICE as PERSONNEL_SERVICE
from tests.kit.desk import Desk, organ

KNOWN = (*ALLOCATION, *PERSONNEL, *ATTENDANCE, *EVALUATION)
SERVICES = (ALLOCATION_SERVICE, PERSONNEL_SERVICE, ATTENDANCE_SERVICE, EVALUATION_SERVICE)
PROGRAMMES = ("LN2018", "JZ", "LN2002", "SX2015", "QS2017")


def test_no_two_obligations_have_one_name() -> None:
    assert [name for name, n in Counter(one.name for one in KNOWN).items() if n > 1] == []


def published(programme: str) -> dict[str, Any]:
    return loader.load(programme).published()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_each_service_answers_in_the_same_words(open_desk: Callable[[Service], Desk], service: Service) -> None:
    desk = open_desk(service)
    if service is ALLOCATION_SERVICE:
        for name in PROGRAMMES[:3]:
            desk.command(
                organ("province_org", "21"), "PublishProfile", "2018-05-01", profile=loader.load(name).published()
            )
    else:
        desk.hear_profiles(*PROGRAMMES)
    assert set(service.queries["due"].params) >= {"as_of", "scope", "state", "programme", "kind", "area"}
    assert desk.query(organ("auditor", "21"), "due", as_of="2019-01-01", state="all") == []
    assert KEY == ("done", "ranked_on", "kind", "programme", "subject", "period", "part")
