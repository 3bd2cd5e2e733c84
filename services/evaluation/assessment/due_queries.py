"""What is owed of assessments: the statement of each organ of the receiving side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.rules import Rules
from programmes.obligation import Obligation, worded
from programmes.readers.commendation import COOPERATES
from services.evaluation.assessment.statement import ROLES

_OWED: Final = """(
    select s.*, o.host_organ, g.given_on from secondments s
    cross join (values ('host_city_org', 4), ('host_county_org', 6)) as o (host_organ, digits)
    left join host_statements g on g.leg = s.leg and g.host_organ = o.host_organ
    where length(s.host) >= o.digits
)"""


def _hosts(rules: Rules) -> Mapping[str, frozenset[str]]:
    """By organ of the receiving side the role that owes its statement."""
    return {organ: frozenset({ROLES[organ]}) for organ in rules.value(COOPERATES)}


HOST_STATEMENT: Final = Obligation(
    "host_statement",
    "接收方提出考核意见",
    COOPERATES,
    _hosts,
    source=_OWED,
    where="s.replaced_on is null or s.replaced_on > now.day",
    per="s.host_organ",
    subject="s.leg",
    period=worded("s.host_organ"),
    part="s.host_organ",
    area="s.host",
    since="s.reported_on",
    due="s.due",
    met="s.given_on",
)
