"""From rows of a month, or a batch of entries, to one step a posting; a row that is wrong is told by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from kernel.calendar import CHINA
from kernel.errors import Rejected
from kernel.messages import Area, Command, Key, Line, Most
from kernel.refusals import FOREIGN_AREA
from kernel.service import Room, Step
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from programmes.roster import DAY_WORDS
from programmes.rows import all_refused, pointed
from services.attendance.register.days import MonthKey, month_of, span
from services.attendance.register.month import RegisterRow, TakeCaptured
from services.attendance.register.officer_plans import must_hold_post
from services.attendance.register.refusals import (
    CAPTURED_UNREADABLE,
    DAY_WORD_UNKNOWN,
    ENTRIES_UNEVEN,
    POSTING_MISSING,
    POSTING_TWICE,
)
from services.attendance.register.state import Register

CLERKS = VILLAGES | TOWNSHIPS | COUNTIES
NIGHTS: Mapping[str, Any] = {"night": "township", "away": "elsewhere"}
"""What a word in the column of a day says of the night."""


class RegisterMonth(Command, title="批量登记月考勤", roles=CLERKS, concerns=("area",)):
    """Enter a month for cadres inside ``area``: a row a posting, its days in the columns "1" to "31".

    ``accept`` "good" takes the good rows and returns the refused ones, "all" takes all or none, "preview" takes none
    and tells what is wrong. ``document`` is the paper of the registrars where the clerk is not one. Rows are told by
    the number they have where they came from: the first one is ``first_row``, 2 in a workbook with a header.
    """

    area: Area
    month: MonthKey
    rows: Annotated[tuple[Mapping[Key, str], ...], Most(5_000)]
    accept: Literal["all", "good", "preview"] = "all"
    document: Line | None = None
    first_row: int = 1


class HandInDays(Command, title="上传离线登记", roles=VILLAGES | TOWNSHIPS, concerns=("postings",)):
    """Hand in days taken down without network: of each posting of ``postings`` the day and the time of the same place
    in ``days`` and ``captured`` (ISO 8601 with the zone). What is registered already is passed over."""

    postings: Annotated[tuple[Key, ...], Most(5_000)]
    days: Annotated[tuple[date, ...], Most(5_000)]
    captured: Annotated[tuple[Line, ...], Most(5_000)]
    accept: Literal["all", "good"] = "good"


def register_month(command: RegisterMonth, room: Room) -> Iterable[Step]:
    """See ``RegisterMonth``. Raises Rejected: every finding of every row, where all must be good and one is not."""
    read: list[tuple[int, RegisterRow | Rejected]] = []
    seen: set[str] = set()
    for number, cells in enumerate(command.rows, command.first_row):
        try:
            row = _row(command, cells)
            if row.posting in seen:
                raise POSTING_TWICE(posting=row.posting)
            seen.add(row.posting)
            read.append((number, row))
        except Rejected as refusal:
            read.append((number, refusal))
    room.load_all(f"register/{row.posting}" for _, row in read if isinstance(row, RegisterRow))
    return taken(read, room, command.accept, area=command.area, keeping=True)


def hand_in(command: HandInDays, room: Room) -> Iterable[Step]:
    """See ``HandInDays``: one step a posting and month, in their order.

    Raises:
        Rejected: ``entries_uneven``; and as ``register_month``.
    """
    if not len(command.postings) == len(command.days) == len(command.captured):
        raise ENTRIES_UNEVEN()
    today = command.context.occurred_on
    groups: dict[tuple[str, str], dict[date, tuple[int, str, date]]] = {}
    read: list[tuple[int, TakeCaptured | Rejected]] = []
    entries = zip(command.postings, command.days, command.captured, strict=True)
    for number, (posting, day, said) in enumerate(entries, 1):
        taken_on = _day_of(said)
        if taken_on is None or not day <= taken_on <= today:
            read.append((number, CAPTURED_UNREADABLE(day=day, number=number - 1)))  # type: ignore[arg-type]
        else:
            groups.setdefault((posting, month_of(day)), {}).setdefault(day, (number, said, taken_on))
    for (posting, month), told in groups.items():
        days = tuple(told)
        order = TakeCaptured(
            context=command.context,
            posting=posting,
            month=month,
            days=days,
            captured=tuple(said for _, said, _ in told.values()),
            late=tuple(day for day, (_, _, taken_on) in told.items() if taken_on < today),
        )
        read.append((next(iter(told.values()))[0], order))
    room.load_all(f"register/{posting}" for posting, _ in groups)
    return taken(sorted(read, key=lambda one: one[0]), room, command.accept, keeping=True)


def taken(
    read: Iterable[tuple[int, Any]],
    room: Room,
    accept: str,
    *,
    area: str = "",
    field: str = "rows",
    keeping: bool = False,
) -> list[Step]:
    """The steps of the orders that would be taken; the others, told by their numbers, refuse the whole where ``accept``
    is "all", and come back in the receipt otherwise. ``keeping`` are orders that the registrar gives.

    Raises:
        Rejected: every finding of every row, as ``all_refused``.
    """
    read, steps, refused = list(read), list[Step](), list[tuple[int, Rejected]]()
    for number, order in read:
        try:
            if isinstance(order, Rejected):
                raise order
            step = Step(f"register/{order.posting}", order)
            _inside(step, room, area)
            if keeping:
                must_hold_post(order.posting, order.context, room)
            room.judge(step)
        except Rejected as refusal:
            refused.append((number, pointed(refusal)))
        else:
            steps.append(step)
    if refused and (accept == "all" or not (steps or accept == "preview")):
        raise all_refused(refused, len(read), len(read), field, "行")
    for number, found in refused:
        room.refuse(number, found)
    return [] if accept == "preview" else steps


def _inside(step: Step, room: Room, area: str) -> None:
    """Check that what a row names lies in the area of the act. Raises Rejected."""
    register: Register | None = room.load(step.stream)
    if register is not None and not register.target.startswith(area):
        raise FOREIGN_AREA(area=register.target, areas=(area,), field="posting", rule=None)


def _day_of(captured: str) -> date | None:
    """The day in China of a time with its zone; None for a text that is none, or a time at an end of the calendar."""
    try:
        time = datetime.fromisoformat(captured)
        return None if time.tzinfo is None else time.astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return None


def _row(command: RegisterMonth, cells: Mapping[str, str]) -> RegisterRow:
    """The row as its cells must read; an empty cell is no day. Raises Rejected: ``posting_missing``,
    ``day_word_unknown``."""
    posting = cells.get("posting", "").strip()
    if not posting:
        raise POSTING_MISSING()
    first, last = span(command.month)
    days: list[date] = []
    nights: dict[str, list[date]] = {}
    for key, cell in cells.items():
        if key == "posting" or not cell:
            continue
        word = DAY_WORDS.get(cell.strip(), "")
        number = int(key) if key.isdecimal() and key.isascii() and len(key) <= 2 else 0
        if not word or not 1 <= number <= last.day:
            raise DAY_WORD_UNKNOWN(column=key[:20], month=command.month)
        day = first.replace(day=number)
        days.append(day)
        if word in NIGHTS:
            nights.setdefault(NIGHTS[word], []).append(day)
    return RegisterRow(
        context=command.context,
        posting=posting,
        month=command.month,
        days=tuple(days),
        nights=tuple((place, tuple(spent)) for place, spent in nights.items()),  # type: ignore[misc]
        document=command.document,
    )
