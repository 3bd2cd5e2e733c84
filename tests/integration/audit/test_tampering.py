"""What else somebody with power over a database can do, and the finding each of it gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from audit.findings import Finding
from kernel.proof import notes
from kernel.proof.checkpoint import Checkpoint
from tests.kit.audit.archive import Archive, archive
from tests.kit.audit.rewriting import kept, lines_of, rewrite
from tests.kit.databases import run

Expected = set[tuple[str, str, int | None]]

# What is done to one of the two databases, and what is found. Allocation has 296 events of 200 commands, c-0 with the
# first three; attendance has 300, of which 270 notes the last event of allocation and 1 the first.
CASES: dict[str, tuple[str, str, Expected]] = {
    "an event is gone": (
        "attendance",
        "delete from log.events where position = 299",
        {("position_missing", "attendance", 299), ("receipt_differs", "attendance", 299)},
    ),
    "a command is gone": (
        "allocation",
        "delete from log.commands where id = 'c-1'",
        {("command_missing", "allocation", 4), ("record_missing", "allocation", None)},
    ),
    "a digest is another": (
        "allocation",
        "update log.commands set digest = sha256(digest) where id = 'c-1'",
        {("record_differs", "allocation", 4)},
    ),
    "the result of a receipt is another": (
        "allocation",
        """update log.commands set receipt = replace(receipt, '"result":{', '"result":{"x":1') where id = 'c-1'""",
        {("record_differs", "allocation", 4)},
    ),
    "a digest is another with its leaf": (
        "allocation",
        "update log.commands set digest = '\\x00', leaf = sha256('\\x00'::bytea || convert_to(concat_ws(e'\\n',"
        " 'command', record, id, '00', position, receipt), 'UTF8')) where id = 'c-1'",
        {("records_differ", "allocation", None)},
    ),
    "two records have changed places": (
        "allocation",
        "update log.commands set record = -record where id in ('c-1', 'c-2');"
        "update log.commands set record = case id when 'c-1' then 3 else 2 end where id in ('c-1', 'c-2')",
        {
            ("record_differs", "allocation", 4),
            ("record_differs", "allocation", 5),
            ("records_differ", "allocation", None),
        },
    ),
    "a foreign event is said to be parked": (
        "attendance",
        "insert into log.parked values ('allocation', 4, 'allocation:4', 'synthetic', 1)",
        {("record_unfounded", "attendance", None)},
    ),
    "a mark of the intake is gone": (
        "attendance",
        "delete from log.intake where record = (select min(record) from log.intake)",
        {("record_missing", "attendance", None)},
    ),
    "the head counts other records": (
        "attendance",
        "update log.head set records = records - 1",
        {("head_differs", "attendance", None)},
    ),
    "a checkpoint was signed at another moment": (
        "attendance",
        "update log.checkpoints set signed_at = signed_at - 1 where size = 300",
        {("checkpoint_mistimed", "attendance", 300)},
    ),
    "the first checkpoint is gone": (
        "attendance",
        "delete from log.cosignatures where size = 210; delete from log.checkpoints where size = 210",
        {("checkpoint_missing", "attendance", 300)},
    ),
    "a receipt counts other events": (
        "allocation",
        "update log.commands set receipt = replace(receipt, 'OfficeHolderRecorded', 'Invented') where id = 'c-1'",
        {("receipt_differs", "allocation", 4), ("record_differs", "allocation", 4)},
    ),
    "a receipt names another version": (
        "allocation",
        "update log.commands set receipt = replace(receipt, ':1}}', ':2}}') where id = 'c-1'",
        {("receipt_differs", "allocation", 4), ("record_differs", "allocation", 4)},
    ),
    "a receipt cannot be read": (
        "allocation",
        "update log.commands set receipt = left(receipt, 20) where id = 'c-1'",
        {(code, "allocation", 4) for code in ("receipt_differs", "command_missing", "record_differs")},
    ),
    "a command that led to nothing claims to have": (
        "allocation",
        "insert into log.commands select 'invented', digest, replace(receipt, ':4,', ':297,'), 297 from log.commands"
        " where id = 'c-1'",
        {("command_without_events", "allocation", 297), ("record_unfounded", "allocation", 297)},
    ),
    "a claim is gone": (
        "allocation",
        "delete from log.claims where key = 'unit-name:合成单位3'",
        {("claim_missing", "allocation", 7)},
    ),
    "a claim is another stream's": (
        "allocation",
        "update log.claims set stream = 'unit/u-6' where key = 'unit-name:合成单位3'",
        {("claim_missing", "allocation", 7)},
    ),
    "a name is held that nobody claimed": (
        "allocation",
        "insert into log.claims values ('unit-name:x', 'unit/u-3')",
        {("claim_unfounded", "allocation", None)},
    ),
    "the head says more": (
        "attendance",
        "update log.head set position = position + 1",
        {("head_differs", "attendance", 300)},
    ),
    "the head was recorded later": (
        "attendance",
        "update log.head set recorded_at = recorded_at + 1",
        {("head_differs", "attendance", 300)},
    ),
    "a stored subtree is another": (
        "attendance",
        "update log.subtrees set sm3 = sha256, sha256 = sm3",
        {("subtree_differs", "attendance", 256)},
    ),
    "a subtree is of events that are not there": (
        "attendance",
        "insert into log.subtrees select 1, 1, sha256, sm3 from log.subtrees",
        {("subtree_differs", "attendance", 512)},
    ),
    "a checkpoint says another root": (
        "attendance",
        "update log.checkpoints set note = overlay(note placing 'AAAA' from position(e'\\n300\\n' in note) + 5)"
        " where size = 300",
        {("signature_invalid", "attendance", 300)},
    ),
    "a checkpoint is no checkpoint": (
        "attendance",
        "update log.checkpoints set note = 'synthetic' where size = 300",
        {("checkpoint_unreadable", "attendance", None), ("checkpoint_unreadable", "attendance", 300)},
    ),
    "a cosignature is of another checkpoint": (
        "attendance",
        "update log.cosignatures a set signature = b.signature from log.cosignatures b where a.size = 300"
        " and b.size = 210 and a.witness = 'city-1' and b.witness = 'city-1'",
        {("cosignature_invalid", "attendance", 300)},
    ),
    "the inbox says more than the source has": (
        "attendance",
        "update log.inbox set position = position + 7",
        {("inbox_ahead", "attendance", None)},
    ),
    "the inbox says less than was taken in": (
        "attendance",
        "update log.inbox set position = position - 1",
        {("inbox_behind", "attendance", None)},
    ),
}


@pytest.fixture(scope="module")
def sound(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two witnessed checkpoints, more than one block of 256 events. Tests that change it mend it."""
    with archive(postgres_server.url, tmp_path_factory.mktemp("archive")) as found:
        for commands in (140, 60):
            found.grow(commands)
            found.sign()
        yield found


