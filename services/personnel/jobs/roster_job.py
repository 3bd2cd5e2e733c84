"""The job that imports a roster: a batch of registration forms in one piece, or what would be refused of it.

Invariant: the rows enter by the decision of ``ImportNominees`` in one append under the job's id, so all of them or the
good ones, once; a preview leaves no event. While the job waits its rows lie sealed beside it, and go when it ends.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

import orjson

from kernel.errors import Rejected
from kernel.messages import Key, Most, Order, Pattern, Sealing
from kernel.service import Room, Step
from kernel.work import Job, Task
from programmes.roles import MANAGERS, PROVINCE, UNITS
from services.personnel.jobs.refusals import ROSTER_PACK_BROKEN
from services.personnel.nomination.roster_plans import Examined, ImportNominees, entering, examined

MOST_ROWS: Final = 10_000
_MOST_BYTES: Final = 64 << 20
_PIECE: Final = 16_000
Piece = Annotated[str, Sealing, Pattern("[A-Za-z0-9+/=:]+", 20_000, "压缩后的名册")]


class ImportRoster(Order):
    """Import the rows in ``pack``, a JSON list of objects, deflated, in base64, in pieces, as ``ImportNominees`` does.

    ``columns`` are the keys in the order of the sheet, so that a finding can name its cell. ``accept`` "preview" enters
    nothing and tells what would be refused.
    """

    programme: Key
    columns: Annotated[tuple[Key, ...], Most(200)]
    pack: Annotated[tuple[Piece, ...], Most(1_000)]
    accept: Literal["all", "good", "preview"] = "all"
    first_row: int = 1
    decision: str = ""
    synthetic: bool = False


def keep(data: Mapping[str, Any], tools: Mapping[str, Any], job: str) -> Mapping[str, Any]:
    """The request as it is kept until it is worked: its rows sealed."""
    sealed = tools["stowage"].stow(job, "".join(data["pack"]).encode())
    return {**data, "pack": [sealed[at : at + _PIECE] for at in range(0, len(sealed), _PIECE)]}


def enter(task: Task) -> Mapping[str, Any]:
    """Import, or preview. Gives {rows, entered, refused}: of each refused row its number and findings with cells.

    Raises:
        Rejected: as ``import_nominees`` does; nothing was recorded then.
    """
    asked: ImportRoster = task.asked
    fetched = task.tools["stowage"].fetch(asked.context.command_id.removeprefix("job/"), "".join(asked.pack))
    held = [_rows(fetched)]
    total = len(held[0])
    task.progress("read", 0, total)
    command = ImportNominees(
        context=asked.context,
        programme=asked.programme,
        rows=(),
        accept="all" if asked.accept == "all" else "good",
        first_row=asked.first_row,
        decision=asked.decision,
        synthetic=asked.synthetic,
    )
    found: list[Examined] = []

    def plan(asking: ImportNominees, room: Room) -> Iterable[Step]:
        # The rows are let go before their events are written, which takes the most room.
        command = replace(asking, rows=held.pop() if held else _rows(fetched))
        told = examined(command, room, lambda done: task.progress("check", done, total))
        found[:] = [told]
        if asked.accept == "preview":
            return ()
        task.progress("enter", 0, total)
        return entering(command, room, told)

    digest = hashlib.sha256(asked.context.command_id.encode()).digest()
    try:
        receipt = task.decides.decide(plan, command, digest)
    except Rejected as refused_whole:
        for one in refused_whole.details:
            one["cell"] = _cell(one["row"], one["field"], asked) if "row" in one else None
        raise
    told = found[-1] if found else None
    refused = [] if told is None else told.refused
    return {
        "rows": total,
        "entered": receipt.events.get("FormSubmitted", 0),
        "refused": [_refusal(number, error, asked) for number, error in refused[:LISTED]],
        "refused_rows": len(refused),
        "read": total if told is None else told.read,
        "log": receipt.position,
    }


LISTED: Final = 200
"""Refused rows that a result tells in full; it counts all of them."""


def _rows(pack: bytes) -> tuple[Mapping[str, Any], ...]:
    """The rows of a pack. Raises BadInput: ``roster_pack_broken``."""
    try:
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(base64.b64decode(pack, validate=True), _MOST_BYTES)
        rows = orjson.loads(plain) if unpacker.eof else None
    except (ValueError, zlib.error):
        rows = None
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise ROSTER_PACK_BROKEN(rows=MOST_ROWS)
    return tuple(rows)


def _refusal(number: int, error: Any, asked: ImportRoster) -> dict[str, Any]:
    return {"row": number, "errors": [{**one, "cell": _cell(number, one["field"], asked)} for one in error.details]}


def _cell(number: int, field: str, asked: ImportRoster) -> str | None:
    """The cell in the sheet, as spreadsheet programs call it; None for what stands in no column."""
    key = field.partition("[")[0]
    if key not in asked.columns:
        return None
    column, name = asked.columns.index(key) + 1, ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{number}"


JOBS: Final[Mapping[str, Job]] = {
    "import_roster": Job(
        ImportRoster, enter, PROVINCE | MANAGERS | UNITS, "导入选派干部名册", keeps=keep, drops=("pack",)
    ),
}
