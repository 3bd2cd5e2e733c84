"""How far a log is witnessed, read from a real database: nine of thirteen, eight, and nobody's names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from click.testing import CliRunner

from audit.live import Live
from audit.sources import Unreadable
from audit.witness.cli import witness
from audit.witness.gap import Gap, gaps
from kernel.proof import notes
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.policy import Policy
from tests.kit.databases import Database, fresh

LOG = notes.Signer("paizhu/21/personnel", notes.ED25519, b"\x05" * 32)
CITIES = {
    code: notes.Signer(f"paizhu/21/witness/{code}", notes.COSIGNATURE, code.encode() * 8)
    for code in (f"21{number:02}" for number in range(1, 14))
}
SECOND = 1_790_000_000


@pytest.fixture
def database(postgres_server: Any) -> Iterator[Database]:
    with fresh(postgres_server.url, "personnel") as made:
        yield made["personnel"]


def thirteen() -> Policy:
    policy = Policy((LOG.verifier,))
    for code, city in CITIES.items():
        policy = policy.enrolled(code, city.verifier)
    return policy


def body(size: int) -> str:
    return Checkpoint(LOG.verifier.name, size, bytes([size]) * 32, b"\x02" * 32).body


def signed(database: Database, size: int, signatures: list[notes.Signature]) -> None:
    """Store a checkpoint of ``size`` events, signed a second per event after SECOND, with these cosignatures."""
    rows = [(size, line.name, line.line) for line in signatures]
    connection = psycopg2.connect(database.signer_url)
    try:
        with connection, connection.cursor() as cursor:
            note = notes.sign(body(size), LOG).text
            cursor.execute("insert into log.checkpoints values (%s, %s, %s)", (size, (SECOND + size) * 1_000_000, note))
            cursor.executemany("insert into log.cosignatures values (%s, %s, %s)", rows)
    finally:
        connection.close()


def by(count: int, size: int) -> list[notes.Signature]:
    return [city.signature(body(size), SECOND) for city in list(CITIES.values())[:count]]


def looked(database: Database, now: float) -> Gap:
    source = Live({"personnel": database.auditor_url})
    try:
        (found,) = gaps(source, thirteen(), now)
        return found
    finally:
        source.close()


def test_nine_of_thirteen_witness_and_eight_do_not(database: Database) -> None:
    assert looked(database, SECOND) == Gap("personnel", 0, 0, 0, None, {}, ())
    signed(database, 3, by(9, 3))
    found = looked(database, SECOND + 100)
    assert (found.signed, found.witnessed, found.waiting, found.loud) == (3, 3, None, False)
    assert found.missing == ("2110", "2111", "2112", "2113")
    signed(database, 5, by(8, 5))
    found = looked(database, SECOND + 5 + 60)
    assert (found.signed, found.witnessed, found.waiting, found.loud) == (5, 3, 60, False)
    assert found.missing == ("2109", "2110", "2111", "2112", "2113")
    assert (found.by["2108"], found.by["2109"]) == (5, 3)
    assert looked(database, SECOND + 5 + 61).loud


def test_signatures_of_nobody_and_of_another_checkpoint_count_for_nothing(database: Database) -> None:
    strangers = [notes.Signer(c.verifier.name, notes.COSIGNATURE, b"\x33" * 32) for c in CITIES.values()]
    signed(database, 3, [city.signature(body(3), SECOND) for city in strangers])
    signed(database, 4, by(13, 3))
    found = looked(database, SECOND)
    assert (found.witnessed, found.by, len(found.missing)) == (0, {}, 13)


def test_the_province_is_told_in_words_and_in_json(database: Database, tmp_path: Path) -> None:
    (tmp_path / "policy.txt").write_text(thirteen().text)
    where = ["policy", "--database", f"personnel={database.auditor_url}", "--keys", str(tmp_path)]
    signed(database, 3, by(9, 3))
    told = CliRunner().invoke(witness, [*where, "--json"])
    assert told.exit_code == 0
    shown = json.loads(told.stdout)
    assert (shown["quorum"], len(shown["witnesses"])) == ("9 of 13", 13)
    assert shown["services"]["personnel"]["witnessed"] == 3
    signed(database, 5, by(8, 5))  # signed long ago, as far as today's clock is concerned
    told = CliRunner().invoke(witness, where, env={"COLUMNS": "200"})
    assert told.exit_code == 1
    assert "waiting for witnesses" in told.output
    assert "2109 2110 2111 2112 2113" in told.output
    (tmp_path / "policy.txt").write_text("quorum\n")
    assert CliRunner().invoke(witness, where).exit_code == 2


def test_a_database_that_is_away_is_no_gap() -> None:
    source = Live({"personnel": "postgresql://nobody@127.0.0.1:1/none"})
    with pytest.raises(Unreadable):
        gaps(source, thirteen())
