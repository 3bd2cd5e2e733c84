"""The sample both sides of the log's bench store: one kind of event with about 730 bytes of data, and its state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from kernel.codec import EventTypes
from kernel.log import Append, Draft
from kernel.messages import Event, Recorded
from kernel.projection import Op, Table

DAY = date(2018, 5, 2)
ACTOR = {"person": "3f0c9a52-synthetic", "post": "乡镇党委书记", "organ": "210726102"}
REMARK = (
    "合成数据：本月在岗情况由村委会登记，党支部书记签字，乡镇盖章；请假两天，事由为回原单位参加年度考核，已按规定报批。"
    "县委组织部已核对登记表、请假单与在岗记录，三者一致；派出单位已知悉，未提出异议。"
    "下月工作重点为合作社账目公开、灌溉渠修缮、低保户走访和秋收前的道路养护，由村两委分工负责，按旬报乡镇。"
)


def payload(number: int) -> dict[str, Any]:
    """The data of the n-th event."""
    return {
        "posting": f"LN2018.210726102{number % 1000:03d}.1",
        "person": f"3f0c9a52-7c1e-5b0e-9a55-{number:012d}",
        "target": f"210726102{number % 1000:03d}",
        "month": "2018-06",
        "days": 20 + number % 3,
        "leave_days": 2,
        "required": 20,
        "met": True,
        "registrar": "村委会",
        "signer": "党支部书记",
        "organ": "210726102",
        "basis": "二、（三）",
        "remark": REMARK,
    }


class MonthRecorded(Event, title="月度考勤（合成）"):
    """A month of a posting, as the log stores it."""

    areas = ("target",)

    posting: str
    person: str
    target: str
    month: str
    days: int
    leave_days: int
    required: int
    met: bool
    registrar: str
    signer: str
    organ: str
    basis: str
    remark: str


MONTHS = Table("months", {"posting": "text"}, {"month": "text", "days": "int", "total": "int"}, (("month",),))
TYPES = EventTypes([MonthRecorded])


def project(recorded: Recorded) -> Iterable[Op]:
    """One row a posting."""
    event = recorded.event
    if isinstance(event, MonthRecorded):
        yield MONTHS.put(event.posting, month=event.month, days=event.days)
        yield MONTHS.add(event.posting, total=event.days)


class Posting(NamedTuple):
    """The state the events of a stream lead to."""

    months: int = 0
    days: int = 0
    last: str = ""


def evolve(state: Posting, event: Event) -> Posting:
    """The state after ``event``."""
    match event:
        case MonthRecorded():
            return Posting(state.months + 1, state.days + event.days, event.month)
    return state


def append(command: str, stream: str, version: int, number: int) -> Append:
    """The append of one event."""
    event = MonthRecorded(occurred_on=DAY, **payload(number))
    draft = Draft(stream, event, "LN2018", "LN2018:1", "辽组发〔2018〕1号", "二")
    return Append(command, b"0123456789abcdef0123456789abcdef", (draft,), {stream: version}, ACTOR, command)
