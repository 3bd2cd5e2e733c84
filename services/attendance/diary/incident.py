"""Mass incidents at the place, reported at once (信息直报速报): three times, and the delays between them (AT-006).

Source: 晋组通字〔2015〕41号 四.3. No span is printed, so a delay is told and never judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Final

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key, Pattern, Text
from programmes.readers.diary import INCIDENTS
from programmes.roles import CADRES
from services.attendance.diary.refusals import NOT_YOUR_DIARY, TIMES_DISORDERED
from services.attendance.register.state import Register

Moment = Annotated[
    str,
    Pattern(
        "[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]",
        accepted="日期和时刻，如 2018-06-05T09:30",
    ),
]
"""A minute of the clock of the place."""
_MINUTE: Final = timedelta(minutes=1)


class IncidentReported(Event, title="群体性事件直报"):
    """An incident: when it happened, when the cadre was there, when it was reported; the delays in minutes."""

    rule: ClassVar[str | None] = INCIDENTS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    time_of_event: Moment
    time_on_scene: Moment
    time_reported: Moment
    minutes_to_scene: int
    minutes_to_report: int
    text: Text


class ReportIncident(Command, title="群体性事件直报", roles=CADRES, concerns=("posting",)):
    """Report a mass incident at the place."""

    posting: Key
    time_of_event: Moment
    time_on_scene: Moment
    time_reported: Moment
    text: Text


def report_incident(register: Register, command: ReportIncident) -> Sequence[IncidentReported]:
    """IncidentReported. Raises Rejected: ``not_your_diary``, ``times_disordered``, ``rule_unknown``."""
    context = command.context
    in_force(context.rules, register.programme).value(INCIDENTS)
    if not context.actor.is_(register.person):
        raise NOT_YOUR_DIARY(rule=INCIDENTS.path)
    happened = _moment(command.time_of_event, "time_of_event")
    scene, reported = _moment(command.time_on_scene, "time_on_scene"), _moment(command.time_reported, "time_reported")
    for field, moment in (("time_on_scene", scene), ("time_reported", reported)):
        if moment < happened or moment.date() > context.occurred_on:
            raise TIMES_DISORDERED(field=field, rule=INCIDENTS.path)
    if not register.holds(happened.date()):
        raise TIMES_DISORDERED(field="time_of_event", rule=INCIDENTS.path)
    return (
        IncidentReported.carrying(
            command,
            register,
            posting=register.posting,
            minutes_to_scene=(scene - happened) // _MINUTE,
            minutes_to_report=(reported - happened) // _MINUTE,
        ),
    )


def _moment(text: str, field: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a day that its month has not
        raise TIMES_DISORDERED(field=field, rule=INCIDENTS.path) from None
