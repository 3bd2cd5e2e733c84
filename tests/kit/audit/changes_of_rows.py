"""Changes of rows: events, checkpoints, commands, parked events, marks of the intake, names, the row of the head."""

from __future__ import annotations

from random import Random
from typing import Any

from kernel.log.records import CommandRow, IntakeRow, ParkedRow
from tests.kit.audit.archive import SERVICES
from tests.kit.audit.changes import Change, Ground

TREES = frozenset({"root_differs", "subtree_differs"})
"""What is said of the whole where an event is not the one that was signed."""
RECEIPTS = frozenset({"receipt_differs", "command_missing", "command_without_events"})


def event_byte(found: Ground, chance: Random) -> Change:
    """One letter of a line."""
    service, position, line = _one(found, chance, "select position, line from log.events")
    place = chance.randrange(len(line))
    letter = chance.choice([c for c in "abcxyz0189{}:\\" if c != line[place]])
    line = f"overlay(line placing $x${letter}$x$ from {place + 1})"
    sql = f"update log.events set line = {line} where position = {position}"
    return Change("event", service, sql, frozenset({"leaf_differs"}), position, None, TREES, ("log.events",))


def event_column(found: Ground, chance: Random) -> Change:
    """What stands beside a line."""
    service, position = _one(found, chance, "select position from log.events")
    column, value = chance.choice(
        [("stream", "stream || '.x'"), ("version", "version + 40"), ("type", "type || 'X'"), ("leaf", "sha256(leaf)")]
    )
    code, beside = ("leaf_differs", TREES) if column == "leaf" else ("column_differs", frozenset[str]())
    sql = f"update log.events set {column} = {value} where position = {position}"
    return Change("event", service, sql, frozenset({code}), position, None, beside, ("log.events",))


def event_gone(found: Ground, chance: Random) -> Change:
    """An event that is neither the first nor the last."""
    service, position = _one(
        found, chance, "select position from log.events where position < (select max(position) from log.events)"
    )
    beside = TREES | RECEIPTS | {"version_gap", "claim_unfounded", "records_differ"}
    sql = f"delete from log.events where position = {position}"
    return Change("event", service, sql, frozenset({"position_missing"}), position, None, beside, ("log.events",))


def checkpoint_gone(found: Ground, chance: Random) -> Change:
    """One checkpoint, the newest included."""
    service, size = _one(found, chance, "select size from log.checkpoints")
    sql = f"delete from log.cosignatures where size = {size}; delete from log.checkpoints where size = {size}"
    return Change("checkpoint", service, sql, frozenset({"checkpoint_missing"}), tables=_CHECKPOINTS)


def checkpoints_gone(found: Ground, chance: Random) -> Change:
    """All checkpoints but one."""
    service, size = _one(found, chance, "select size from log.checkpoints")
    sql = f"delete from log.cosignatures where size <> {size}; delete from log.checkpoints where size <> {size}"
    return Change("checkpoint", service, sql, frozenset({"checkpoint_missing"}), tables=_CHECKPOINTS)


def checkpoint_moment(found: Ground, chance: Random) -> Change:
    """The moment beside a checkpoint."""
    service, size = _one(found, chance, "select size from log.checkpoints")
    sql = f"update log.checkpoints set signed_at = signed_at - {chance.randrange(1, 10**9)} where size = {size}"
    return Change("checkpoint", service, sql, frozenset({"checkpoint_mistimed"}), size, tables=_CHECKPOINTS)


def checkpoint_text(found: Ground, chance: Random) -> Change:
    """A letter of the roots, of the place or of the signatures that are under the text."""
    service, size, note = _one(found, chance, "select size, note from log.checkpoints")
    start = note.index("\n", note.index("\n") + 1) + 1
    place = chance.choice([at for at in range(start, len(note)) if note[at].isalnum()])
    letter = chance.choice([c for c in "ABCxyz019" if c != note[place]])
    sql = f"update log.checkpoints set note = overlay(note placing '{letter}' from {place + 1}) where size = {size}"
    codes = frozenset({"signature_invalid", "checkpoint_unreadable"})
    beside = frozenset({"checkpoint_mistimed"})
    return Change("checkpoint", service, sql, codes, None, None, beside, _CHECKPOINTS)


