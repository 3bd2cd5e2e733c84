"""The annexes a notice names and that are not at hand stand in a register, a form under one id (X-024)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ

PROVINCE, CITY = organ("province_org", "14"), organ("city_org", "1409")
LEDGER, ALSO = "选派机关优秀干部到村任第一书记工作台账", "选派第一书记到村工作台账"


@pytest.mark.req("X-024")
def test_both_titles_of_the_ledger_resolve_to_one_form(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE, province="14")
    publish(desk, PROVINCE, "SX2015", "2015-06-24")
    register = desk.query(CITY, "missing_annexes")
    assert [(row["no"], row["text"]) for row in register] == [
        (1, "missing"),
        (2, "fragment"),
        (3, "missing"),
        (4, "missing"),
    ]
    assert {row["notice"] for row in register} == {"晋组通字〔2015〕41号"}
    assert [row["title"] for row in register][::3] == [
        "全省“两类村”汇总统计情况表",
        "选派机关优秀干部到村任第一书记情况统计表",
    ]
    for title in (LEDGER, ALSO, "选派第一书记 到村工作台账"):
        (form,) = desk.query(CITY, "missing_annexes", title=title)
        assert (form["no"], form["title"], form["form"]) == (3, ALSO, LEDGER), title
    assert desk.query(CITY, "missing_annexes", title="第一书记台账") == []
