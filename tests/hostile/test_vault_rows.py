"""A superuser changes whose keys there are: `audit verify` names the person, and nothing else.

The keys and the destroyed ones are held against the log of personnel. What is in a key nobody but its owner reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest

from audit.findings import Findings
from audit.lines import Lines
from audit.live import Live
from audit.vaulted import Vaulted
from audit.verify import Verification
from kernel.proof.policy import Policy
from tests.kit.databases import rows_of, run
from tests.kit.desk import Desk
from tests.kit.personnel.erasing import erase
from tests.kit.personnel.posted import posted
from tests.kit.personnel.told import told

Named = list[tuple[str, int | None, str]]
"""Code, position and row of each finding."""


class Office:
    """Personnel with one person erased and one not, as who has power over its database has it."""

    def __init__(self, desk: Desk, server: str) -> None:
        self.desk = desk
        self.gone, self.stays = (row["person"] for row in posted(desk))
        erase(desk, self.gone)
        self.superuser = server.rpartition("/")[0] + "/" + desk.database.url.rpartition("/")[2]

    def position(self, kind: str, person: str) -> int:
        """Where the event of that type about the person stands."""
        about = "line::json -> 'data' ->> 'person'"
        sql = f"select position from log.events where type = '{kind}' and {about} = '{person}'"
        ((position,),) = rows_of(self.superuser, sql)
        return int(position)

    def force(self, sql: str) -> None:
        """Run ``sql`` with the guards of the vault lifted, and put them back."""
        guards = {"vault.destroyed": "append_only", "vault.keys": "admit"}
        off, on = (
            ";".join(f"alter table {table} {act} trigger {guard}" for table, guard in guards.items())
            for act in ("disable", "enable always")
        )
        run(self.superuser, f"begin; {off}; {sql}; {on}; commit")

    def verify(self) -> Named:
        """What verification finds."""
        with closing(Live({"personnel": self.desk.database.auditor_url})) as source:
            run = Verification(source, Policy(()), {})
            run.run(("personnel",), lambda service: lambda done, of: None)
            assert {one.service for one in run.findings} <= {"personnel"}
            return [(one.code, one.position, one.row) for one in run.findings]


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk], postgres_server: Any) -> Office:
    return Office(told(open_desk), postgres_server.url)


@pytest.fixture(autouse=True)
def mended(office: Office) -> Iterator[None]:
    places = ("vault.keys", "vault.destroyed")
    kept = {place: rows_of(office.superuser, f"select quote_literal(r) from {place} r") for place in places}
    yield
    for place, rows in kept.items():
        back = [f"insert into {place} select ({row}::{place}).*" for (row,) in rows]
        office.force(";".join([f"delete from {place}", *back]))


def test_nothing_is_named_where_nothing_was_changed_and_one_person_is_erased(office: Office) -> None:
    assert office.verify() == []


def test_whoever_may_never_have_a_key_again_without_having_been_erased_is_named(office: Office) -> None:
    row = f"person {office.stays}"
    office.force(f"insert into vault.destroyed (subject) values ('{office.stays}')")
    assert office.verify() == [("key_destroyed_unfounded", None, row)]
    office.force(f"delete from vault.keys where subject = '{office.stays}'")
    assert office.verify() == [("key_destroyed_unfounded", None, row)]


def test_somebody_whom_the_log_does_not_know_is_named_where_their_key_stands_as_destroyed(office: Office) -> None:
    office.force("insert into vault.destroyed (subject) values ('nobody')")
    assert office.verify() == [("key_destroyed_unfounded", None, "person nobody")]


def test_a_key_that_was_deleted_is_missed(office: Office) -> None:
    office.force(f"delete from vault.keys where subject = '{office.stays}'")
    at = office.position("PersonRegistered", office.stays)
    assert office.verify() == [("key_lost", at, f"person {office.stays}")]


@pytest.mark.parametrize(
    "change",
    [
        "delete from vault.destroyed where subject = '{gone}'",
        "update vault.destroyed set subject = subject || '.x'",
        "insert into vault.keys (subject, master, wrapped) select '{gone}', master, wrapped from vault.keys",
        "delete from vault.destroyed; update vault.keys set subject = '{gone}'",
    ],
)
def test_an_erased_person_who_has_a_key_or_could_have_one_is_named(office: Office, change: str) -> None:
    office.force(change.format(gone=office.gone))
    beside: Named = []
    if change.startswith("update"):
        beside = [("key_destroyed_unfounded", None, f"person {office.gone}.x")]
    elif "update" in change:
        beside = [("key_lost", office.position("PersonRegistered", office.stays), f"person {office.stays}")]
    erased = ("key_not_destroyed", office.position("PersonErased", office.gone), f"person {office.gone}")
    assert office.verify() == [erased, *beside]


def test_a_key_that_was_made_for_a_command_that_was_refused_is_no_finding(office: Office) -> None:
    made = "insert into vault.keys (subject, master, wrapped) select 'refused-later', master, wrapped from vault.keys"
    run(office.desk.database.url, made)
    assert office.verify() == []


def test_what_is_done_while_the_log_is_read_is_no_finding(open_desk: Callable[..., Desk], postgres_server: Any) -> None:
    own = Office(told(open_desk), postgres_server.url)
    findings = Findings()
    with closing(Live({"personnel": own.desk.database.auditor_url})) as source:
        with closing(Vaulted("personnel", source, findings)) as vaulted:
            erase(own.desk, own.stays)
            _read(source, vaulted)
        with closing(Vaulted("personnel", source, findings)) as vaulted:
            _read(source, vaulted)
    assert list(findings) == []


def test_an_auditor_learns_whose_keys_there_are_and_nothing_of_them(office: Office) -> None:
    auditor = office.desk.database.auditor_url
    assert rows_of(auditor, "select subject from vault.keys") == [(office.stays,)]
    assert rows_of(auditor, "select subject from vault.destroyed") == [(office.gone,)]
    for column in ("wrapped", "master", "made_at"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            rows_of(auditor, f"select {column} from vault.keys")
    for table in ("masters", "keys", "destroyed"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            rows_of(auditor, f"select * from vault.{table}")


def test_a_database_that_does_not_let_the_auditor_read_it_is_named_in_words(office: Office) -> None:
    auditor = office.desk.database.roles["auditor"]
    run(office.superuser, f"revoke usage on schema vault from {auditor}")
    try:
        said = office.verify()
    finally:
        run(office.superuser, f"grant usage on schema vault to {auditor}")
    assert said == [
        ("right_differs", None, "grant schema vault auditor usage"),
        ("log_unreadable", None, "schema vault"),
    ]


def _read(source: Live, vaulted: Vaulted) -> None:
    """Hold the whole log against the vault."""
    lines = Lines("personnel", Findings())
    for page in source.pages("personnel"):
        vaulted.page(page, lines.page(page)[1])
    vaulted.finish()
    source.release("personnel")
