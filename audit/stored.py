"""What is asked of a log's tables, and rows made of whatever stands in them.

Somebody with power over the database can put anything into a column, and change the columns themselves. Invariant: of a
row that comes back a row is made, whatever it holds; what has no value of its kind has one that no sound row has.
"""

from __future__ import annotations

from typing import Any, Final

from audit.sources import CommandRow, ParkedRow, RecordRow, Row, SubtreeRow
from kernel.log import records
from kernel.proof import notes

NONE: Final = -1
"""Stands for a number that is none."""

EVENTS: Final = (
    "select position, stream, version, type, line, leaf from log.events"
    " where position > %s and position <= %s order by position"
)
LINES: Final = "select line from log.events where position > %s and position <= %s order by position"
HEAD: Final = "select position, recorded_at, records from log.head"
COMMANDS: Final = "select id, receipt, position from log.commands order by position, id"
RECORDS: Final = """
select * from (
  select record, leaf, 'command', id, position, receipt, null::bigint, digest from log.commands
  union all
  select record, leaf, 'parked', source, position, reason, parked_at, convert_to(command, 'UTF8') from log.parked
  union all
  select record, leaf, 'intake', source, position, null, null, null from log.intake
) records (record, leaf, kind, name, position, text, moment, bytes) order by record
"""
PARKED: Final = "select source, position, command, reason from log.parked order by source, position"
INBOX: Final = "select source, position from log.inbox"
NOTES: Final = f"""
select left(coalesce(note, ''), {notes.LARGEST + 1})
       || coalesce(string_agg(left(rtrim(signature, e'\\n'), 1000) || e'\\n', '' order by witness), '')
  from log.checkpoints c left join log.cosignatures s using (size) group by c.size, note order by c.size
"""
# A level above 7 would be of more events than a position can count.
SUBTREES: Final = """
select level, number, sha256, sm3 from log.subtrees where level between 1 and 7 and number >= 0
 order by (number + 1) * power(256::numeric, level), level
"""
RECORD_SUBTREES: Final = "select level, number, sha256 from log.record_subtrees"
SUBTREES_KEPT: Final = "select level, count(*) from log.subtrees group by level order by level"
AHEAD: Final = "select name, position from log.relay where position > (select max(position) from log.head) limit %s"
MISFILED: Final = """
select size from log.checkpoints where split_part(note, e'\\n', 2) <> size::text order by size limit %s
"""
MISTIMED: Final = """
select size from log.checkpoints
 where split_part(note, e'\\n', 5) like 'paizhu %%'
   and split_part(split_part(note, e'\\n', 5), ' ', 3) is distinct from signed_at::text order by size limit %s
"""


def text(value: Any) -> str:
    """A column's text, given as bytes; what is no UTF-8 stays visible instead of ending the reading."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value or "")


def number(value: Any) -> int:
    """A column's number."""
    return value if isinstance(value, int) else NONE


def blob(value: Any) -> bytes:
    """A column's bytes; those of a text where the column is one."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    try:
        return bytes(value or b"")
    except TypeError:
        return str(value).encode()


def event(row: tuple[Any, ...]) -> Row:
    """A row of EVENTS."""
    position, stream, version, kind, line, leaf = row
    return Row(number(position), text(stream), number(version), text(kind), blob(line), blob(leaf))


def command(row: tuple[Any, ...]) -> CommandRow:
    """A row of COMMANDS."""
    return CommandRow(text(row[0]), blob(row[1]), number(row[2]))


def record(row: tuple[Any, ...]) -> RecordRow:
    """A row of RECORDS."""
    place, leaf, kind, name, position, said, moment, data = row
    says: records.CommandRow | records.ParkedRow | records.IntakeRow
    match text(kind):
        case "command":
            says = records.CommandRow(text(name), blob(data), blob(said), number(position))
        case "parked":
            says = records.ParkedRow(text(name), number(position), text(blob(data)), text(said), number(moment))
        case _:
            says = records.IntakeRow(text(name), number(position))
    return RecordRow(max(number(place), 0), says, blob(leaf))


def record_subtree(row: tuple[Any, ...]) -> tuple[int, int, bytes]:
    """A row of RECORD_SUBTREES."""
    return number(row[0]), number(row[1]), blob(row[2])


def parked(row: tuple[Any, ...]) -> ParkedRow:
    """A row of PARKED."""
    return ParkedRow(text(row[0]), number(row[1]), text(row[2]), text(row[3]))


def subtree(row: tuple[Any, ...]) -> SubtreeRow:
    """A row of SUBTREES."""
    return SubtreeRow(number(row[0]), number(row[1]), blob(row[2]), blob(row[3]))
