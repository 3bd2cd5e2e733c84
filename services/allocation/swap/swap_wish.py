"""Wishes of a round: which areas want to exchange, and with whom; the pairing that was adopted on them.

Invariant: an area wishes for itself alone and at its own level; what is adopted stands on exactly the wishes that were
seen, keeps to the rules, and where it is not the best pairing it says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line, Order
from kernel.part import Part
from programmes.readers.swap import RING_MAX, WEIGHTS
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.allocation.grounds import must_give_reason
from services.allocation.swap.pairing import REASONS, Wishes
from services.allocation.swap.pairing_refusals import (
    PAIR_NOT_ALLOWED,
    PAIRING_EMPTY,
    PAIRING_STALE,
    RING_NOT_MUTUAL,
    RING_OF_ONE,
    RING_SIZE,
    WISH_HOST,
    WISH_LEVEL,
    WISH_UNKNOWN,
)
from services.allocation.swap.refusals import BATCH_PRINTED, SIDE_TWICE
from services.allocation.words import programme_of

_CITY, _COUNTY = 4, 6
_WISHED = "已登记意向的地区"


class WishSwap(Command, title="登记互派意向", roles=PROVINCE | CITIES | COUNTIES, concerns=("area",)):
    """An area wants to exchange in a round; ``hosts`` are those it would send to, none named: any of its level."""

    programme: Key
    batch: int
    area: Area
    hosts: Few[Area] = ()


class WithdrawSwapWish(Command, title="撤回互派意向", roles=PROVINCE | CITIES | COUNTIES, concerns=("area",)):
    """An area no longer wants to exchange in a round."""

    programme: Key
    batch: int
    area: Area


@dataclass(frozen=True, slots=True)
class Adopted:
    """Areas that shall exchange: two for a pair."""

    areas: Few[Area]


class AdoptPairing(Command, title="确定互派配对", roles=PROVINCE, concerns=("programme",)):
    """Adopt a pairing and define its pairs: the best one, or ``rings`` of one's own with the ``reason``.

    ``digest`` is that of the proposal: it names the wishes, weights and earlier pairs it was worked out on.
    """

    programme: Key
    batch: int
    digest: Key
    rings: tuple[Adopted, ...] = ()
    reason: Line | None = None


class AdoptRings(Order):
    """``AdoptPairing`` with what is known now, the rings of the best pairing, its total and the bound."""

    asked: AdoptPairing
    known: Wishes
    best: tuple[tuple[str, ...], ...]
    total: int
    bound: int


class SwapWishRecorded(Event, title="互派意向登记"):
    """An area wants to exchange."""

    rule = WEIGHTS.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: str
    batch: int
    area: Area
    hosts: tuple[str, ...]


class SwapWishWithdrawn(Event, title="互派意向撤回"):
    """An area no longer wants to exchange."""

    rule = WEIGHTS.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: str
    batch: int
    area: Area


class SwapPairingAdopted(Event, title="互派配对确定"):
    """These rings were adopted. ``best`` is the greatest total there was, ``bound`` what rings of any length reach."""

    rule = WEIGHTS.path

    programme: str
    batch: int
    digest: str
    rings: tuple[Adopted, ...]
    total: int
    best: int
    bound: int
    alone: tuple[str, ...]
    reason: str


Wanted = Mapping[str, tuple[str, ...]]


def decide(
    state: Wanted, command: WishSwap | WithdrawSwapWish | AdoptRings
) -> Sequence[SwapWishWithdrawn | SwapPairingAdopted | SwapWishRecorded]:
    """Hand each command to its function."""
    match command:
        case WishSwap():
            return wish(state, command)
        case WithdrawSwapWish():
            return withdraw(state, command)
        case AdoptRings():
            return adopt(command)
    raise TypeError(f"wishes of a round do not take {type(command).__name__}")


def wish(state: Wanted, command: WishSwap) -> Sequence[SwapWishRecorded]:
    """Take a wish in; a later one of the same area takes its place."""
    _must_be_later(command.batch)
    area, hosts = command.area, tuple(sorted(set(command.hosts)))
    if len(area) not in (_CITY, _COUNTY):
        raise WISH_LEVEL(area=area)
    wrong = next((host for host in hosts if len(host) != len(area) or host == area), None)
    if wrong is not None:
        raise WISH_HOST(host=wrong, area=area, digits=len(area))
    if state.get(area) == hosts:
        return []
    return [SwapWishRecorded.carrying(command, area=area, hosts=hosts)]


def withdraw(state: Wanted, command: WithdrawSwapWish) -> Sequence[SwapWishWithdrawn]:
    """Take a wish back."""
    if command.area not in state:
        raise WISH_UNKNOWN(area=command.area, field="area", wishing=sorted(state) or _WISHED)
    return [SwapWishWithdrawn.carrying(command)]


def adopt(command: AdoptRings) -> Sequence[SwapPairingAdopted]:
    """Adopt rings. Source: 辽组通字〔2003〕24号 一; that both sides send, 辽组通字〔2002〕13号 一."""
    asked, known = command.asked, command.known
    if asked.digest != known.digest():
        raise PAIRING_STALE(digest=known.digest())
    chosen = tuple(one.areas for one in asked.rings) or command.best
    if not chosen:
        raise PAIRING_EMPTY()
    must_hold(chosen, rules_of(command).value(RING_MAX))
    total = sum(_weight(areas, known) for areas in chosen)
    other = {_turned(areas) for areas in chosen} ^ {_turned(areas) for areas in command.best}
    must_give_reason(asked.reason or "", other, WEIGHTS.path)
    held = {area for areas in chosen for area in areas}
    return [
        SwapPairingAdopted.carrying(
            command,
            asked,
            occurred_on=command.context.occurred_on,
            rings=tuple(Adopted(_turned(areas)) for areas in chosen),
            total=total,
            best=command.total,
            alone=tuple(area for area in known.areas if area not in held),
            reason=asked.reason or "",
        )
    ]


def must_hold(chosen: Sequence[tuple[str, ...]], longest: int) -> None:
    """Check that each area stands in one ring of two up to ``longest`` areas.

    Raises:
        Rejected: ``ring_of_one``, ``ring_not_mutual``, ``side_twice``.
    """
    seen: set[str] = set()
    for areas in chosen:
        if len(areas) < 2:
            raise RING_OF_ONE(areas=areas)
        if len(areas) > longest:
            raise RING_NOT_MUTUAL(areas=areas, areas_count=len(areas), longest=longest)
        twice = next((area for area in areas if area in seen or areas.count(area) > 1), None)
        if twice is not None:
            raise SIDE_TWICE(side=twice, field="rings", rule=WEIGHTS.path)
        seen.update(areas)


def must_ask_for(size: int, sizes: Sequence[int]) -> None:
    """Check that a proposal may be asked for with rings of ``size`` areas. Raises Rejected: ``ring_size``."""
    if size not in sizes:
        shown = "、".join(map(str, sizes))
        raise RING_SIZE(size=size, shown=shown)


def _weight(areas: tuple[str, ...], known: Wishes) -> int:
    stranger = next((area for area in areas if area not in known.wishes), None)
    if stranger is not None:
        raise WISH_UNKNOWN(area=stranger, field="rings", wishing=known.areas or _WISHED)
    total = 0
    for sender, host in zip(areas, (*areas[1:], areas[0]), strict=True):
        parts = known.parts(sender, host)
        if isinstance(parts, str):
            raise PAIR_NOT_ALLOWED(sender=sender, host=host, reason=REASONS[parts])
        total += sum(parts.values())
    return total


def _turned(areas: tuple[str, ...]) -> tuple[str, ...]:
    first = areas.index(min(areas))
    return (*areas[first:], *areas[:first])


def _must_be_later(batch: int) -> None:
    if batch < 2:
        raise BATCH_PRINTED(batch=batch, rule=WEIGHTS.path)


def evolve(state: Wanted, event: Event) -> Wanted:
    """The wishes after one more event."""
    match event:
        case SwapWishRecorded():
            return {**state, event.area: event.hosts}
        case SwapWishWithdrawn():
            return {area: hosts for area, hosts in state.items() if area != event.area}
    return state


SWAP_WISHES: Part[Wanted] = Part(
    "swap-wishes/{programme}.{batch}", MappingProxyType({}), decides=(decide,), evolve=evolve, scope=programme_of
)
