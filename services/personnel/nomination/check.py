"""The first check of nominees, one by one, and what follows a failure (PE-004, PE-005).

Invariant: every nominee gets an own record with an own result; a failed place opens again by talk, then request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kernel.grounds import not_before, rules_of
from kernel.messages import Actor, Command, Few, Key, Line, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.nomination import CHECKER, CHECKER_BY_TIER, RENOMINATION
from programmes.roles import MANAGERS
from programmes.texts import impersonal
from services.personnel.nomination.nomination import by_channel, channel_kind
from services.personnel.nomination.refusals import (
    ALREADY_CHECKED,
    COMMUNICATION_MISSING,
    CONDITIONS_MISSING,
    NOMINATION_UNKNOWN,
    NOT_FAILED,
)
from services.personnel.nomination.roster import (
    CommunicationRecorded,
    InitialCheckFailed,
    InitialCheckPassed,
    Nominee,
    RenominationRequested,
    Roster,
)


class CheckNominee(Command, title="资格条件初审", roles=MANAGERS, concerns=("unit",)):
    """Record the check of one nominee. ``conditions`` say in free words why it failed, ``tags`` what was noticed."""

    programme: Key
    unit: Key
    nomination: Key
    result: Literal["passed", "failed"]
    conditions: Few[Line] = ()
    tags: Few[Line] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The check of one nominee within a bulk check."""

    unit: Key
    nomination: Key
    result: Literal["passed", "failed"]
    conditions: Few[Line] = ()
    tags: Few[Line] = ()


class CheckNominees(Command, title="逐一初审多名人选", roles=MANAGERS, concerns=("checks.unit",)):
    """Record the checks of many nominees: one result and one event each, never one for the list."""

    programme: Key
    checks: tuple[Checked, ...]


class RecordCommunication(Command, title="记录沟通", roles=MANAGERS, concerns=("unit",)):
    """Record that a failure was talked over with the unit's party committee or the person."""

    programme: Key
    unit: Key
    nomination: Key
    party: Literal["unit", "person"] = "unit"
    note: Text = "已沟通"


class RequestRenomination(Command, title="提出重新推荐", roles=MANAGERS, concerns=("unit",)):
    """Ask the unit to nominate somebody else for the failed nominee's place."""

    programme: Key
    unit: Key
    nomination: Key


def check(state: Roster | None, command: CheckNominee) -> list[InitialCheckFailed | InitialCheckPassed]:
    """One nominee's result (PE-004). Rejected: not the channel's own, checked before, or a failure without a reason."""
    roster, nominee = _found(state, command.nomination)
    _authorise(roster, command, "check.individual")
    if nominee.status != "nominated":
        raise ALREADY_CHECKED()
    not_before(command, nominee.since, "推荐", "check.individual")
    if command.result == "passed":
        tags = tuple(impersonal(tag, "tags") for tag in command.tags)
        return [
            InitialCheckPassed.carrying(
                command, nominee, channel=roster.channel, nomination=command.nomination, tags=tags
            )
        ]
    if not command.conditions:
        raise CONDITIONS_MISSING()
    conditions = tuple(impersonal(text, "conditions") for text in command.conditions)
    return [
        InitialCheckFailed.carrying(
            command, nominee, channel=roster.channel, nomination=command.nomination, conditions=conditions
        )
    ]


def communicate(state: Roster | None, command: RecordCommunication) -> list[CommunicationRecorded]:
    """The talk after a failure. Rejected where the nominee did not fail, or the talk stands already."""
    roster, nominee = _found(state, command.nomination)
    _authorise(roster, command, "renomination.requires")
    if nominee.status != "failed":
        raise NOT_FAILED()
    not_before(command, nominee.since, "初审", "renomination.requires")
    return [CommunicationRecorded.carrying(command, channel=roster.channel, note=impersonal(command.note, "note"))]


def request(state: Roster | None, command: RequestRenomination) -> list[RenominationRequested]:
    """The place opens again for the same unit. Rejected before the talk, where the profile asks for one (PE-005)."""
    roster, nominee = _found(state, command.nomination)
    _authorise(roster, command, "renomination.requires")
    talk = "communication" in rules_of(command).value(RENOMINATION)
    if not talk and nominee.status not in ("failed", "talked"):
        raise NOT_FAILED()
    if talk and nominee.status != "talked":
        raise COMMUNICATION_MISSING(before="与推荐单位或人选本人沟通", act="提出重新推荐", field="nomination")
    not_before(command, nominee.since, "沟通", "renomination.requires")
    return [RenominationRequested.carrying(command, nominee, nomination=command.nomination, channel=roster.channel)]


def _found(state: Roster | None, nomination: str) -> tuple[Roster, Nominee]:
    if state is None or nomination not in state.nominees:
        raise NOMINATION_UNKNOWN()
    return state, state.nominees[nomination]


def _authorise(roster: Roster, command: Command, rule: str) -> None:
    # A committee checks the people of its units; an enterprise is its own channel and checks its own (form.recipient).
    actor: Actor = command.context.actor
    # A city's or county's department is the channel of the units there.
    rules = rules_of(command)
    kind = channel_kind(roster.channel, rules)
    organ = rules.entry(by_channel(kind, CHECKER, CHECKER_BY_TIER), kind)
    if actor.manages(roster.channel) or (organ == "enterprise" and actor.manages(roster.unit)):
        return
    raise NOT_YOUR_BUSINESS(act=f"{roster.unit} 的人选初审", organ=roster.channel, field="unit", rule=rule)
