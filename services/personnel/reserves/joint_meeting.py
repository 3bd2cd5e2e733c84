"""The county's joint meeting on reserves: which departments sat in it.

Invariant: only the departments of the meeting's own list are its members. That list ends with 等: others may take part,
are recorded apart as not printed, and stand for none of the members; so do those that are printed as spoken with beside
the meeting, which are recorded as what they are. The departments heard before a reserve is used are
another list, and the two are never merged (X-004, PE-088).
"""

from __future__ import annotations

from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line
from kernel.part import Part
from programmes.readers.nomination import COORDINATED, MEMBERS
from programmes.roles import COUNTIES
from services.personnel.reserves.refusals import NOBODY_PRESENT


class RecordJointMeeting(Command, title="召开联席会议", roles=COUNTIES, concerns=("county",)):
    """Record a joint meeting of the county and the departments that were there."""

    programme: Key
    county: Area
    present: Few[Line]


class JointMeetingHeld(Event, title="召开联席会议"):
    """The county's joint meeting was held; ``absent`` are members of the printed list who were not there.

    ``coordinated`` took part as departments that are spoken with beside the meeting, ``further`` without being printed
    (等); none of them stands for a member.
    """

    schema = 3
    rule = MEMBERS.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    number: int
    present: tuple[Line, ...]
    absent: tuple[Line, ...]
    further: tuple[Line, ...]
    coordinated: tuple[Line, ...]


def decide(state: int, command: RecordJointMeeting) -> list[JointMeetingHeld]:
    """``state`` counts the meetings so far (X-004). Source: 青委组〔2017〕57号 三（一）.

    Raises:
        Rejected: ``nobody_present`` where no member was there.
    """
    rules = rules_of(command)
    members, beside = rules.value(MEMBERS), rules.find(COORDINATED)
    others = tuple(dict.fromkeys(name for name in command.present if name not in members))
    coordinated = tuple(name for name in others if beside is not None and name in beside.value)
    present = tuple(name for name in members if name in command.present)
    if not present:
        raise NOBODY_PRESENT(members=members)
    return [
        JointMeetingHeld.carrying(
            command,
            number=state + 1,
            present=present,
            absent=tuple(name for name in members if name not in present),
            further=tuple(name for name in others if name not in coordinated),
            coordinated=coordinated,
        )
    ]


def evolve(state: int, event: Event) -> int:
    """The meetings so far."""
    return event.number if isinstance(event, JointMeetingHeld) else state


def _scope(key: str) -> tuple[str | None, str | None]:
    programme, county = key.split(".", 1)
    return programme, county


JOINT_MEETING = Part("joint-meeting/{programme}.{county}", 0, decides=(decide,), evolve=evolve, scope=_scope)
"""The joint meetings of one county."""