def codes(findings: list[Finding]) -> Expected:
    return {(finding.code, finding.service, finding.position) for finding in findings}


@pytest.mark.parametrize("case", CASES)
def test_it_is_found(sound: Archive, case: str) -> None:
    service, sql, expected = CASES[case]
    with kept(sound.victims[service]):
        sound.victims[service].force(sql)
        _, findings = sound.verify()
    assert codes(findings) == expected


def test_everything_is_mended(sound: Archive) -> None:
    assert sound.verify()[1] == []


def test_a_trigger_that_is_off_is_found(sound: Archive) -> None:
    victim = sound.victims["allocation"]
    for table in ("events", "cosignatures"):
        run(victim.superuser, f"alter table log.{table} disable trigger append_only")
        _, findings = sound.verify()
        assert [(f.code, f.where) for f in findings] == [("guard_off", f"allocation trigger log.{table} append_only")]
        run(victim.superuser, f"alter table log.{table} enable always trigger append_only")


def test_a_history_rewritten_and_signed_anew_is_found_by_what_a_witness_holds(sound: Archive) -> None:
    with kept(sound.victims["allocation"]):
        held = sound.cosign("allocation", sound.cities)
        rewrite(sound, "allocation", lines_of(sound, "allocation", position=17, occurred_on="2018-05-03"))
        assert sound.verify()[1] == []  # nothing in the province contradicts it
        _, findings = sound.verify(allocation=[held])
    assert codes(findings) == {("fork", "allocation", 296)}
    assert findings[0].sentence == "a witness holds another history of the first 296 events, signed by this log"


