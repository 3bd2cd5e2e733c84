"""Who signs a month is the post the profile names, at the organ of its level (X-057)."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.messages import Rejected
from kernel.rules import Rules
from programmes.offices import Holder, Office
from services.attendance.sheets.sheet import SignAs, SignMonth
from services.attendance.sheets.sheet_plans import sign
from tests.kit.allocation.ground import LN2018, Plain, ctx, with_values

VILLAGE = "210726102201"
SECRETARY = Office((Holder("p-secretary", date(2016, 1, 1), None),))
HEAD = Office((Holder("p-head", date(2016, 1, 1), None),))


class Under(Plain):
    """A room whose rules are given."""

    def __init__(self, given: Rules) -> None:
        super().__init__({"office/210726102.party_secretary": SECRETARY, "office/210726.org_head": HEAD})
        self.given = given

    def rules(self, programme: str, area: str | None = None) -> Rules | None:
        return self.given if (programme, area) == ("LN2018", VILLAGE) else None


def signing(named: str | None) -> SignAs:
    command = SignMonth(context=ctx(on="2018-07-02"), posting=f"LN2018.{VILLAGE}.1", month="2018-06")
    (step,) = sign(command, Under(with_values(LN2018, attendance__signer=named)))
    assert isinstance(step.command, SignAs)
    return step.command


@pytest.mark.req("X-057")
def test_the_profile_says_which_post_signs() -> None:
    township, county = signing("township_party_secretary"), signing("county_org_head")
    assert (township.post, township.office) == ("party_secretary", SECRETARY)
    assert (county.post, county.office) == ("org_head", HEAD)


def test_where_the_profile_does_not_say_who_signs_nobody_does() -> None:
    with pytest.raises(Rejected) as found:
        signing(None)
    assert found.value.code == "rule_unknown"
