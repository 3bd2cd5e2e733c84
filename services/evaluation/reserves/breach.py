"""A case about how a reserve was chosen, trained or used: who answers is read off the events it is about (EV-054).

Source: 青委组〔2017〕57号 三（二）. Invariant: nobody is named as responsible but those who acted in the events named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Few, Key, Line, Text
from programmes.readers import review
from programmes.roles import COUNTIES
from services.evaluation.reserves.refusals import BREACH_UNKNOWN, NOT_RESPONSIBLE, RESERVE_ACT_UNKNOWN
from services.evaluation.reserves.reserve import Act, OfReviewed, Reviewed

BREACH: Final = "breach.pursue"


@dataclass(frozen=True, slots=True)
class Responsible:
    """One who acted: the act, the account, the office and the organ, as the event of the act holds them."""

    act: str
    account: str
    office: str
    organ: str


class BreachCaseOpened(OfReviewed, title="后备干部工作违纪立案"):
    """A case about the events ``acts``; ``responsible`` are those who acted in them."""

    rule: ClassVar[str | None] = BREACH

    breach: Key
    acts: tuple[str, ...]
    finding: Text
    responsible: tuple[Responsible, ...]


class ResponsibilityPursued(OfReviewed, title="后备干部工作责任追究"):
    """Somebody responsible was held to account: ``measure``, by ``document``."""

    rule: ClassVar[str | None] = BREACH

    breach: Key
    account: str
    measure: Line
    document: Line


class OpenBreachCase(Command, title="后备干部工作违纪立案", roles=COUNTIES, concerns=("reserve",)):
    """Open a case about what was done with a reserve; ``acts`` are the acts it is about, as ``reserve_acts`` tells."""

    reserve: Key
    acts: Few[str]
    finding: Text


class PursueResponsibility(Command, title="追究后备干部工作责任", roles=COUNTIES, concerns=("reserve",)):
    """Record how one of those responsible was held to account."""

    reserve: Key
    breach: Key
    account: Line
    measure: Line
    document: Line


def open_case(state: Reviewed, command: OpenBreachCase) -> Sequence[BreachCaseOpened]:
    """The case, with those responsible taken from the acts.

    Raises:
        Rejected: ``reserve_act_unknown`` where an act is none of this reserve's, or none is named;
            ``date_before_ground`` before the last of the acts; ``rule_unknown``.
    """
    rules_of(command).value(review.TOWNSHIP)
    unknown = [act for act in command.acts if act not in state.acts]
    if unknown or not command.acts:
        raise RESERVE_ACT_UNKNOWN(unknown=unknown or "无", rule=BREACH)
    acts = [state.acts[act] for act in command.acts]
    not_before(command, max(one.on for one in acts), "立案所涉事项", BREACH)
    breach = f"{state.programme}.{state.person}.{len(state.cases) + 1}"
    responsible = dict.fromkeys(Responsible(one.act, one.account, one.office, one.organ) for one in acts)
    return (
        BreachCaseOpened.carrying(command, state, acts=command.acts, breach=breach, responsible=tuple(responsible)),
    )


def pursue(state: Reviewed, command: PursueResponsibility) -> Sequence[ResponsibilityPursued]:
    """The measure. Raises Rejected: ``breach_unknown``, ``not_responsible``, ``date_before_ground``."""
    responsible = state.cases.get(command.breach)
    if responsible is None:
        raise BREACH_UNKNOWN(breach=command.breach, rule=BREACH)
    accounts = [one.account for one in responsible]
    if command.account not in accounts:
        raise NOT_RESPONSIBLE(account=command.account, accounts=accounts, rule=BREACH)
    not_before(command, responsible[0].on, "立案", BREACH)
    return (ResponsibilityPursued.carrying(command, state),)


def opened(state: Reviewed, event: BreachCaseOpened) -> Reviewed:
    """The state after BreachCaseOpened."""
    acts = tuple(Act(one.act, one.account, one.office, one.organ, event.occurred_on) for one in event.responsible)
    return replace(state, cases={**state.cases, event.breach: acts})