def test_a_log_cut_at_its_end_is_found_by_what_a_witness_holds(sound: Archive) -> None:
    with kept(sound.victims["attendance"]):
        held = sound.cosign("attendance", sound.cities)
        rewrite(sound, "attendance", sound.lines("attendance")[:-4])
        assert sound.verify()[1] == []
        _, findings = sound.verify(attendance=[held])
    assert codes(findings) == {("log_cut", "attendance", 296)}
    assert "a witness holds a checkpoint over 300 events" in findings[0].sentence


def test_a_log_cut_behind_its_own_checkpoint_is_found_without_a_witness(sound: Archive) -> None:
    with kept(sound.victims["attendance"]):
        sound.victims["attendance"].force(
            "delete from log.events where position > 296; delete from log.commands where position > 296;"
            "update log.head set (position, recorded_at) = (select position, (line::json ->> 'recorded_at')::bigint"
            " from log.events order by position desc limit 1)"
        )
        _, findings = sound.verify()
    assert codes(findings) == {("log_cut", "attendance", 296), ("record_missing", "attendance", None)}


def test_a_note_in_the_logs_name_that_the_log_never_signed_is_no_witness(sound: Archive) -> None:
    stranger = notes.Signer(sound.signers["attendance"].verifier.name, notes.ED25519, b"\x07" * 32)
    body = Checkpoint(stranger.verifier.name, 900, b"\0" * 32, b"\0" * 32).body
    _, findings = sound.verify(attendance=[notes.sign(body, stranger).text])
    assert codes(findings) == {("signature_invalid", "attendance", 900)}


@pytest.fixture
def own(postgres_server: Any, tmp_path: Path) -> Iterator[Archive]:
    """A small archive of the test's own."""
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(20)
        yield found


def test_a_fact_skipped_taken_twice_or_invented_is_found(own: Archive) -> None:
    taker = own.taker.log
    facts = [orjson.loads(line) for line in own.lines("attendance")]
    first, second = (f for f in facts if f["causation"] in ("allocation:4", "allocation:5"))
    # Allocation goes on; the reactor's inbox is moved over what it should have taken in.
    own.skip(3)
    _, findings = own.verify()
    skipped = {("fact_not_taken", "allocation", position) for position in own.skipped}
    assert skipped
    assert codes(findings) == skipped
    # The same fact under another command, and a fact that never was.
    for name, causation in (("again", first["causation"]), ("never", "allocation:9000")):
        own.note(name, causation)
    position = taker.head()[0]
    _, findings = own.verify()
    assert codes(findings) - skipped == {
        ("fact_twice", "attendance", position - 1),
        ("fact_unknown", "attendance", position),
    }
    assert second["causation"] == "allocation:5"


def test_a_system_at_work_gives_no_finding(own: Archive) -> None:
    stop = threading.Event()
    failed: list[Exception] = []

    def work() -> None:
        try:
            while not stop.is_set():
                own.grow(5)
                own.sign(cosign=1)
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        seen = []
        for _ in range(12):
            verified, findings = own.verify()
            assert findings == []
            seen.append(sum(found.events for found in verified))
    finally:
        stop.set()
        thread.join()
    assert failed == []
    assert seen[-1] > seen[0]
