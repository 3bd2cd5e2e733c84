"""Plans of the commands around planning: what locks, waivers and a recorded plan need from other streams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kernel.grounds import in_force
from kernel.messages import Actor
from kernel.service import Room, Step
from programmes.readers.placement import WAIVABLE
from programmes.signing import Signing
from services.allocation.planning.override import Planned
from services.allocation.planning.plan_record import RecordPlan
from services.allocation.planning.plan_rules import Cadre, Place
from services.allocation.planning.plan_scope import Scope
from services.allocation.planning.plan_situation import STATES, WAITING
from services.allocation.planning.plan_terms import Agree, LockPlacement, UnlockPlacement, WaiveRule
from services.allocation.registers.tier_organs import own_area
from services.allocation.targets.target_state import Target

_LOCKER = "select organ from placement_locks where programme = %s and person = %s"


def agree(command: LockPlacement | UnlockPlacement | WaiveRule, room: Room) -> Iterable[Step]:
    """One step on the programme's terms, with the nominee and the target as they stand."""
    programme = command.programme
    place, locker = None, ""
    if isinstance(command, UnlockPlacement):
        cadre = _cadre(programme, command.person, room, STATES)  # whoever was placed meanwhile leaves no lock behind
        found = room.find(_LOCKER, programme, command.person)
        locker = found[0]["organ"] if found else ""
    else:
        cadre = _cadre(programme, command.person, room, WAITING)
        place = _place(room.load(f"target/{programme}.{command.target}"))
    signing = _signing(command, room) if isinstance(command, WaiveRule) else None
    own = cadre is not None and speaks_for(command.context.actor, cadre.channel)
    agreed = Agree(
        context=command.context, asked=command, cadre=cadre, place=place, own=own, locker=locker, signing=signing
    )
    yield Step(f"placement-terms/{programme}", agreed)


def _signing(command: WaiveRule, room: Room) -> Signing | None:
    """The office whose holder may waive the rule there; None where nobody may."""
    known = in_force(room.rules(command.programme, command.target), command.programme).value(WAIVABLE)
    named = next((one.post for one in known if one.rule == command.rule), None)
    return None if named is None else Signing.at(named, command.target, lambda stream: room.load(stream).terms)


def speaks_for(actor: Actor, channel: str) -> bool:
    """True for the province, for who manages the channel, and for the department of the channel's own area."""
    home = own_area(channel)
    if actor.role == "province_org" or actor.manages(channel):
        return True
    return bool(home) and actor.role in ("city_org", "county_org") and actor.covers(home)


def _cadre(programme: str, person: str, room: Room, states: Sequence[str]) -> Cadre | None:
    columns = "person, nomination, unit, channel, kind, tags, state"
    sql = f"select {columns} from nominees where programme = %s and person = %s"
    for row in room.find(sql, programme, person):
        if row["state"] in states:
            room.load(f"nominees/{programme}.{row['unit']}")  # moves where the nominee's listing does
            return Cadre(
                row["person"], row["nomination"], row["unit"], row["channel"], row["kind"], tuple(row["tags"] or ())
            )
    return None


def _place(target: Target | None) -> Place | None:
    if target is None or not target.free:
        return None
    return Place(target.target, target.kind, target.tier, target.successor_of or "")


def record(command: RecordPlan, room: Room) -> Iterable[Step]:
    """One step on the next free number of the scope; the number is looked up anew where somebody was quicker."""
    head = command.head
    scope = Scope(head.programme, head.tier, head.area)
    sql = "select max(number) as n from placement_plans where programme = %s and tier = %s and area = %s"
    (found,) = room.find(sql, head.programme, head.tier, head.area or "")
    number = (found["n"] or 0) + 1
    own = replace(command, head=replace(head, number=number, plan=scope.plan(number)))
    yield Step(f"placement-plan/{own.head.plan}", own)


# A newer plan of a scope takes the place of the older ones there, also for those it left without a place.
_SAID = """
select r.person, r.target, r.plan
  from plan_rows r join placement_plans p on p.plan = r.plan
  join nominees n on n.programme = r.programme and n.person = r.person
 where r.programme = %s and n.state in ('listed', 'returned') and (r.person = any(%s) or r.target = any(%s))
   and not exists (select 1 from placement_plans l where l.programme = p.programme and l.tier = p.tier
                    and l.area = p.area and l.number > p.number)
 order by r.recorded, r.person
"""


def said_by_plans(
    room: Room, programme: str, persons: Sequence[str], targets: Sequence[str]
) -> Callable[[str, str], Planned]:
    """A function from person and target to what the newest plans say of them; of waiting cadres only."""
    said = room.find(_SAID, programme, list(persons), list(targets))
    of_person = {row["person"]: row for row in said}
    of_target = {row["target"]: row for row in said}

    def planned(person: str, target: str) -> Planned:
        mine, other = of_person.get(person), of_target.get(target)
        plan = (mine or other or {}).get("plan", "")
        return Planned(plan, mine["target"] if mine else "", other["person"] if other else "")

    return planned
