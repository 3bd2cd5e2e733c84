"""What happens with an active reserve and is kept on the card: one command and one event a kind, all of one shape.

A kind is a line of ``KINDS``. Lists of the notice are open (等): what is not printed is taken and marked so, except
where the catalogue closes the list. Invariant: a record changes no status, gives no vote and computes no payment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Event, Key, Line
from kernel.reader import Reader
from programmes.money import fen
from programmes.readers import reserve
from programmes.roles import TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserve_care.refusals import RESERVE_DAYS_MISSING
from services.personnel.reserves.candidate import OfReserve, Reserve, stands_as

KEEPERS = TOWNSHIPS | VILLAGES


class RecordReserveMeeting(Command, title="登记后备干部列席会议", roles=KEEPERS, concerns=("reserve",)):
    """Record that a reserve sat in on a meeting, as a guest."""

    reserve: Key
    meeting: Line


class RecordReservePractice(Command, title="登记后备干部实践锻炼", roles=KEEPERS, concerns=("reserve",)):
    """Record practice: its field, what was done, how, and the opinion on it."""

    reserve: Key
    practice: Line
    content: Line
    performance: Line
    opinion: Line


class RecordReserveHeadship(Command, title="登记后备干部任负责人", roles=KEEPERS, concerns=("reserve",)):
    """Record that a reserve heads an organisation of some kind, up to ``until`` where that is known."""

    reserve: Key
    organisation: Line
    post: Line
    until: date | None = None


class RecordReserveFrontLine(Command, title="登记后备干部一线锻炼", roles=KEEPERS, concerns=("reserve",)):
    """Record an assignment to front-line work, up to ``until`` where that is known."""

    reserve: Key
    work: Line
    content: Line
    until: date | None = None


class RecordReserveHonour(Command, title="登记后备干部评先评优", roles=KEEPERS, concerns=("reserve",)):
    """Record that a reserve was put first for an honour or a mandate."""

    reserve: Key
    honour: Line
    content: Line


class RecordLostWork(Command, title="登记后备干部误工补助", roles=KEEPERS, concerns=("reserve",)):
    """Record the days of practice for which lost work is to be made good."""

    reserve: Key
    days: int


class CareRecord(OfReserve, base=True):
    """A record on the card, the ``number``-th of its kind. ``listed`` where the notice prints what it names."""

    number: int
    listed: bool


class MeetingAttended(CareRecord, title="后备干部列席会议"):
    """A reserve sat in on a meeting. A guest counts in no quorum and gives no vote."""

    rule = reserve.MEETINGS.path

    meeting: Line
    guest: bool


class PracticeRecorded(CareRecord, title="后备干部实践锻炼"):
    """A reserve practised."""

    rule = reserve.PRACTICE.path

    practice: Line
    content: Line
    performance: Line
    opinion: Line


class ReserveHeadshipRecorded(CareRecord, title="后备干部任负责人"):
    """A reserve heads an organisation."""

    rule = reserve.HEADSHIPS.path

    organisation: Line
    post: Line
    until: date | None


class ReserveFrontLineRecorded(CareRecord, title="后备干部一线锻炼"):
    """A reserve was assigned to front-line work."""

    rule = reserve.FRONT_LINE.path

    work: Line
    content: Line
    until: date | None


class ReserveHonoured(CareRecord, title="后备干部评先评优"):
    """A reserve was put first."""

    rule = reserve.HONOURS.path

    honour: Line
    content: Line


class LostWorkAllowanceRecorded(CareRecord, title="后备干部误工补助"):
    """Lost work of ``days``. ``fen`` is empty where the profile gives no amount: then no payment is computed."""

    rule = reserve.LOST_WORK.path

    days: int
    fen: int | None


class Kind(NamedTuple):
    """A kind of record: its name on the card, its event, and the field that the notice lists."""

    name: str
    event: type[Any]
    field: str = ""
    listed: Reader[tuple[str, ...]] | None = None


KINDS: Mapping[type[Command], Kind] = {
    RecordReserveMeeting: Kind("meeting", MeetingAttended, "meeting", reserve.MEETINGS),
    RecordReservePractice: Kind("practice", PracticeRecorded, "practice", reserve.PRACTICE),
    RecordReserveHeadship: Kind("headship", ReserveHeadshipRecorded, "organisation", reserve.HEADSHIPS),
    RecordReserveFrontLine: Kind("front_line", ReserveFrontLineRecorded, "work", reserve.FRONT_LINE),
    RecordReserveHonour: Kind("honour", ReserveHonoured, "honour", reserve.HONOURS),
    RecordLostWork: Kind("lost_work", LostWorkAllowanceRecorded),
}
Asked = (
    RecordReserveMeeting
    | RecordReservePractice
    | RecordReserveHeadship
    | RecordReserveFrontLine
    | RecordReserveHonour
    | RecordLostWork
)
Told = (
    MeetingAttended
    | PracticeRecorded
    | ReserveHeadshipRecorded
    | ReserveFrontLineRecorded
    | ReserveHonoured
    | LostWorkAllowanceRecorded
)


def record(state: Reserve, command: Asked) -> list[Told]:
    """A record on the card (PE-081, PE-084, PE-091, PE-095). Source: 青委组〔2017〕57号 二（二）.1, .3, 三（三）.

    Raises:
        Rejected: ``not_active``, ``date_before_ground`` before the person was entered, ``days_missing``.
    """
    kind, rules = KINDS[type(command)], rules_of(command)
    begun(state, command)
    said = {one.name: getattr(command, one.name) for one in fields(command) if one.name not in ("context", "reserve")}
    said = {name: impersonal(value, name) if isinstance(value, str) else value for name, value in said.items()}
    listed = kind.listed is None or said[kind.field] in rules.value(kind.listed)
    if isinstance(command, RecordLostWork):
        if command.days < 1:
            raise RESERVE_DAYS_MISSING(rule=reserve.LOST_WORK.path)
        amount = rules.find(reserve.LOST_WORK)
        said["fen"] = fen(amount.value) * command.days if amount else None
    if isinstance(command, RecordReserveMeeting):
        said["guest"] = True
    event = kind.event(**about(state, command, kind.name), listed=listed, **said)
    return [event]


def begun(state: Reserve, command: Command) -> None:
    """Check that the person is an active reserve then. Raises Rejected: ``not_active``, ``date_before_ground``."""
    stands_as(state, "active")
    not_before(command, state.since, "列入名册", reserve.SELECTION.path)


def about(state: Reserve, command: Command, kind: str) -> dict[str, Any]:
    """What every record says of the reserve."""
    return {
        "occurred_on": command.context.occurred_on,
        "programme": state.programme,
        "village": state.village,
        "person": state.person,
        "number": state.records.get(kind, 0) + 1,
    }


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve with one more record of a kind."""
    return state.recording(NAMES[type(event)]) if type(event) in NAMES else state


NAMES: Mapping[type, str] = {kind.event: kind.name for kind in KINDS.values()}
