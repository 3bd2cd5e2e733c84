"""A host gives a seconded cadre real work: a secondment without any is warned of at mid-term (PE-058)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast, others
from tests.kit.personnel.told import told

HOST = organ("county_org", "210213")
LEGS = [f"LN2002.5.out.county.{seat}.1" for seat in (1, 2)]


@pytest.mark.req("PE-058")
def test_a_secondment_without_duties_is_warned_of_from_mid_term(open_desk: Callable[..., Desk]) -> None:
    desk = told(open_desk)
    legs = [others.seat(n, seat) for n, seat in ((1, 1), (2, 2))]
    desk.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", programme="LN2002", city="2113", legs=legs)
    for leg in LEGS:
        desk.hear("allocation", "SecondmentPostAgreed", "2002-07-05", leg=leg, post="副区长")
    work: dict[str, Any] = {"duties": [{"task": "分管农业"}]}
    early = desk.refused(HOST, "AssignDuties", "2002-07-15", leg=LEGS[0], **work)
    assert (early["code"], early["clause"]) == ("posting_not_running", "三")
    desk.receipt(cast.SENDING_CITY, "ReportForDuty", "2002-07-15", legs=LEGS)

    def warned(as_of: str) -> list[str]:
        return [row["leg"] for row in desk.query(cast.PROVINCE, "duties_unassigned", as_of=as_of)]

    # 365 days from 15 July 2002: the middle is 182 days later, 13 January 2003.
    assert (warned("2003-01-12"), warned("2003-01-13")) == ([], LEGS)
    sender = desk.refused(cast.SENDING_CITY, "AssignDuties", "2003-01-10", leg=LEGS[0], **work)
    assert (sender["code"], sender["kind"]) == ("not_your_business", "forbidden")
    tagged = {"duties": [{"task": "分管农业", "group": "推动精准扶贫"}]}
    other = desk.refused(HOST, "AssignDuties", "2003-01-10", leg=LEGS[0], **tagged)
    assert other["code"] == "duty_group_unknown", "the five duties are those of another programme"
    both = desk.refused(HOST, "AssignDuties", "2003-01-10", posting=cast.POSTING, leg=LEGS[0], **work)
    assert both["code"] == "posting_or_leg"
    assert desk.command(HOST, "AssignDuties", "2003-01-14", leg=LEGS[0], **work) == {"DutiesAssigned": 1}
    assert (warned("2003-01-13"), warned("2003-01-14")) == (LEGS, LEGS[1:])
    late = desk.refused(HOST, "AssignDuties", "2003-07-16", leg=LEGS[1], **work)
    assert late["code"] == "posting_not_running"
    assert desk.replays()
