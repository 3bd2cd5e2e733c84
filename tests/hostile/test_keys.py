"""Whoever may write into the log of personnel and no more tries to destroy a key, or to end a hold, by their own lines.

The role of the application inserts; each attempt lacks one of the things the law of two hands asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from deploy.local.postgres import Postgres
from deploy.local.servers import GivenDatabase
from kernel.config import Config
from kernel.vault import Vault
from kernel.vault import postgres as vault_postgres
from tests.kit.databases import Database, fresh, rows_of, run
from tests.kit.personnel.erasing import DIGEST, HELD, Said, inserts, steps

ASKED, APPROVED, EXPORTED, ERASED = steps()
LIFT_ASKED: Said = ("HoldLiftRequested", "s-1", {"hold": "案-1", "requester": "s-1", "reason": "x"})
LIFTED: Said = ("LegalHoldLifted", "s-2", {"hold": "案-1"})
OLD: Said = ("PersonalDataExported", "s-1", {"requester": "s-1"})
OTHER = steps(digest="0b" * 32)[2]
ONE = steps(second="S-1")
BROAD = steps(second="ｓ－１")
BLANK = steps(second="s-1 ")
FORGED: Said = ("ErasureApproved", "s-1", {"requester": "s-1", "approver": "s-2"})
MISNAMED: Said = ("ErasureApproved", "s-3", {"requester": "s-1", "approver": "s-2"})
MISASKED: Said = ("ErasureRequested", "s-1", {"requester": "s-3", "reason": "x"})
ELSEWHERE: Said = ("PersonErased", "s-1", {**ERASED[2], "person": "b"})
NOBODYS = tuple((kind, None, {**data, "requester": None, "approver": None}) for kind, _, data in steps())
ATTEMPTS: dict[str, tuple[Said, ...]] = {
    "nothing before": (ERASED,),
    "no request": (APPROVED, EXPORTED, ERASED),
    "no approval": (ASKED, EXPORTED, ERASED),
    "no hand-over": (ASKED, APPROVED, ERASED),
    "the hand-over before the approval": (ASKED, EXPORTED, APPROVED, ERASED),
    "a hand-over without a digest": (ASKED, APPROVED, OLD, ERASED),
    "another file": (ASKED, APPROVED, OTHER, ERASED),
    "an older file": (ASKED, APPROVED, EXPORTED, OTHER, ERASED),
    "64 zeros": (ASKED, APPROVED, EXPORTED, steps(digest="0" * 64)[3]),
    "nobody at all": NOBODYS,
    "a hold that nobody lifts": (HELD, LIFT_ASKED, ("LegalHoldLifted", None, {"hold": "案-1"})),
    "one account in capitals": ONE,
    "one account in full width": BROAD,
    "one account with a blank": BLANK,
    "an approval of who asked": (ASKED, FORGED, EXPORTED, ERASED),
    "an approval in the name of another": (ASKED, MISNAMED, EXPORTED, ERASED),
    "a request in the name of another": (MISASKED, APPROVED, EXPORTED, ERASED),
    "an approval of another request": (ASKED, APPROVED, EXPORTED, ASKED, ERASED),
    "another destroys": (ASKED, APPROVED, EXPORTED, steps(first="s-3")[3]),
    "of another person": (ASKED, APPROVED, EXPORTED, ELSEWHERE),
    "a hold": (HELD, ASKED, APPROVED, EXPORTED, ERASED),
    "a hold laid anew": (HELD, LIFT_ASKED, LIFTED, HELD, ASKED, APPROVED, EXPORTED, ERASED),
    "a hold that nobody asked to lift": (HELD, LIFTED),
    "a hold lifted by who asked": (HELD, LIFT_ASKED, ("LegalHoldLifted", "Ｓ-1", {"hold": "案-1"})),
    "a hold lifted by an older request": (HELD, LIFT_ASKED, LIFTED, HELD, LIFTED),
    "another hold": (HELD, LIFT_ASKED, ("LegalHoldLifted", "s-2", {"hold": "案-2"})),
}


@pytest.fixture(scope="module")
def database(postgres_server: Postgres | GivenDatabase) -> Iterator[Database]:
    with fresh(postgres_server.url, "personnel") as made:
        yield made["personnel"]


@pytest.fixture(scope="module")
def vault(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Vault:
    keys: Path = tmp_path_factory.mktemp("keys")
    opened: Vault = vault_postgres.tools(Config(db=database.url, keys=keys))["vault"]
    return opened


def head(database: Database) -> int:
    ((events,),) = rows_of(database.owner_url, "select count(*) from log.events")
    return int(events)


@pytest.mark.parametrize("name", ATTEMPTS)
@pytest.mark.parametrize("how", ["line by line", "in one statement"])
def test_a_line_destroys_no_key_where_the_log_does_not_hold_the_rest(
    database: Database, vault: Vault, name: str, how: str
) -> None:
    person = f"{name} {how}".replace(" ", "-")
    sealed = vault.seal(person, "x")
    *before, last = inserts(person, ATTEMPTS[name], head(database) + 1)
    if how == "line by line":
        for statement in before:
            run(database.url, statement)
        stored, attack = head(database), last
    else:
        first, *rest = [*before, last]
        stored, attack = head(database), ", ".join([first, *(one.split(" values ", 1)[1] for one in rest)])
    with pytest.raises(psycopg2.Error) as refused:
        run(database.url, attack)
    assert refused.value.pgcode == "PZ004"
    assert head(database) == stored
    assert vault.open(person, sealed) == "x"


@pytest.mark.parametrize("line", ["", "{}", "no json"])
def test_a_line_that_says_nothing_destroys_no_key(database: Database, vault: Vault, line: str) -> None:
    sealed, stored = vault.seal("bare", "x"), head(database)
    for stream in ("privacy/bare", "bare", "access/2026-11-02"):
        with pytest.raises(psycopg2.Error):
            run(
                database.url,
                "insert into log.events (position, stream, version, type, line, leaf)"
                f" values ({stored + 1}, '{stream}', 1, 'PersonErased', '{line}', '')",
            )
    assert (head(database), vault.open("bare", sealed)) == (stored, "x")


@pytest.mark.parametrize("lifted", [(), (HELD, LIFT_ASKED, LIFTED)], ids=["never held", "lifted by two"])
def test_the_whole_of_it_destroys_the_key_of_that_person_alone(
    database: Database, vault: Vault, lifted: tuple[Said, ...]
) -> None:
    gone, stays = f"gone-{len(lifted)}", f"stays-{len(lifted)}"
    sealed = [(one, vault.seal(one, "x")) for one in (gone, stays)]
    said = (*lifted, *steps(digest=DIGEST))
    for statement in inserts(gone, said, head(database) + 1):
        run(database.url, statement)
    assert vault.open_all(sealed, gone=None) == [None, "x"]
