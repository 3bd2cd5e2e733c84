"""Posts of a swap: proposed by the province, agreed by the city that receives, each by a command of its own (AL-057).

Invariant: a post is agreed only after the list is fixed, and only the one that the other party proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from programmes.readers.swap import AGREED_BY
from programmes.roles import CITIES, PROVINCE, all_called
from services.allocation.swap.pair_state import Pair, Place
from services.allocation.swap.refusals import (
    LIST_NOT_FIXED,
    NOT_THE_PARTY,
    PARTY_MISSING,
    POST_AGREED,
    POST_DIFFERS,
)
from services.allocation.swap.swap_leg import standing_place
from services.allocation.swap.swap_pair import must_exist

POST = "swap.post"


class ProposePost(Command, title="提出挂职岗位", roles=PROVINCE, concerns=("programme",)):
    """The province proposes the post of a leg; until the city has agreed, another post may be proposed."""

    programme: Key
    pair: int
    leg: Key
    post: Line


class AgreePost(Command, title="同意挂职岗位", roles=CITIES, concerns=("city",)):
    """The department of ``city``, which receives the cadre, agrees on the post that the province proposed."""

    programme: Key
    pair: int
    leg: Key
    post: Line
    city: Area


class ProposeLegPost(Order):
    """``ProposePost``; ``listed`` says whether the list is fixed."""

    asked: ProposePost
    listed: bool


class AgreeLegPost(Order):
    """``AgreePost``; ``listed`` says whether the list is fixed."""

    asked: AgreePost
    listed: bool


class PostOfLeg(Event, base=True):
    """A post for the person of a leg."""

    rule = POST
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    pair: int
    leg: str
    person: str
    level: str
    sending: Area
    host: Area
    post: str


class SecondmentPostProposed(PostOfLeg, title="挂职岗位提出"):
    """One party, the role ``party``, is for this post; the leg has no post yet."""

    party: str


class SecondmentPostAgreed(PostOfLeg, title="挂职岗位商定"):
    """Province and city agreed on the post of a leg."""

    parties: tuple[str, ...]


def propose(state: Pair | None, command: ProposeLegPost) -> Sequence[SecondmentPostProposed]:
    """The province is for this post. Source: 辽组通字〔2002〕13号 二."""
    pair, place = _open(state, command)
    party = command.context.actor.role
    if (place.proposed, place.party) == (command.asked.post, party):
        return []
    asked, on = command.asked, command.context.occurred_on
    return [
        SecondmentPostProposed.carrying(
            place, asked, occurred_on=on, programme=pair.programme, leg=asked.leg, post=asked.post, party=party
        )
    ]


def agree(state: Pair | None, command: AgreeLegPost) -> Sequence[SecondmentPostAgreed]:
    """The city agrees on what the province proposed: now both parties have (AL-057). Source: 辽组通字〔2002〕13号 二.

    Raises:
        Rejected: ``not_the_party`` for any other city, ``party_missing`` before the proposal, ``post_differs``.
    """
    pair, place = _open(state, command)
    asked = command.asked
    city = pair.agreeing_city(place.direction)
    if asked.city != city:
        raise NOT_THE_PARTY(leg=asked.leg, city=city)
    wanted = rules_of(command).value(AGREED_BY)
    missing = [role for role in wanted if role not in (place.party, command.context.actor.role)]
    if missing:
        raise PARTY_MISSING(missing=all_called(missing), wanted=all_called(wanted))
    if asked.post != place.proposed:
        raise POST_DIFFERS(proposed=place.proposed)
    on = command.context.occurred_on
    return [
        SecondmentPostAgreed.carrying(
            place, asked, occurred_on=on, programme=pair.programme, leg=asked.leg, post=asked.post, parties=wanted
        )
    ]


def _open(state: Pair | None, command: ProposeLegPost | AgreeLegPost) -> tuple[Pair, Place]:
    """The pair, and the leg's place, which has no post yet (AL-057)."""
    asked = command.asked
    pair = must_exist(state, asked.pair)
    if not command.listed:
        raise LIST_NOT_FIXED()
    place = standing_place(pair, asked.leg)
    if place.post:
        raise POST_AGREED(leg=asked.leg, post=place.post)
    return pair, place
