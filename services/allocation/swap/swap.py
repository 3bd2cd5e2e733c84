"""A swap: confirmed level by level once both directions stand, ended with its term, one stream a pair.

Invariant: no direction is confirmed alone (AL-056). Pair: Defined → LegsNominated → PostsAgreed → Active ⇄ Unbalanced →
Ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.calendar import add_months
from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key
from kernel.part import Part
from programmes.readers.swap import REPORT_BY, TERM
from programmes.roles import CALENDAR, PROVINCE, SYSTEM
from services.allocation.swap import pair_plan, swap_leg, swap_pair, swap_post
from services.allocation.swap.pair_state import DIRECTIONS, Pair, Place
from services.allocation.swap.refusals import SWAP_CONFIRMED, SWAP_PENDING
from services.allocation.swap.swap_pair import must_exist
from services.allocation.words import Level, programme_of

BOTH = "swap.both_ways"


class ConfirmSwap(Command, title="确认对口互派", roles=PROVINCE, concerns=("programme",)):
    """Confirm one level of a pair."""

    programme: Key
    pair: int
    level: Level


class EndSwaps(Command, title="结束期满的互派", roles=PROVINCE | SYSTEM | CALENDAR, concerns=("programme",)):
    """End every confirmed pair whose term is over on ``as_of``."""

    programme: Key
    as_of: date


class SwapConfirmed(Event, title="互派确认"):
    """Both directions of a level are agreed; ``sending`` is the poor side, ``host`` the developed one."""

    rule = BOTH
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    pair: int
    level: str
    sending: Area
    host: Area


class SwapEnded(Event, title="互派期满"):
    """The pair's term is over since ``ended_on``."""

    rule = TERM.path
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    pair: int
    sending: Area
    host: Area
    ended_on: date


def confirm(state: Pair | None, command: ConfirmSwap) -> Sequence[SwapConfirmed]:
    """Confirm a level whose places are agreed in both directions (AL-056). Source: 辽组通字〔2002〕13号 一."""
    pair = must_exist(state, command.pair)
    if command.level in pair.confirmed:
        raise SWAP_CONFIRMED(pair=pair.pair, level=command.level)
    each = pair.each[command.level]
    agreed = {way: pair.filled(way, command.level, agreed=True) for way in DIRECTIONS}
    if not each or pair.developed_area is None or set(agreed.values()) != {each}:
        raise SWAP_PENDING(pair=pair.pair, level=command.level, each=each, out=agreed["out"], back=agreed["back"])
    return [
        SwapConfirmed(
            occurred_on=command.context.occurred_on,
            programme=pair.programme,
            pair=pair.pair,
            level=command.level,
            sending=pair.poor_area,
            host=pair.developed_area,
        )
    ]


def end(state: Pair | None, command: EndSwaps) -> Sequence[SwapEnded]:
    """End an active pair once its term is over; a pair never confirmed, or not yet due, stays as it is.

    The term of a pair runs from the last day for reporting, in a later round from the first day of the round: a
    substitute serves the remainder of it.
    Source: 辽组通字〔2002〕13号 二, 三.
    """
    if state is None or state.ended_on is not None or not state.confirmed or state.developed_area is None:
        return []
    rules = rules_of(command)
    due = add_months(state.starts_on or rules.value(REPORT_BY), rules.value(TERM))
    if command.as_of < due:
        return []
    return [
        SwapEnded(
            occurred_on=command.context.occurred_on,
            programme=state.programme,
            pair=state.pair,
            sending=state.poor_area,
            host=state.developed_area,
            ended_on=due,
        )
    ]


def evolve(state: Pair | None, event: Event) -> Pair | None:
    """The pair after one more event."""
    if isinstance(event, swap_pair.SwapPairDefined):
        each = {"city": event.city_each, "county": event.county_each, "township": event.township_each}
        return Pair(
            event.programme,
            event.pair,
            pair_plan.mode_of(event.mode),
            event.poor_city,
            event.poor_area,
            event.developed_city,
            event.developed_area,
            each,
        )
    if state is None:
        return None
    match event:
        case pair_plan.SwapPartyRecorded():
            return replace(state, batch=event.batch, starts_on=event.starts_on)
        case swap_pair.SwapPartnerNamed():
            return replace(state, developed_area=event.developed_area)
        case swap_leg.SwapPlaceFilled():
            return _put(
                state,
                Place(
                    event.leg,
                    event.direction,
                    event.level,
                    event.seat,
                    event.person,
                    event.sending,
                    event.host,
                    substitute=event.substitute,
                ),
            )
        case swap_post.SecondmentPostProposed() if place := state.find(event.leg):
            return _put(state, replace(place, proposed=event.post, party=event.party))
        case swap_post.SecondmentPostAgreed() if place := state.find(event.leg):
            return _put(state, replace(place, post=event.post))
        case SwapConfirmed():
            return replace(state, confirmed=state.confirmed | {event.level})
        case swap_leg.SwapUnbalanced():
            place = state.find(event.leg)
            lost = _put(state, replace(place, lost=True)) if place else state
            return replace(lost, unbalanced=lost.unbalanced | {event.level})
        case swap_leg.SecondmentReportNoted():
            return replace(state, reported=state.reported | {event.leg})
        case swap_leg.SwapRestored():
            return replace(state, unbalanced=state.unbalanced - {event.level})
        case SwapEnded():
            return replace(state, ended_on=event.ended_on)
    return state


def _put(pair: Pair, place: Place) -> Pair:
    return replace(pair, places={**pair.places, (place.direction, place.level, place.seat): place})


PAIR: Part[Pair | None] = Part(
    "pair/{programme}.{pair}",
    None,
    decides=(
        swap_pair.define,
        swap_pair.name_partner,
        swap_leg.fill,
        swap_post.propose,
        swap_post.agree,
        confirm,
        swap_leg.lose,
        swap_leg.note_report,
        end,
    ),
    evolve=evolve,
    scope=programme_of,
)
