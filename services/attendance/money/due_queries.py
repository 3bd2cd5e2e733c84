"""What is owed of money: the allowance of each quarter in which the cadre served a whole month (PE-102).

Source: the Jinzhou measures 三.1. A month served in part is owed nothing as long as the profile does not say how it is
paid.
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation, first_day
from programmes.readers.money import TIER
from programmes.readers.rhythm import ALLOWANCE_DAYS, QUARTERLY
from programmes.roles import COUNTIES

_WHOLE: Final = """exists (
select from generate_series(p.first::timestamp, p.last, interval '1 month') as month
 where s.opened_on <= month and (s.closed_on is null or s.closed_on >= month + interval '1 month' - interval '1 day')
)"""

OBLIGATIONS: Final = (
    Obligation(
        "quarter_allowance",
        "发放季度补助",
        TIER,
        COUNTIES,
        source="registers",
        where=f"s.tier = t.said and {_WHOLE}",
        subject="s.posting",
        area="s.target",
        since="s.opened_on",
        until="s.closed_on",
        every=QUARTERLY,
        within=ALLOWANCE_DAYS,
        done=f"select programme, posting as subject, {first_day('quarter')} as day, paid_on as met_on"
        " from allowances_paid",
    ),
)
