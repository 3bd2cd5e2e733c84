"""Delivery of a notice as everybody sees it: who has not acknowledged stays on the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.service import Service
from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import LN2018, PROVINCE, publish, rules
from tests.kit.desk import Desk, organ

NUMBER = "辽组通字〔2018〕23号"


@pytest.mark.req("X-011")
def test_seven_channels_and_every_city_and_whoever_has_not_acknowledged(open_desk: Callable[[Service], Desk]) -> None:
    desk = open_desk(SERVICE)
    publish(desk, PROVINCE, LN2018, "2018-04-16")
    (notice,) = desk.query(PROVINCE, "notices", number=NUMBER)
    cities, *channels = notice["addressees"]
    ids = [row["channel"] for row in rules(LN2018)["quota.channels"]]
    recipients = [{"addressee": cities, "area": city.code} for city in registered("21").children("21")]
    recipients += [{"addressee": name, "unit": channel} for name, channel in zip(channels, ids, strict=True)]
    left_out = desk.refused(PROVINCE, "SendNotice", "2018-04-16", notice=NUMBER, recipients=recipients[:-1])
    assert (left_out["code"], channels[-1] in left_out["sentence"]) == ("addressee_left_out", True)
    desk.receipt(PROVINCE, "SendNotice", "2018-04-16", notice=NUMBER, recipients=recipients)
    assert len(desk.query(PROVINCE, "deliveries", notice=NUMBER)) == 14 + 7

    jinzhou, railway = organ("city_org", "2107"), organ("enterprise", units=("沈铁",))
    desk.receipt(jinzhou, "AcknowledgeNotice", "2018-04-17", notice="辽组通字[2018]23号", area="2107")
    desk.receipt(railway, "AcknowledgeNotice", "2018-04-17", notice=NUMBER, unit="沈铁")
    missing = desk.query(PROVINCE, "deliveries", notice=NUMBER, acknowledged="false")
    assert len(missing) == 19
    assert not {"2107", "沈铁"} & {row["recipient"] for row in missing}
    (own,) = desk.query(jinzhou, "deliveries")
    assert (own["acknowledged"], own["acknowledged_on"]) == (True, "2018-04-17")
    (own,) = desk.query(railway, "deliveries")
    assert (own["recipient"], own["addressee"]) == ("沈铁", "中国铁路沈阳局集团有限公司党委")
