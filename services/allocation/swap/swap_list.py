"""The list of the swap: fixed once every named pair has all its places filled in both directions.

Invariant: nothing is agreed before the list is fixed (AL-057), and no list is fixed out of balance (AL-052).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Order
from kernel.part import Part
from programmes.readers.swap import LIST_FIXED_BY
from programmes.roles import PROVINCE
from services.allocation.swap.refusals import LIST_FIXED, PAIR_NOT_READY, PAIRS_MISSING, PROVINCE_FIXES_LIST
from services.allocation.words import programme_of

LIST = "swap.list"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one level of a pair stands: places each way, legs out and back."""

    pair: int
    level: str
    each: int
    out: int
    back: int


class FixList(Command, title="确定选派名单", roles=PROVINCE, concerns=("programme",)):
    """Fix the list of those who are sent in a round."""

    programme: Key
    batch: int = 1


class FixStandings(Order):
    """``FixList`` with how every named pair stands."""

    programme: str
    standings: tuple[Standing, ...]
    batch: int = 1


class SwapListFixed(Event, title="互派名单确定"):
    """The list of a round is final: this many persons of this many pairs."""

    rule = LIST

    programme: str
    pairs: int
    persons: int
    batch: int = 1


def decide(state: bool, command: FixStandings) -> Sequence[SwapListFixed]:
    """``state`` tells whether the list is fixed. Source: 辽组通字〔2002〕13号 二."""
    organ = rules_of(command).value(LIST_FIXED_BY)
    if command.context.actor.role != organ:
        raise PROVINCE_FIXES_LIST(organ=organ)
    if state:
        raise LIST_FIXED()
    if not command.standings:
        raise PAIRS_MISSING()
    open_ = [s for s in command.standings if s.out != s.each or s.back != s.each]
    if open_:
        first = open_[0]
        raise PAIR_NOT_READY(
            pair=first.pair,
            level=first.level,
            each=first.each,
            out=first.out,
            back=first.back,
            difference=abs(first.out - first.back),
            details=[
                {
                    "field": f"{s.pair}.{s.level}",
                    "code": "imbalance",
                    "sentence": str(abs(s.out - s.back)),
                    "accepted": str(s.each),
                }
                for s in open_
            ],
        )
    return [
        SwapListFixed.carrying(
            command,
            pairs=len({s.pair for s in command.standings}),
            persons=sum(s.out + s.back for s in command.standings),
        )
    ]


def evolve(state: bool, event: Any) -> bool:
    """True once the list is fixed."""
    return state or isinstance(event, SwapListFixed)


SWAP_LIST: Part[bool] = Part("swap-list/{programme}", False, decides=(decide,), evolve=evolve, scope=programme_of)