def digest(found: Ground, chance: Random) -> Change:
    """The digest of a command."""
    service, command, position = _one(found, chance, "select id, position from log.commands")
    sql = f"update log.commands set digest = sha256(digest || '\\x00') where id = '{command}'"
    row = f"command {command}"
    return Change("command", service, sql, frozenset({"record_differs"}), position, row, tables=("log.commands",))


def receipt(found: Ground, chance: Random) -> Change:
    """The result in a receipt, which nothing else says."""
    service, command, position = _one(found, chance, "select id, position from log.commands")
    result = """replace(receipt, '"result":{', '"result":{"x":1')"""
    sql = f"update log.commands set receipt = {result} where id = '{command}'"
    row = f"command {command}"
    return Change("command", service, sql, frozenset({"record_differs"}), position, row, tables=("log.commands",))


def command_gone(found: Ground, chance: Random) -> Change:
    """A command, with what it was answered."""
    service, command, record = _one(found, chance, "select id, record from log.commands")
    sql = f"delete from log.commands where id = '{command}'"
    row = f"record {record}"
    codes, beside = frozenset({"record_missing"}), RECEIPTS
    return Change("command", service, sql, codes, None, row, beside, ("log.commands",))


def command_invented(found: Ground, chance: Random) -> Change:
    """A command that nobody gave: its id answers as if it had been."""
    service, command, position = _one(found, chance, "select id, position from log.commands")
    copy = f"select id || '.x', digest, receipt, position from log.commands where id = '{command}'"
    sql, row = f"insert into log.commands {copy}", f"command {command}.x"
    codes = frozenset({"record_unfounded"})
    return Change("command", service, sql, codes, position, row, RECEIPTS, ("log.commands",))


def command_with_leaf(found: Ground, chance: Random) -> Change:
    """A command that is signed, its leaf made to fit."""
    query = "select id, digest, receipt, position, record from log.commands where record < 25"
    service, command, _, text, position, record = _one(found, chance, query)
    leaf = CommandRow(command, b"\x07", text.encode(), position).leaf(record)
    sql = f"update log.commands set digest = '\\x07', leaf = '\\x{leaf.hex()}' where id = '{command}'"
    return Change("command", service, sql, frozenset({"records_differ"}), tables=("log.commands",))


def parked_forged(found: Ground, chance: Random) -> Change:
    """A foreign event that is said to be parked."""
    position = chance.randrange(1, 20)
    sql = f"insert into log.parked values ('allocation', {position}, 'allocation:{position}', 'synthetic', 1)"
    row = f"parked allocation:{position}"
    return Change("parked", "attendance", sql, frozenset({"record_unfounded"}), None, row, tables=("log.parked",))


def parked_changed(found: Ground, chance: Random) -> Change:
    """A column of a parked event."""
    _, source, position, _ = _one(found, chance, "select source, position, reason from log.parked", "attendance")
    column = chance.choice(["reason = 'another'", "command = command || '.x'", "parked_at = parked_at + 1"])
    sql = f"update log.parked set {column} where source = '{source}' and position = {position}"
    row = f"parked {source}:{position}"
    return Change("parked", "attendance", sql, frozenset({"record_differs"}), None, row, tables=("log.parked",))


def parked_gone(found: Ground, chance: Random) -> Change:
    """A parked event, as if it had been decided."""
    _, position, record = _one(found, chance, "select position, record from log.parked", "attendance")
    sql = f"delete from log.parked where position = {position}"
    codes, row = frozenset({"record_missing"}), f"record {record}"
    return Change("parked", "attendance", sql, codes, None, row, frozenset({"fact_not_taken"}), ("log.parked",))


