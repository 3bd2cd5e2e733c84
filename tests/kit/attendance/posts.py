"""The postings, organs and rules of the attendance tests. All persons are synthetic ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from kernel.messages import Actor, Context, Event
from kernel.rules import Rules
from kernel.testing import actor, context, rules_of
from programmes import loader
from programmes.offices import Office
from services.attendance.leave.approval import DenyLeave, GrantLeave
from services.attendance.register.register import AttendanceRegistered, RegisterOpened
from services.attendance.sheets.correction import AttendanceCorrected
from services.attendance.sheets.seal import AttendanceSealed
from services.attendance.sheets.sheet import AttendanceCompiled, AttendanceSigned

VILLAGE, NEIGHBOUR, TOWNSHIP = "210727102213", "210727102214", "210727102"
POSTING = f"LN2018.{VILLAGE}.1"
JUNE = "2018-06"

CADRE = actor("cadre", person="p-cadre")
ORGANISATION = actor("village", areas=(VILLAGE,), person="p-organisation")
NEIGHBOURS = actor("village", areas=(NEIGHBOUR,), person="p-neighbour")
COMMITTEE = actor("township", areas=(TOWNSHIP,), person="p-committee")
SECRETARY = actor("township", areas=(TOWNSHIP,), person="p-secretary")
COUNTY = actor("county_org", areas=("210727",), person="p-county")
UNIT = actor("unit", units=("u-1",), person="p-unit")


@cache
def rules(area: str = VILLAGE) -> Rules:
    """The rules of the profiles as they are, in force for ``area``."""
    return rules_of(loader.load("LN2018").published(), loader.load("JZ").published(), area=area)


def at(on: str, by: object = ORGANISATION, area: str = VILLAGE) -> Context:
    """The context of a command of ``by`` on the day ``on``."""
    return context(on, by, rules=rules(area))  # type: ignore[arg-type]


def day(text: str) -> date:
    """The date written as text."""
    return date.fromisoformat(text)


def opened(on: str = "2018-05-02", target: str = VILLAGE, kind: str = "village") -> RegisterOpened:
    """A register that opened on a day."""
    return RegisterOpened(
        occurred_on=day(on),
        programme="LN2018",
        posting=f"LN2018.{target}.1",
        person="p-cadre",
        target=target,
        kind=kind,
        role="村党组织第一书记",
        unit="u-1",
        tier="city",
    )


def granting(by: Actor, on: str, leave: str = "2018-06-12", where: Context | None = None) -> GrantLeave:
    """The decision to grant a leave, where no host leader is asked."""
    return GrantLeave(context=where or at(on, by), posting=POSTING, leave=leave, leader=Office(), post="")


def denying(by: Actor, on: str, leave: str = "2018-06-12") -> DenyLeave:
    """The decision not to."""
    return DenyLeave(context=at(on, by), posting=POSTING, leave=leave, reason="汛期值守", leader=Office())


def present(days: Iterable[date], target: str = VILLAGE) -> list[Event]:
    """Days on post, registered."""
    posting = f"LN2018.{target}.1"
    return [
        AttendanceRegistered(occurred_on=d, posting=posting, target=target, day=d, registrar="村党组织") for d in days
    ]


def first_days(month: str, number: int) -> list[date]:
    """The first ``number`` days of a month."""
    first = day(f"{month}-01")
    return [first + timedelta(days=n) for n in range(number)]


def sheet(
    month: str,
    days: int,
    *,
    version: int = 1,
    leave: int = 0,
    signed: str | None = None,
    sealed: str | None = None,
    on: str = "2018-07-02",
    signer: str = "p-secretary",
) -> Sequence[Event]:
    """A compiled sheet, with signature and seal where their days are given."""
    common = {"posting": POSTING, "target": VILLAGE, "month": month, "version": version}
    made: list[Event] = []
    if version == 1:
        made.append(
            AttendanceCompiled(occurred_on=day(on), days=days, leave_days=leave, registrar="village organ", **common)  # type: ignore[arg-type]
        )
    if signed:
        made.append(
            AttendanceSigned(occurred_on=day(signed), signer=signer, post="party_secretary", **common)  # type: ignore[arg-type]
        )
    if sealed:
        made.append(
            AttendanceSealed(
                occurred_on=day(sealed),
                organ="township organ",
                days=days,
                leave_days=leave,
                full=True,
                **common,  # type: ignore[arg-type]
            )
        )
    return made


def corrected(
    month: str, days: int, *, added: Sequence[date] = (), removed: Sequence[date] = ()
) -> AttendanceCorrected:
    """The second version of a month."""
    return AttendanceCorrected(
        occurred_on=day("2018-07-16"),
        posting=POSTING,
        target=VILLAGE,
        month=month,
        version=2,
        replaces=1,
        reason="漏登",
        added=tuple(added),
        removed=tuple(removed),
        days=days,
        leave_days=0,
        registrar="village organ",
    )
