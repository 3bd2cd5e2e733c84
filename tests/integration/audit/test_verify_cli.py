"""`paizhu audit verify` as an auditor types it: what it prints, and with what it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.cli import audit
from tests.kit.audit.archive import Archive, archive


@pytest.fixture(scope="module")
def found(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One witnessed checkpoint, one that a city has not co-signed, and an event behind it."""
    with archive(postgres_server.url, tmp_path_factory.mktemp("archive")) as made:
        made.grow(20)
        made.sign()
        made.grow(4)
        made.sign(cosign=2)
        made.grow(1)
        yield made


def asked(archive: Archive, *words: object) -> Result:
    databases = [word for name, url in archive.addresses().items() for word in ("--database", f"{name}={url}")]
    where = [*databases, "--keys", archive.folder]
    return CliRunner().invoke(audit, [str(word) for word in ("verify", *where, *words)])


def test_it_says_how_far_the_logs_are_signed_and_who_is_missing(found: Archive) -> None:
    done = asked(found)
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert max(map(len, done.output.splitlines())) <= 80
    for log in json.loads(asked(found, "--json").output)["services"]:
        assert f"SHA-256 {log['sha256']} SM3 {log['sm3']}" in said
    assert "nothing found: the history is whole" in said
    assert "witnessed (3 of 3) only up to" in said
    assert "missing under the last: city-3" in said
    assert "events are not signed yet" in said


def test_it_names_what_it_finds_and_ends_with_one(found: Archive) -> None:
    change = "update log.events set line = replace(line, 'p-4', 'p-5') where position = 8"
    mend = "update log.events set line = replace(line, 'p-5', 'p-4') where position = 8"
    found.victims["allocation"].force(change)
    done = asked(found, "--json", "--service", "allocation")
    shown = asked(found)
    found.victims["allocation"].force(mend)
    assert (done.exit_code, shown.exit_code) == (1, 1)
    said = json.loads(done.output)
    assert not said["sound"]
    assert [(f["code"], f["service"], f["position"]) for f in said["findings"]] == [
        ("leaf_differs", "allocation", 8),
        ("root_differs", "allocation", said["findings"][1]["position"]),
    ]
    assert said["counts"] == {"allocation leaf_differs": 1, "allocation root_differs": 1}
    assert "leaf_differs allocation:8 the line is not the one that was hashed" in " ".join(shown.output.split())


def test_what_a_witness_keeps_is_taken_as_file_and_as_directory(found: Archive, tmp_path: Path) -> None:
    note = found.cosign("attendance", found.cities[:1])
    (tmp_path / "notes.txt").write_text(f"{note}\n{note}", encoding="utf-8")
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "attendance.json").write_text(json.dumps({"note": note}), encoding="utf-8")
    assert asked(found, "--witnessed", tmp_path / "notes.txt", "--witnessed", tmp_path).exit_code == 0
    (tmp_path / "seen" / "attendance.json").write_text(json.dumps({"note": "synthetic"}), encoding="utf-8")
    done = asked(found, "--witnessed", tmp_path)
    assert (done.exit_code, "no checkpoint" in done.output) == (2, True)


def test_what_cannot_be_read_ends_with_two(tmp_path: Path) -> None:
    for words, said in (
        (("--bundle", tmp_path), "no bundle"),
        (("--data", tmp_path), "no system in"),
        (("--database", "attendance=postgresql://nobody@127.0.0.1:9/none"), "does not answer"),
        (("--database", "attendance"), "SERVICE=URL"),
        (("--database", "attendance=x", "--bundle", tmp_path), "name one of"),
    ):
        done = CliRunner().invoke(audit, ["verify", *map(str, words)])
        assert (done.exit_code, said in done.output) == (2, True), done.output
