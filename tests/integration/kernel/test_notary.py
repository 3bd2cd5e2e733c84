"""The notary on a real database: what it signs, what it reads for that, and everything it refuses to sign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from kernel import merkle
from kernel.merkle import leaf_hash, sm3
from kernel.proof import checkpoint, notes
from kernel.proof.notary import Notary, Restored
from kernel.proof.signedstate import Damaged, SignedState
from kernel.proof.signing import Signing
from kernel.proof.twopaths import Tampered
from tests.kit.audit.tampering import TABLES, Victim
from tests.kit.databases import Database, fresh, rows_of, run
from tests.kit.waiting import eventually

SIGNER = notes.Signer("paizhu/21/probe", notes.ED25519, bytes(range(32)))


@pytest.fixture
def victim(postgres_server: Any) -> Iterator[Victim]:
    with fresh(postgres_server.url, "probe") as made:
        yield Victim(made["probe"], postgres_server.url)


@pytest.fixture
def roles(log_database: Database, postgres_server: Any) -> Victim:
    """A log that no test of this module changes."""
    return Victim(log_database, postgres_server.url)


class Bench:
    """A notary at work: begin, follow, sign; counts the events it reads."""

    def __init__(self, victim: Victim, folder: Path) -> None:
        self.url = victim.database.signer_url
        self.state = SignedState(folder / "probe.json")
        self.read = 0

    def work(self) -> checkpoint.Checkpoint | None:
        """What a freshly started notary signs."""
        signing = Signing(self.url)
        events = signing.events

        def counted(after: int, most: int) -> list[tuple[int, bytes, bytes]]:
            found = events(after, most)
            self.read += len(found)
            return found

        signing.events = counted  # type: ignore[method-assign]
        try:
            eventually(signing.lock)  # PostgreSQL lets go of it a moment after the session before has ended
            notary = Notary(signing, SIGNER, self.state)
            notary.begin()
            while notary.follow():
                pass
            return notary.sign()
        finally:
            signing.close()


@pytest.fixture
def bench(victim: Victim, tmp_path: Path) -> Bench:
    return Bench(victim, tmp_path / "checkpoints")


def kept(victim: Victim) -> list[tuple[int, str]]:
    return rows_of(victim.database.auditor_url, "select size, note from log.checkpoints order by size")


def test_a_checkpoint_is_signed_over_every_line_and_never_rereads_them(victim: Victim, bench: Bench) -> None:
    for before, size in ((0, 3), (3, 300), (300, 66_000), (66_000, 66_001)):
        victim.append(size, before)
        bench.read = 0
        made = bench.work()
        assert made is not None
        assert made.size == size
        assert bench.read == size - before
    lines = [
        line.encode() for (line,) in rows_of(victim.database.auditor_url, "select line from log.events order by 1")
    ]
    lines.sort(key=lambda line: int(line.rpartition(b":")[2][:-1]))
    stood = kept(victim)
    assert [size for size, _ in stood] == [3, 300, 66_000, 66_001]
    for size, note in stood:
        found, _ = checkpoint.opened(note, SIGNER.verifier)
        assert found.origin == "paizhu/21/probe"
        assert found.root == merkle.root(leaf_hash(line) for line in lines[:size])
        assert found.sm3 == merkle.root((leaf_hash(line, sm3) for line in lines[:size]), sm3)
    counted = rows_of(victim.database.auditor_url, "select level, count(*) from log.subtrees group by 1 order by 1")
    assert counted == [(1, 257), (2, 1)]
    assert bench.work() is None


def test_a_changed_line_that_is_not_signed_yet_stops_signing_until_it_is_mended(victim: Victim, bench: Bench) -> None:
    victim.append(10)
    bench.work()
    victim.append(20, 10)
    victim.change(15)
    for _ in range(2):
        with pytest.raises(Tampered, match="position 15: the line is not the one its leaf was made of"):
            bench.work()
    assert [size for size, _ in kept(victim)] == [10]
    victim.mend(15)
    assert bench.work().size == 20


def test_a_line_changed_with_its_leaf_at_the_edge_of_what_was_signed_stops_signing(
    victim: Victim, bench: Bench
) -> None:
    victim.append(300)
    bench.work()
    victim.append(310, 300)
    victim.change(290, with_leaf=True)
    with pytest.raises(Tampered, match="the tree of the first 300 events is not the one that was signed"):
        bench.work()


def test_a_missing_event_stops_signing(victim: Victim, bench: Bench) -> None:
    victim.append(20)
    victim.force("delete from log.events where position = 7")
    with pytest.raises(Tampered, match="position 7: the event is missing; the next one there is 8"):
        bench.work()


@pytest.mark.parametrize("appended", [0, 4, 5, 200])
def test_a_restored_database_is_never_signed_again(victim: Victim, bench: Bench, appended: int) -> None:
    """Neither while it is shorter than what was signed, nor when other events have filled it up again."""
    victim.append(10)
    bench.work()
    victim.append(15, 10)
    bench.work()
    remembered = bench.state.load()
    victim.restore(10)
    if appended:
        victim.append(10 + appended, 10, word="other")
    expected, said = (
        (Restored, "the log ends at") if appended < 5 else (Tampered, "another tree of 15 events was signed")
    )
    for _ in range(2):
        with pytest.raises(expected, match=said):
            bench.work()
    assert [size for size, _ in kept(victim)] == [10]
    assert bench.state.load() == remembered


def test_a_cut_tail_is_noticed_while_at_work(victim: Victim, bench: Bench) -> None:
    victim.append(30)
    signing = Signing(bench.url)
    notary = Notary(signing, SIGNER, bench.state)
    notary.begin()
    notary.follow()
    notary.sign()
    victim.force("delete from log.events where position > 25")
    with pytest.raises(Restored, match="the log ends at 25, and 30 events were there"):
        notary.follow()
    signing.close()


def test_what_was_promised_before_a_crash_is_signed_after_it(victim: Victim, bench: Bench, monkeypatch: Any) -> None:
    """The memory was written, the checkpoint was not: the same tree is signed again, and what follows it."""
    victim.append(10)
    bench.work()
    victim.append(700, 10)

    def crash(*_: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Signing, "store", crash)
        with pytest.raises(RuntimeError):
            bench.work()
    assert bench.state.load().size == 700
    assert [size for size, _ in kept(victim)] == [10]
    victim.append(800, 700)
    assert bench.work().size == 800
    assert bench.work() is None


def test_a_memory_older_than_the_database_still_counts(victim: Victim, bench: Bench) -> None:
    victim.append(300)
    bench.work()
    old = bench.state.load()
    victim.append(900, 300)
    bench.work()
    assert old is not None
    bench.state.save(old)
    victim.append(901, 900)
    assert bench.work().size == 901


def test_a_lost_memory_is_known_to_be_lost(victim: Victim, bench: Bench) -> None:
    victim.append(300)
    bench.work()
    bench.state._path.unlink()
    victim.append(301, 300)
    signing = Signing(bench.url)
    notary = Notary(signing, SIGNER, bench.state)
    notary.begin()
    assert (notary.forgotten, notary.stored) == (True, 300)
    assert notary.signed.announced == 300  # what is old news is not told again
    assert not notary.follow()
    assert notary.sign() is not None
    notary.begin()
    assert (notary.forgotten, notary.stored) == (False, 301)
    signing.close()


def test_a_checkpoint_that_is_not_ours_is_not_built_on(victim: Victim, bench: Bench) -> None:
    victim.append(5)
    bench.work()
    bent = kept(victim)[0][1].replace("\n5\n", "\n6\n")
    run(victim.database.signer_url, f"insert into log.checkpoints values (6, 0, '{bent}')")
    victim.append(6, 5)
    with pytest.raises(Tampered, match="the last checkpoint is not ours"):
        bench.work()


def test_a_damaged_memory_is_no_fresh_start(victim: Victim, bench: Bench) -> None:
    victim.append(5)
    bench.work()
    path = bench.state._path
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    with pytest.raises(Damaged, match="bring it back from a copy"):
        bench.work()


@pytest.mark.req("X-050")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["update log.{} set {} = {}", "delete from log.{}", "truncate log.{} cascade"])
def test_no_one_changes_what_is_kept(roles: Victim, table: str, sql: str) -> None:
    first = {"commands": "id", "claims": "key", "events": "position", "parked": "source", "intake": "source"}
    column = {**first, "subtrees": "level", "record_subtrees": "level"}.get(table, "size")
    done = sql.format(table, column, column)
    for url in (roles.database.url, roles.database.signer_url, roles.database.auditor_url):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            run(url, done)
    for url, before in ((roles.database.owner_url, ""), (roles.superuser, "set session_replication_role = replica;")):
        with pytest.raises(psycopg2.errors.IntegrityError, match="append-only"):
            run(url, before + done)


@pytest.mark.parametrize(
    ("role", "sql"),
    [
        ("app", "insert into log.checkpoints values (1, 0, 'x')"),
        ("app", "insert into log.subtrees values (1, 0, sha256(''), sha256(''))"),
        ("signer", "insert into log.events values (1, 'a/1', 1, 'Counted', '{}', '')"),
        ("signer", "update log.head set position = 9"),
        ("signer", "select * from log.commands"),
        ("auditor", "insert into log.cosignatures values (1, 'x', 'y')"),
        ("auditor", "update log.relay set position = 0"),
        ("auditor", "create table read.other (n int)"),
    ],
)
def test_each_role_has_its_own_work_only(roles: Victim, role: str, sql: str) -> None:
    url = {"app": roles.database.url, "signer": roles.database.signer_url, "auditor": roles.database.auditor_url}
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(url[role], sql)


def test_the_auditor_reads_log_and_read_models_and_works_in_temporary_tables(roles: Victim) -> None:
    run(roles.database.url, "create table read.later (n int); insert into read.later values (7)")
    assert rows_of(roles.database.auditor_url, "select n from read.later") == [(7,)]
    for table in ("head", *TABLES, "inbox", "relay"):
        assert len(rows_of(roles.database.auditor_url, f"select * from log.{table}")) == (table == "head")
    run(roles.database.auditor_url, "create temporary table mine (n int)")
