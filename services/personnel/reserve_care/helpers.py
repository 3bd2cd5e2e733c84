"""Helpers of a reserve (结对帮带) and the talks: the helper's own, and the township secretary's with all.

Invariant: whoever is no helper of the reserve talks as none; when the last helper goes, that is told at once (PE-082).
A helper's name stands sealed under the reserve's key, since the roster shows both together.
"""

from __future__ import annotations

from dataclasses import replace

from kernel.grounds import rules_of
from kernel.messages import Cells, Command, Event, Key, Line, Order, Text
from programmes.readers.reserve import HELPER_GROUPS, HELPER_TALKS, HELPERS, TALKS
from programmes.roles import TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserve_care.records import begun
from services.personnel.reserve_care.refusals import HELPER_ASSIGNED, HELPER_UNKNOWN
from services.personnel.reserves.candidate import OfReserve, Reserve


class AssignHelper(Command, title="落实帮带干部", roles=TOWNSHIPS, concerns=("reserve",)):
    """Assign a helper of a group; ``about`` holds ``name`` and ``post``, which are sealed."""

    reserve: Key
    helper: Key
    group: Line
    about: Cells


class AssignSealed(Order):
    """The same, the name and post sealed."""

    helper: Key
    group: Line
    sealed: Text


class ReleaseHelper(Command, title="调整帮带干部", roles=TOWNSHIPS, concerns=("reserve",)):
    """Release a helper of a reserve."""

    reserve: Key
    helper: Key


class RecordHelperTalk(Command, title="登记帮带谈心谈话", roles=TOWNSHIPS | VILLAGES, concerns=("reserve",)):
    """Record that a helper talked with the reserve, and about what."""

    reserve: Key
    helper: Key
    content: Line
    opinion: Line = "无"


class RecordSecretaryTalk(Command, title="登记书记谈心谈话", roles=TOWNSHIPS, concerns=("reserve",)):
    """Record the talk that the township's secretary organised with the reserve."""

    reserve: Key
    content: Line


class HelperAssigned(OfReserve, title="落实帮带干部"):
    """A helper was assigned. ``talk_months`` is the interval of their talks, ``talk_assumed`` where none is printed."""

    rule = HELPERS.path

    helper: Key
    group: Line
    listed: bool
    sealed: Text
    talk_months: int
    talk_assumed: bool


class HelperReleased(OfReserve, title="调整帮带干部"):
    """A helper helps this reserve no longer."""

    rule = HELPERS.path

    helper: Key


class HelperMissing(OfReserve, title="缺帮带干部"):
    """The reserve has fewer helpers than it must."""

    rule = HELPERS.path

    required: int
    helpers: int


class HelperTalked(OfReserve, title="帮带谈心谈话"):
    """A helper talked with the reserve."""

    rule = HELPER_TALKS.path

    number: int
    helper: Key
    content: Line
    opinion: Line


class SecretaryTalked(OfReserve, title="书记谈心谈话"):
    """The township's secretary organised a talk; ``met`` where the talks of the ``year`` are as many as printed."""

    rule = TALKS.path

    number: int
    year: int
    content: Line
    met: bool


def assign(state: Reserve, order: AssignSealed) -> list[HelperAssigned]:
    """The helper. Source: 青委组〔2017〕57号 二（二）.2. Raises Rejected: ``not_active``, ``helper_assigned``."""
    rules = rules_of(order)
    begun(state, order)
    if order.helper in state.helpers:
        raise HELPER_ASSIGNED(helper=order.helper)
    interval = rules.rule(HELPER_TALKS)
    return [
        HelperAssigned.carrying(
            order,
            state,
            listed=order.group in rules.value(HELPER_GROUPS),
            talk_months=interval.value,
            talk_assumed=interval.assumed,
        )
    ]


def release(state: Reserve, command: ReleaseHelper) -> list[HelperReleased | HelperMissing]:
    """The end of a helper's work (PE-082). Raises Rejected: ``helper_unknown``."""
    _must_help(state, command.helper)
    released, required = HelperReleased.carrying(command, state), rules_of(command).value(HELPERS)
    left = len(state.helpers) - 1
    if left >= required:
        return [released]
    return [released, HelperMissing.carrying(command, state, required=required, helpers=left)]


def talk(state: Reserve, command: RecordHelperTalk) -> list[HelperTalked]:
    """A helper's talk (PE-094). Raises Rejected: ``not_active``, ``helper_unknown``."""
    begun(state, command)
    _must_help(state, command.helper)
    return [
        HelperTalked.carrying(
            command,
            state,
            number=state.records.get("helper_talk", 0) + 1,
            content=impersonal(command.content, "content"),
            opinion=impersonal(command.opinion, "opinion"),
        )
    ]


def talk_with_all(state: Reserve, command: RecordSecretaryTalk) -> list[SecretaryTalked]:
    """The secretary's talk, counted by calendar year (PE-083). Raises Rejected: ``not_active``."""
    begun(state, command)
    year = command.context.occurred_on.year
    number = state.records.get(f"talk.{year}", 0) + 1
    met = number >= rules_of(command).value(TALKS)
    content = impersonal(command.content, "content")
    return [SecretaryTalked.carrying(command, state, number=number, year=year, content=content, met=met)]


def _must_help(state: Reserve, helper: str) -> None:
    if helper not in state.helpers:
        raise HELPER_UNKNOWN(helper=helper, helpers=sorted(state.helpers) or "先落实帮带干部")


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after an assignment or a talk."""
    match event:
        case HelperAssigned():
            return replace(state, helpers=state.helpers | {event.helper})
        case HelperReleased():
            return replace(state, helpers=state.helpers - {event.helper})
        case HelperTalked():
            return state.recording("helper_talk")
        case SecretaryTalked():
            return state.recording(f"talk.{event.year}")
    return state
