"""The receiving side's part in an assessment: the host city and the host county each give a statement (EV-014).

Source: notice of 13 May 2003, 二, 「接收挂职锻炼干部的市、县两级党委组织部门予以配合」.
Invariant: the text stays on paper; the log keeps its length and digest. What is missing is shown; nothing waits for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.commendation import COOPERATES
from programmes.roles import CITIES, COUNTIES, called
from services.evaluation.assessment.characters import count
from services.evaluation.assessment.refusals import STATEMENT_GIVEN
from services.evaluation.assessment.secondment import Secondment

ROLES: Final = {"host_city_org": "city_org", "host_county_org": "county_org"}
"""By organ of the receiving side the role it acts by."""


class HostStatementGiven(Event, title="接收方意见"):
    """``host_organ`` of the receiving side said how the person did."""

    rule: ClassVar[str | None] = COOPERATES.path
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    leg: Key
    person: Key
    sending: Area
    host: Area
    host_organ: Key
    statement_chars: int
    statement_sha256: str


class GiveHostStatement(Command, title="接收方提出考核意见", roles=CITIES | COUNTIES, concerns=("leg",)):
    """Say how a person on secondment did here."""

    leg: Key
    statement: Text


def state(leg: Secondment, command: GiveHostStatement) -> Sequence[HostStatementGiven]:
    """The statement, one an organ (EV-014).

    Raises:
        Rejected: ``secondment_unknown``, ``not_your_business`` for anybody but the receiving side, ``statement_given``,
            ``date_before_ground``, ``rule_unknown``.
    """
    actor, noted = command.context.actor, leg.noted
    asked = in_force(command.context.rules, noted.programme).value(COOPERATES)
    own = next((one for one in asked if ROLES[one] == actor.role), None)
    if own is None or not actor.covers(noted.host):
        organ = f"接收方（{noted.host}）的{'、'.join(called(ROLES[one]) for one in asked)}"
        raise NOT_YOUR_BUSINESS(act="接收方意见", organ=organ, field="leg", rule=COOPERATES.path)
    not_before(command, noted.occurred_on, "到岗", COOPERATES.path)
    if own in leg.statements:
        raise STATEMENT_GIVEN(on=leg.statements[own])
    digest = hashlib.sha256(command.statement.encode()).hexdigest()
    chars = count(command.statement)
    return (
        HostStatementGiven.carrying(
            noted,
            occurred_on=command.context.occurred_on,
            host_organ=own,
            statement_chars=chars,
            statement_sha256=digest,
        ),
    )


def stated(leg: Secondment, event: HostStatementGiven) -> Secondment:
    """The state after HostStatementGiven."""
    return replace(leg, statements={**leg.statements, event.host_organ: event.occurred_on})
