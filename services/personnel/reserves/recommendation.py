"""The recommendation of a person as a reserve (三推), with the card of the person.

Invariant: nobody is recommended before the township's announcement (PE-074), from farther than a finding opened
(AL-081), or for two villages at a time. Of the card only the schooling and the group stand in clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Cells, Command, Event, Key, Line, Order, Text
from programmes.procedure import Records, Subject
from programmes.readers.demand import FALLBACK_SELECTION, RESERVE_CHANNELS
from programmes.roles import TOWNSHIPS, VILLAGES
from services.personnel.persons.refusals import CHOICE_UNKNOWN, PERSON_UNKNOWN
from services.personnel.reserves.candidate import IN_POOL, SELECTION, STATUSES, OfReserve, ProcedureName, Reserve
from services.personnel.reserves.refusals import IN_POOL_ALREADY
from services.personnel.reserves.reserve import must_be_village, must_reach


class RecommendReserve(Command, title="推荐后备人选", roles=TOWNSHIPS | VILLAGES, concerns=("village",)):
    """Recommend a person, of the village ``home``, as a reserve of ``village``.

    ``card`` holds the printed fields of the person by key, ``id_number`` and ``phone`` among them; of a person whose
    card lies in the area of who recommends ``person`` may stand instead.
    """

    programme: Key
    village: Area
    home: Area
    channel: Key
    person: Key = ""
    card: Cells | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A card as read: what of it stands in clear, and the rest sealed under the person's key."""

    schooling: str
    pool: str
    sealed: str


class Recommend(Order):
    """``RecommendReserve``, told what the township announced, how far the village may look, and who it is."""

    asked: RecommendReserve
    person: str
    registered: bool
    announced: Records
    reach: str
    card: Card | None = None


class ReserveRecommended(Event, title="推荐后备人选"):
    """A person was recommended as a reserve of the village; ``home`` is the village the person belongs to."""

    schema = 2
    rule = RESERVE_CHANNELS.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: Key
    village: Area
    person: Key
    home: Area
    channel: Key
    step: Key


class ReserveCardFiled(OfReserve, title="填写后备干部基本情况卡"):
    """The card of the person: one a person (PE-085). ``pool`` is the group the person comes from, as printed or other
    (PE-071)."""

    rule = "record.fields"

    schooling: Key
    pool: Line
    sealed: Text


def recommend(state: Reserve | None, command: Recommend) -> list[ReserveRecommended | ReserveCardFiled]:
    """The recommendation by one of the printed ways. Source: 青委组〔2017〕57号 二（一）.1, 二（一）.3.

    Raises:
        Rejected: ``person_unknown``, ``choice_unknown``, ``finding_missing``, ``home_out_of_reach``,
            ``in_pool_already`` where the person stands in the pool, ``date_before_ground`` before the
            person left it, and as ``Procedure.admit``.
    """
    asked, rules = command.asked, rules_of(command)
    for name in ("village", "home"):
        must_be_village(getattr(asked, name), name)
    if not command.registered:
        raise PERSON_UNKNOWN()
    subject = Subject({"village": asked.village, "home": asked.home, "township": asked.village[:9]})
    step = SELECTION.of_act("recommend", rules)
    SELECTION.admit(command, step.step, subject, command.announced, rules, field="village")
    channels = rules.value(RESERVE_CHANNELS)
    if asked.channel not in channels:
        raise CHOICE_UNKNOWN(field="channel", rule=RESERVE_CHANNELS.path, choices=channels)
    must_reach(command.reach, asked.home, asked.village, rules.value(FALLBACK_SELECTION), FALLBACK_SELECTION.path)
    if state is not None and state.status in IN_POOL:
        raise IN_POOL_ALREADY(village=state.village, now=STATUSES[state.status])
    if state is not None:
        not_before(command, state.over, "退出后备干部库", SELECTION.path)
    recommended = ReserveRecommended.carrying(asked, person=command.person, step=step.step)
    if command.card is None:
        return [recommended]
    card = ReserveCardFiled.carrying(asked, command.card, person=command.person)
    return [recommended, card]


def evolve(state: Reserve | None, event: Event) -> Reserve | None:
    """The candidate after the recommendation, and with the card."""
    match event:
        case ReserveRecommended():
            done: Mapping[ProcedureName, Records] = {"reserve": {event.step: event.occurred_on}}
            begun = Reserve(event.programme, event.village, event.person, event.home, taken=done)
            # Who was in the pool before has a card.
            return replace(begun, schooling=state.schooling, pool=state.pool, card=state.card) if state else begun
        case ReserveCardFiled() if state is not None:
            return replace(state, schooling=event.schooling, pool=event.pool, card=event.sealed)
    return state
