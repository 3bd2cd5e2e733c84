"""Offices entered from a workbook: thousands of organs, a row a holder or a stand-in (X-057).

Invariant: every row is decided on what the rows before it left, and what is wrong with any of them is told before one
is entered; a refused row leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from kernel.errors import BadInput, PaizhuError, Rejected
from kernel.messages import Area, Cells, Command, Key, Most, Order
from kernel.refusals import FOREIGN_AREA
from kernel.schema import load
from kernel.service import Room, Step
from kernel.text import digits
from programmes.roster import chosen
from programmes.rows import all_refused, pointed
from services.allocation.refusals import AREA_UNKNOWN
from services.allocation.registers.office import ABOVE, OFFICE, Holder, Office, RecordActing, RecordHolder
from services.allocation.registers.refusals import STAND_IN_WITHOUT_END
from services.allocation.registers.register_plans import posts_known, register_of, registers
from services.allocation.registers.unit_office import UNIT_OFFICE, Officer, RecordUnitActing, RecordUnitHolder
from services.allocation.registers.unit_office_plans import senders, stream

_CHOSEN = ("office_post", "acting")


class ImportOffices(Command, title="导入任职名册", roles=ABOVE, concerns=("area",)):
    """Enter the rows of a workbook: holders and stand-ins of organs inside ``area``, and of units and channels below.

    ``accept`` "good" enters the good rows and returns the refused ones, "all" enters all or none. Rows are told by the
    number they have where they came from: the first one is ``first_row``, 2 in a workbook with a header.
    """

    area: Area
    rows: Annotated[tuple[Cells, ...], Most(5_000)]
    accept: Literal["good", "all"] = "all"
    first_row: int = 1


class OfficeRow(Order):
    """One row as its cells must read."""

    organ: Key
    office_post: Key
    account: Key
    acting: Literal["holder", "stand_in"]
    since: date
    until: date | None = None


@dataclass(slots=True)
class _Found:
    """The steps of good rows, the refusals of the others by number, and the offices as the rows left them."""

    offices: dict[str, Office]
    steps: list[Step] = field(default_factory=list)
    refused: list[tuple[int, Rejected]] = field(default_factory=list)


def import_offices(command: ImportOffices, room: Room) -> Iterable[Step]:
    """See ``ImportOffices``.

    Raises:
        Rejected: every finding of every row, where all must be good and one is not, or none is.
    """
    read: list[tuple[int, OfficeRow]] = []
    found = _Found({})
    for number, cells in enumerate(command.rows, command.first_row):
        try:
            read.append((number, _read(command, cells)))
        except BadInput as wrong:
            found.refused.append((number, _as_rejected(wrong)))
    found.offices = room.load_all(_stream(row) for _, row in read)
    ordering = _ordering(command, room, [row.organ for _, row in read if digits(row.organ)])
    for number, row in read:
        part, of_row = OFFICE if digits(row.organ) else UNIT_OFFICE, _stream(row)
        try:
            order = ordering(row)
            events = part.decide(found.offices[of_row], order)
        except Rejected as refusal:
            found.refused.append((number, refusal))
        else:
            found.offices[of_row] = part.fold(found.offices[of_row], events)
            found.steps.append(Step(of_row, order))
    found.refused.sort(key=lambda one: one[0])
    refused = [(number, pointed(error)) for number, error in found.refused]
    if refused and not (command.accept == "good" and found.steps):
        raise all_refused(refused, len(command.rows), len(command.rows), "rows", "行")
    for number, error in refused:
        room.refuse(number, error)
    return found.steps


def _read(command: ImportOffices, cells: Cells) -> OfficeRow:
    """The row, its words of choice made values; an empty cell is none. Raises BadInput."""
    given: dict[str, Any] = {key: value for key, value in cells.items() if value not in (None, "")}
    for key in _CHOSEN:
        if isinstance(given.get(key), str):
            given[key] = chosen(key, given[key].strip())
    return load(OfficeRow, given, command.context)


def _ordering(command: ImportOffices, room: Room, codes: Iterable[str]) -> Callable[[OfficeRow], Order]:
    """What a row asks of its office. Raises Rejected: ``foreign_area``, ``area_unknown``, ``unit_unknown``, and
    ``stand_in_without_end``."""
    held = registers(room, codes)
    known, of_sender = posts_known(room), senders(room)

    def order(row: OfficeRow) -> Order:
        if not digits(row.organ):
            channel, posts = of_sender(row.organ, "organ")
            officer = Officer(row.organ, row.office_post, row.account, row.since, row.until)
            told: dict[str, Any] = {"context": command.context, "channel": channel, "known": posts}
            if row.acting == "holder":
                return RecordUnitHolder(holder=officer, **told)
            return RecordUnitActing(acting=officer, until=_last(row), **told)
        if not row.organ.startswith(command.area):
            raise FOREIGN_AREA(area=row.organ, areas=(command.area,), field="organ", rule=None)
        if not held[register_of(row.organ)].holds(row.organ):
            raise AREA_UNKNOWN(area=row.organ, field="organ", accepted="已登记的区划代码")
        holder = Holder(row.organ, row.office_post, row.account, row.since, row.until)
        told = {"context": command.context, "known": known(row.organ)}
        if row.acting == "holder":
            return RecordHolder(holder=holder, **told)
        return RecordActing(acting=holder, until=_last(row), **told)

    return order


def _last(row: OfficeRow) -> date:
    if row.until is None:
        raise STAND_IN_WITHOUT_END()
    return row.until


def _stream(row: OfficeRow) -> str:
    return f"office/{row.organ}.{row.office_post}" if digits(row.organ) else stream(row.organ, row.office_post)


def _as_rejected(wrong: PaizhuError) -> Rejected:
    return Rejected(wrong.code, wrong.sentence, field=wrong.field, accepted=wrong.accepted, details=wrong.details)
