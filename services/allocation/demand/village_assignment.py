"""Assigning a village: the unit talks to the host county first, then the host county's department assigns.

Invariant: nobody but the host county assigns (AL-039), no cadre of a refused level becomes first secretary (AL-034),
every assignment stands on a binding of unit and village (AL-044), and needs are matched only where some were stated
(AL-038).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Few, Key, Order
from programmes.readers.candidacy import NOMINATION
from programmes.readers.demand import ASSIGNER, REFUSED_LEVELS
from programmes.refusals import LEVEL_REFUSED
from programmes.roles import CHANNELS, COUNTIES, MANAGERS, PROVINCE, UNITS
from services.allocation.demand.demand_state import SOURCES, Demand
from services.allocation.demand.refusals import (
    HOST_ASSIGNS,
    HOST_NOT_CONSULTED,
    LEVEL_OTHERWISE,
    NOMINEE_NOT_FILED,
    PLACES_TAKEN,
    SUCCESSOR_OWED,
    VILLAGE_TAKEN,
)
from services.allocation.grounds import must_manage
from services.allocation.placement.nominee import Nominee
from services.allocation.placement.nominee_pool import Failure, must_not_have_failed
from services.allocation.ranking.preferences import match
from services.allocation.refusals import UNIT_UNKNOWN

CONSULT = "placement.consult"
ASSIGN = "placement.assign"


class RecordConsultation(
    Command, title="登记与派驻地沟通", roles=CHANNELS | COUNTIES | UNITS, concerns=("county", "unit")
):
    """The unit, its channel or the host county says that unit and county have talked."""

    programme: Key
    county: Area
    unit: Key


class NoteConsultation(Order):
    """``RecordConsultation`` with the channel that manages the unit; None where the unit is not registered."""

    asked: RecordConsultation
    channel: str | None


class AssignVillage(Command, title="分配到村", roles=PROVINCE | MANAGERS | UNITS, concerns=("target", "unit")):
    """The host county gives a village its first secretary.

    ``level`` is that of the cadre's employer; ``needs`` are tags of the village, ``skills`` tags of the cadre.
    """

    programme: Key
    target: Area
    unit: Key
    person: Key
    level: Key
    needs: Few[Key] = ()
    skills: Few[Key] = ()


class AssignTo(Order):
    """``AssignVillage`` with what other streams know.

    ``channel`` manages the unit (None: not registered), ``helps`` says whether the unit helps the village,
    ``owed_by`` which unit is bound to send the next cadre there, None where none is, and ``pool`` who of the unit
    failed the check. ``nominee`` is the person as filed, None where nobody was; ``places`` are those of the unit in the
    county by the table of the notice, None where it does not stand there.
    """

    asked: AssignVillage
    channel: str | None
    helps: bool
    owed_by: str | None
    pool: Mapping[str, Failure] = field(default_factory=dict)
    nominee: Nominee | None = None
    places: int | None = None


class HostConsulted(Event, title="与派驻地沟通"):
    """Unit and host county have talked; from now on the county may assign the unit villages."""

    rule = CONSULT
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    county: Area
    unit: str


class VillageAssigned(Event, title="分配到村"):
    """The host county's department assigned the village; ``posting`` is the id of the posting everywhere.

    ``matched`` counts the needs that a skill meets and is None, unscored, where no need was stated; ``helps`` tells of
    the paired help of unit and village. Both are shown and bind nobody.
    """

    rule = ASSIGN
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    posting: str
    person: str
    unit: str
    channel: str
    tier: str
    mandatory: bool
    needs: tuple[str, ...]
    skills: tuple[str, ...]
    matched: int | None
    helps: bool


def consult(state: Demand, command: NoteConsultation) -> Sequence[HostConsulted]:
    """Take the consultation in, once (AL-039). Source: 晋组通字〔2015〕41号 三.4."""
    asked, actor = command.asked, command.context.actor
    if command.channel is None:
        raise UNIT_UNKNOWN(unit=asked.unit, field="unit")
    if actor.areas:
        must_cover(actor, asked.county, field="county", rule=CONSULT)
    elif not actor.manages(asked.unit):
        must_manage(actor, command.channel, CONSULT, field="unit")
    if asked.unit in state.consulted:
        return []
    return [HostConsulted.carrying(asked, occurred_on=command.context.occurred_on)]


def assign(state: Demand, command: AssignTo) -> Sequence[VillageAssigned]:
    """Assign the village. Source: 晋组通字〔2015〕41号 一.2, 三.4, 六.3."""
    asked = command.asked
    channel = _allowed(state, command)
    level_refused = asked.level in rules_of(command).value(REFUSED_LEVELS)
    if level_refused or asked.level not in SOURCES:
        raise LEVEL_REFUSED(level=asked.level, field="level", sources=SOURCES)
    must_not_have_failed(command.pool, asked.person, field="person")
    _must_be_filed(command)
    taken = state.assigned.get(asked.target) or state.posts.get(asked.target)
    if taken is not None:
        raise VILLAGE_TAKEN(target=asked.target, posting=taken.posting, rule=ASSIGN)
    if command.owed_by not in (None, asked.unit):
        raise SUCCESSOR_OWED(target=asked.target, owed_by=command.owed_by)
    sent = sum(one.unit == asked.unit for one in state.assigned.values())
    if command.places is not None and sent >= command.places:
        raise PLACES_TAKEN(unit=asked.unit, county=asked.target[:6], places=command.places, sent=sent)
    found = match(asked.needs, asked.skills, command.helps)
    return [
        VillageAssigned.carrying(
            asked,
            found,
            occurred_on=command.context.occurred_on,
            posting=f"{asked.programme}.{asked.target}.{state.numbers.get(asked.target, 0) + 1}",
            channel=channel,
            tier=asked.level,
            mandatory=state.mandatory(asked.target),
            helps=found.helps,
        )
    ]


def _must_be_filed(command: AssignTo) -> None:
    """Check that the person was filed, where the notice has a procedure for that, and at the level that is named.

    Raises:
        Rejected: ``nominee_not_filed``, ``level_otherwise``.
    """
    asked, nominee = command.asked, command.nominee
    if nominee is None:
        if rules_of(command).has(NOMINATION.path):
            raise NOMINEE_NOT_FILED(person=asked.person, unit=asked.unit)
    elif nominee.level and nominee.level != asked.level:
        raise LEVEL_OTHERWISE(person=asked.person, level=asked.level, filed=nominee.level)


def _allowed(state: Demand, command: AssignTo) -> str:
    """The unit's channel, where the host county assigns and the unit has talked to it (AL-034, AL-039)."""
    asked, actor, rules = command.asked, command.context.actor, rules_of(command)
    organ = rules.value(ASSIGNER).removeprefix("host_")
    if actor.role != organ:
        raise HOST_ASSIGNS(target=asked.target, organ=organ).cited(*rules.basis(ASSIGN))
    must_cover(actor, asked.target, field="target", rule=ASSIGN)
    if command.channel is None:
        raise UNIT_UNKNOWN(unit=asked.unit, field="unit")
    if asked.unit not in state.consulted:
        raise HOST_NOT_CONSULTED(unit=asked.unit, target=asked.target[:6])
    return command.channel
