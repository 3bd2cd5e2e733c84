"""Where reserves of a village may come from: the own village first, farther only after a finding that nobody fits.

Invariant: a candidate from another village is recommended only where a finding opened that village's fallback, and no
finding opens more than the stage allows: selection reaches the township (AL-081), use the whole county (AL-082).
One stream a village.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Text
from kernel.part import Part
from kernel.reader import Reader
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.demand import (
    FALLBACK_BY,
    FALLBACK_SELECTION,
    FALLBACK_USE,
    FallbackScope,
    Stage,
)
from programmes.roles import COUNTIES, TOWNSHIPS
from programmes.texts import impersonal
from services.personnel.reserves.refusals import FALLBACK_TOO_WIDE, FINDING_MISSING, HOME_OUT_OF_REACH, NOT_A_VILLAGE

DIGITS = {"village": 12, "township": 9, "county": 6}
SCOPES: Mapping[Stage, Reader[tuple[FallbackScope, ...]]] = {"selection": FALLBACK_SELECTION, "use": FALLBACK_USE}


class OpenFallback(Command, title="认定没有合适人选", roles=COUNTIES | TOWNSHIPS, concerns=("village",)):
    """Record the finding that the village has nobody suitable, and how far one may look instead."""

    programme: Key
    village: Area
    stage: Stage
    scope: Key
    finding: Text


class FallbackOpened(Event, title="认定没有合适人选"):
    """Nobody of the village fits: at this stage one may look in the whole ``scope`` (township, county)."""

    rule = FALLBACK_BY.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: Key
    village: Area
    stage: Stage
    scope: Key
    finding: Text


@dataclass(frozen=True, slots=True)
class Sourcing:
    """How far a village may look, by stage."""

    opened: frozenset[tuple[str, str]] = frozenset()

    def reach(self, stage: Stage) -> str:
        """The widest scope opened for the stage; the village itself where none is."""
        for scope in ("county", "township"):
            if (stage, scope) in self.opened:
                return scope
        return "village"


def open_fallback(state: Sourcing, command: OpenFallback) -> list[FallbackOpened]:
    """Open the fallback, once for each stage and scope (AL-082). Source: 青委组〔2017〕57号 二（一）.1, 二（三）.3."""
    rules, stage = rules_of(command), command.stage
    must_be_village(command.village, "village")
    openers = rules.entry(FALLBACK_BY, stage)
    if command.context.actor.role not in openers:
        raise NOT_YOUR_BUSINESS(act="没有合适人选的认定", organ=openers, field="role", rule=SCOPES[stage].path)
    allowed = rules.value(SCOPES[stage])
    if command.scope not in allowed:
        raise FALLBACK_TOO_WIDE(
            stage="选拔" if stage == "selection" else "使用",
            scope=command.scope,
            scopes=SCOPES[stage].path,
            allowed=allowed,
        )
    if (stage, command.scope) in state.opened:
        return []
    return [FallbackOpened.carrying(command, stage=stage, finding=impersonal(command.finding, "finding"))]


def must_reach(reach: str, home: str, village: str, scopes: Sequence[str], path: str, field: str = "home") -> None:
    """Check that a person of ``home`` may be taken for ``village``, which looks as far as ``reach`` (AL-081, AL-082).

    Raises:
        Rejected: ``finding_missing`` where a wider scope was not opened but could be, ``home_out_of_reach`` where no
            finding reaches as far.
    """
    if village[: DIGITS[reach]] == home[: DIGITS[reach]]:
        return
    wider = [scope for scope in scopes if village[: DIGITS[scope]] == home[: DIGITS[scope]]]
    if wider:
        raise FINDING_MISSING(field=field, home=home, village=village, scopes=path, wider=wider[0])
    raise HOME_OUT_OF_REACH(field=field, home=home, village=village, scopes=path, allowed=scopes)


def must_be_village(code: str, field: str) -> None:
    """Check that a code is a village's. Raises Rejected: ``not_a_village``."""
    if len(code) != DIGITS["village"]:
        raise NOT_A_VILLAGE(village=code, field=field)


def evolve(state: Sourcing, event: Event) -> Sourcing:
    """The village's sourcing after ``event``."""
    match event:
        case FallbackOpened():
            return replace(state, opened=state.opened | {(event.stage, event.scope)})
    return state


def _scope(key: str) -> tuple[str | None, str | None]:
    programme, village = key.split(".", 1)
    return programme, village


SOURCING = Part("reserves/{programme}.{village}", Sourcing(), decides=(open_fallback,), evolve=evolve, scope=_scope)
"""Where one village takes its reserves from."""