def parked_with_leaf(found: Ground, chance: Random) -> Change:
    """A parked event that is signed, its leaf made to fit."""
    query = "select source, position, command, parked_at, record from log.parked"
    _, source, position, command, parked_at, record = _one(found, chance, query, "attendance")
    leaf = ParkedRow(source, position, command, "another", parked_at).leaf(record)
    sql = f"update log.parked set reason = 'another', leaf = '\\x{leaf.hex()}' where record = {record}"
    return Change("parked", "attendance", sql, frozenset({"records_differ"}), tables=("log.parked",))


def mark_changed(found: Ground, chance: Random) -> Change:
    """A mark of how far the intake was, not the last, its leaf made to fit or not."""
    query = "select record, position from log.intake where record < (select max(record) from log.intake) - 6"
    _, record, position = _one(found, chance, query, "attendance")
    leaf = IntakeRow("allocation", position + 1).leaf(record)
    fit = f", leaf = '\\x{leaf.hex()}'" if chance.random() < 0.5 else ""
    sql = f"update log.intake set position = position + 1{fit} where record = {record}"
    codes = frozenset({"records_differ"} if fit else {"record_differs"})
    return Change("intake", "attendance", sql, codes, tables=("log.intake",))


def inbox(found: Ground, chance: Random) -> Change:
    """The row that says up to where foreign events were taken in."""
    ahead = chance.random() < 0.5
    sql = f"update log.inbox set position = position {'+' if ahead else '-'} {chance.randrange(1, 9)}"
    codes = frozenset({"inbox_ahead" if ahead else "inbox_behind"})
    return Change("intake", "attendance", sql, codes, None, "inbox allocation", tables=("log.inbox",))


def head(found: Ground, chance: Random) -> Change:
    """The row of the head."""
    service = chance.choice(SERVICES)
    column = chance.choice(["position", "recorded_at", "records"])
    step = chance.choice([-3, -1, 1, 7])
    codes = frozenset({"head_differs", "record_missing"} if column == "records" and step > 0 else {"head_differs"})
    sql = f"update log.head set {column} = {column} + {step}"
    return Change("head", service, sql, codes, tables=("log.head",))


def name(found: Ground, chance: Random) -> Change:
    """A name that a stream holds."""
    _, key = _one(found, chance, "select key from log.claims", "allocation")
    sql = chance.choice(
        [
            f"delete from log.claims where key = '{key}'",
            f"update log.claims set stream = stream || '.x' where key = '{key}'",
            f"insert into log.claims values ('{key}.x', 'unit/x')",
        ]
    )
    return Change("claim", "allocation", sql, frozenset({"claim_missing", "claim_unfounded"}), tables=("log.claims",))


def relay(found: Ground, chance: Random) -> Change:
    """How far a relay has come: past the end of the log."""
    sql = f"insert into log.relay select 'bus', position + {chance.randrange(1, 99)} from log.head"
    service, codes = chance.choice(SERVICES), frozenset({"mark_ahead"})
    return Change("relay", service, sql, codes, None, "relay bus", tables=("log.relay",))


_CHECKPOINTS = ("log.cosignatures", "log.checkpoints")
ROWS = (
    *(event_byte, event_column, event_gone, checkpoint_gone, checkpoints_gone, checkpoint_moment, checkpoint_text),
    *(digest, receipt, command_gone, command_invented, command_with_leaf, parked_forged, parked_changed, parked_gone),
    *(parked_with_leaf, mark_changed, inbox, head, name, relay),
)


def _one(found: Ground, chance: Random, sql: str, service: str = "") -> tuple[Any, ...]:
    """The service (any, where none is given) and a row of ``sql``, drawn."""
    service = service or chance.choice(SERVICES)
    return service, *chance.choice(sorted(found.rows(service, sql)))
