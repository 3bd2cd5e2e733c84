"""What the decision on a sheet needs to know of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from kernel.grounds import in_force
from kernel.messages import Command, Key, Most
from kernel.service import Room, Step
from programmes.noted_calendar import CALENDAR
from programmes.offices import seat
from programmes.readers.attendance import SIGNER
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from services.attendance.register.days import MonthKey
from services.attendance.register.month_plans import taken
from services.attendance.register.state import scope
from services.attendance.sheets import sheet
from services.attendance.sheets.refusals import POSTINGS_MISSING
from services.attendance.sheets.seal import SealBy, SealMonth
from services.attendance.sheets.sheet import CompileEntered

Postings = Annotated[tuple[Key, ...], Most(2_000)]
Accept = Literal["all", "good"]


class CompileMonths(Command, title="批量汇总月考勤", roles=VILLAGES | TOWNSHIPS | COUNTIES, concerns=("postings",)):
    """Add up a month of many; ``accept`` "good" takes those that can be and returns the others, "all" all or none."""

    month: MonthKey
    postings: Postings
    accept: Accept = "all"


class SignMonths(Command, title="批量考勤签字认定", roles=TOWNSHIPS, concerns=("postings",)):
    """Sign the newest sheet of a month of many."""

    month: MonthKey
    postings: Postings
    accept: Accept = "all"


class SealMonths(Command, title="批量考勤表盖章", roles=TOWNSHIPS, concerns=("postings",)):
    """Seal the newest sheet of a month of many."""

    month: MonthKey
    postings: Postings
    accept: Accept = "all"


Many = CompileMonths | SignMonths | SealMonths


def sign(command: sheet.SignMonth, room: Room) -> Iterable[Step]:
    """The signature is put to the register together with who held and holds the post that the profile says signs.

    Raises:
        Rejected: ``rule_unknown`` where the profile does not say who signs.
    """
    yield Step(f"register/{command.posting}", _signing(command, command.posting, room))


def seal_one(command: SealMonth, room: Room) -> Iterable[Step]:
    """The seal is put to the register together with the calendar of working days."""
    yield Step(f"register/{command.posting}", SealBy(**vars(command), calendar=room.load(CALENDAR.stream)))


def compile_many(command: CompileMonths, room: Room) -> Iterable[Step]:
    """One act over many sheets, each of its own posting (AT-031). Raises Rejected: as ``month_plans.taken``."""
    return _many(command, room, lambda posting: CompileEntered(**_of(command, posting)))


def sign_many(command: SignMonths, room: Room) -> Iterable[Step]:
    """The same for signatures."""
    return _many(command, room, lambda posting: _signing(command, posting, room))


def seal_many(command: SealMonths, room: Room) -> Iterable[Step]:
    """The same for seals."""
    calendar = room.load(CALENDAR.stream)
    return _many(command, room, lambda posting: SealBy(**_of(command, posting), calendar=calendar))


def _many(command: Many, room: Room, order: Callable[[str], Command]) -> Iterable[Step]:
    postings = tuple(dict.fromkeys(command.postings))
    if not postings:
        raise POSTINGS_MISSING()
    room.load_all(f"register/{posting}" for posting in postings)
    read = [(number, order(posting)) for number, posting in enumerate(postings, 1)]
    keeping = isinstance(command, CompileMonths)
    return taken(read, room, command.accept, field="postings", keeping=keeping)


def _of(command: Many, posting: str) -> dict[str, Any]:
    return {"context": command.context, "posting": posting, "month": command.month}


def _signing(command: sheet.SignMonth | SignMonths, posting: str, room: Room) -> sheet.SignAs:
    programme, target = scope(posting)
    rules = room.rules(programme, target) if programme is not None else None
    organ, post = seat(in_force(rules, programme or "").value(SIGNER), target or "")
    office = room.load(f"office/{organ}.{post}")
    return sheet.SignAs(context=command.context, posting=posting, month=command.month, office=office, post=post)
