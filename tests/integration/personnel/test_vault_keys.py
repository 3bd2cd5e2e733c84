"""The keys of persons in PostgreSQL: what each role may do to them, rotation whatever is killed, and destruction."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from deploy.local.postgres import Postgres
from deploy.local.servers import GivenDatabase
from kernel.ciphers import NATIONAL
from kernel.config import Config
from kernel.log.sessions import Readers
from kernel.vault import Destroyed, Retired, Vault, Wrapped, rotation
from kernel.vault import postgres as vault_postgres
from kernel.vault.masters import Masters, id_of
from tests.kit.databases import Database, fresh, rows_of, run
from tests.kit.personnel import erasing

REFUSED = psycopg2.errors.InsufficientPrivilege


@dataclass
class Place:
    """A database of personnel with the keys of one process."""

    database: Database
    config: Config

    @property
    def vault(self) -> Vault:
        """The vault as a process that starts now opens it."""
        vault: Vault = vault_postgres.tools(self.config)["vault"]
        return vault

    @property
    def masters(self) -> Masters:
        return vault_postgres.ring(self.config)

    def rotate(self, retire: bool = False, **options: Callable[[int], None]) -> rotation.Rotated:
        return rotation.rotate(self.database.security_url, self.vault, self.masters, retire=retire, **options)

    def wrapped(self) -> dict[str, Wrapped]:
        rows = rows_of(self.database.owner_url, "select subject, master, wrapped from vault.keys")
        return {subject: Wrapped(master, bytes(key)) for subject, master, key in rows}

    def erase(self, person: str) -> None:
        ((head,),) = rows_of(self.database.owner_url, "select count(*) from log.events")
        for statement in erasing.inserts(person, erasing.steps(), head + 1):
            run(self.database.url, statement)


@pytest.fixture
def place(postgres_server: Postgres | GivenDatabase, tmp_path: Path) -> Iterator[Place]:
    with fresh(postgres_server.url, "personnel") as made:
        yield Place(made["personnel"], Config(db=made["personnel"].url, keys=tmp_path))


@pytest.mark.parametrize(
    "statement",
    [
        "update vault.keys set wrapped = wrapped",
        "delete from vault.keys",
        "truncate vault.keys",
        "insert into vault.destroyed values ('p')",
        "delete from vault.destroyed",
        "update vault.masters set retired_at = null",
        "insert into vault.masters values ('m')",
        "select vault.destroy('p')",
        "select vault.keep('p')",
        "select vault.compact()",
        "select vault.rewrap('{}', '{}', '{}', 'm')",
        "select vault.retire('m')",
        "alter table vault.keys disable trigger all",
        "create table vault.copy as select * from vault.keys",
    ],
)
def test_the_application_writes_a_key_once_and_reads_it(place: Place, statement: str) -> None:
    with pytest.raises(REFUSED):
        run(place.database.url, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "insert into vault.keys (subject, wrapped) values ('p', repeat('x', 61)::bytea)",
        "update vault.keys set wrapped = wrapped",
        "delete from vault.keys",
        "select vault.destroy('p')",
        "select vault.destroy_erased()",
        "insert into vault.destroyed values ('p')",
        "select * from log.events",
        "select * from read.persons",
    ],
)
def test_the_security_role_makes_and_destroys_no_key_and_sees_nothing_else(place: Place, statement: str) -> None:
    with pytest.raises(REFUSED):
        run(place.database.security_url, statement)


@pytest.mark.parametrize("url", ["auditor_url", "signer_url"])
def test_nobody_else_sees_a_key(place: Place, url: str) -> None:
    with pytest.raises(REFUSED):
        run(getattr(place.database, url), "select * from vault.keys")


@pytest.mark.parametrize(
    "statement",
    ["delete from vault.destroyed", "truncate vault.destroyed", "update vault.destroyed set at = now()"],
)
def test_not_even_the_owner_changes_who_was_destroyed(place: Place, statement: str) -> None:
    place.vault.seal("a", 1)
    place.erase("a")
    with pytest.raises(psycopg2.errors.IntegrityConstraintViolation, match="append-only"):
        run(place.database.owner_url, statement)


def test_rotation_wraps_every_key_anew_and_leaves_what_is_sealed_alone(place: Place) -> None:
    vault = place.vault
    sealed = [(f"p{n}", blob) for n, blob in enumerate(vault.seal_all((f"p{n}", n) for n in range(1200)))]
    before, first = place.wrapped(), place.masters.current()[0]
    done: list[int] = []
    rotated = place.rotate(told=done.append)
    after = place.wrapped()
    assert (rotated.rewrapped, rotated.retired, done) == (1200, (), [500, 1000, 1200])
    assert {key.master for key in after.values()} == {rotated.master} != {first}
    assert not {key.key for key in before.values()} & {key.key for key in after.values()}
    # The vault that was open all the while goes on, reading and writing.
    assert vault.open_all(sealed) == list(range(1200))
    vault.seal("later", "x")
    assert place.wrapped()["later"].master == rotated.master


def test_retiring_destroys_the_older_generations_and_only_then(place: Place, tmp_path: Path) -> None:
    vault = place.vault
    sealed = vault.seal("a", "x")
    place.rotate()
    assert len(list(tmp_path.glob("vault-master*"))) == 2
    rotated = place.rotate(retire=True)
    assert [path.name for path in tmp_path.glob("vault-master*")] == ["vault-master-0003.key"]
    assert (len(rotated.retired), vault.open("a", sealed), place.vault.open("a", sealed)) == (2, "x", "x")


@pytest.mark.parametrize("where", ["in the first page", "between pages", "before retiring", "before discarding"])
def test_a_rotation_that_was_killed_is_finished_by_the_next(
    place: Place, where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Killed(BaseException):
        pass

    def killed(*given: object, **options: object) -> None:
        raise Killed

    sealed = [(f"p{n}", blob) for n, blob in enumerate(place.vault.seal_all((f"p{n}", n) for n in range(700)))]
    with monkeypatch.context() as patched:
        told = killed if where == "between pages" else lambda done: None
        if where == "in the first page":
            patched.setattr(Vault, "rewrap", killed)
        elif where == "before retiring":
            patched.setattr(rotation, "_retire", killed)
        elif where == "before discarding":
            patched.setattr(Masters, "discard", killed)
        with pytest.raises(Killed):
            place.rotate(retire=True, told=told)
    assert place.vault.open_all(sealed) == list(range(700))
    rotated = place.rotate(retire=True)
    assert len(list(tmp_path.glob("vault-master*"))) == 1
    assert {key.master for key in place.wrapped().values()} == {rotated.master}
    assert place.vault.open_all(sealed) == list(range(700))


def test_a_key_wrapped_by_a_master_that_was_retired_meanwhile_is_not_lost(place: Place) -> None:
    """A process that read the ring just before would store what nobody can unwrap; it is refused and wraps again."""
    vault = place.vault
    vault.seal("a", "x")
    old = place.masters.current()
    place.rotate(retire=True)
    store = vault_postgres.PostgresKeys(Readers(place.database.url))
    with pytest.raises(Retired):
        store.add({"late": Wrapped(old[0], bytes(61))})
    assert store.get(["late"]) == {}
    assert vault.open("late", vault.seal("late", "y")) == "y"


def test_keys_move_from_files_to_the_environment(place: Place, tmp_path: Path) -> None:
    sealed = place.vault.seal("a", "x")
    given = bytes(range(32))
    told = Config.of({"PAIZHU_MASTER_KEY": base64.b64encode(given).decode()}, need=())
    place.config = Config(db=place.database.url, keys=tmp_path, masters=told.masters, cipher=NATIONAL)
    rotated = place.rotate(retire=True)
    assert rotated.master == id_of(given)
    assert list(tmp_path.glob("vault-master*")) == []
    assert place.wrapped()["a"].key[0] == NATIONAL.version
    assert place.vault.open("a", sealed) == "x"
    with pytest.raises(ValueError, match="PAIZHU_MASTER_KEY"):
        place.rotate()


def test_the_event_destroys_the_key_in_its_own_transaction(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = place.vault
    sealed = [(s, vault.seal(s, s)) for s in ("a", "b")]
    with closing(psycopg2.connect(place.database.url)) as connection, connection.cursor() as cursor:
        cursor.execute(";".join(erasing.inserts("a", erasing.steps(), 1)))
        connection.rollback()
    assert vault.open_all(sealed) == ["a", "b"]
    place.erase("a")
    assert vault.open_all(sealed, gone=None) == [None, "b"]
    assert list(place.wrapped()) == ["b"]
    ((subject, at),) = rows_of(place.database.owner_url, "select subject, at from vault.destroyed")
    assert (subject, at.tzinfo is not None) == ("a", True)
    monkeypatch.setattr(vault, "_moment", 0.0)  # as when a moment has gone by
    with pytest.raises(Destroyed):
        vault.seal("a", "again")
    place.erase("never sealed for")
    with pytest.raises(Destroyed):
        vault.seal("never sealed for", "x")


def test_a_key_that_came_back_from_a_backup_is_destroyed_at_the_next_start(place: Place) -> None:
    vault = place.vault
    sealed = [(s, vault.seal(s, s)) for s in ("a", "b")]
    kept = place.wrapped()["a"]
    place.erase("a")
    run(
        place.database.owner_url,
        "alter table vault.keys disable trigger all; insert into vault.keys (subject, master, wrapped) values"
        f" ('a', '{kept.master}', '\\x{kept.key.hex()}'); alter table vault.keys enable always trigger admit",
    )
    assert vault.open("a", sealed[0][1]) == "a"
    started = place.vault
    assert started.open_all(sealed, gone=None) == [None, "b"]
    assert list(place.wrapped()) == ["b"]


def test_many_destroyed_one_after_the_other_while_others_are_made_and_read(place: Place) -> None:
    vault = place.vault
    sealed = [(f"p{n}", vault.seal(f"p{n}", n)) for n in range(40)]
    for n in range(0, 40, 4):
        place.erase(f"p{n}")
        vault.seal(f"new{n}", n)
        opened = vault.open_all(sealed, gone="gone")
        assert opened == ["gone" if not m % 4 and m <= n else m for m in range(40)]
    assert len(place.wrapped()) == 40


def test_the_planner_keeps_no_sample_of_a_wrapped_key(place: Place) -> None:
    place.vault.seal_all((f"p{n}", n) for n in range(300))
    run(place.database.owner_url, "analyze vault.keys")
    sampled = rows_of(place.database.owner_url, "select attname from pg_stats where schemaname = 'vault'")
    assert ("subject",) in sampled
    assert ("wrapped",) not in sampled


def test_a_damaged_key_stays_as_it_is_and_stops_no_rotation_of_the_others(place: Place) -> None:
    blobs = dict(zip("abc", place.vault.seal_all((person, person) for person in "abc"), strict=True))
    first, _ = place.masters.current()
    run(
        place.database.owner_url,
        "update vault.keys set wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20)) where subject = 'b'",
    )
    done = place.rotate(retire=True)
    assert (done.rewrapped, done.retired, done.damaged) == (2, (), ("b",))
    assert place.masters.ids() > {first, done.master}
    assert place.vault.open_all(blobs.items(), broken=None) == ["a", None, "c"]
    place.erase("b")
    again = place.rotate(retire=True)
    assert (set(again.retired), again.damaged) == ({first, done.master}, ())
