"""``paizhu ledger`` and ``paizhu form``: which file is asked for, and where it comes to lie."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import files
from gateway.ledger import sheet


class Gateway:
    """Keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    def download(self, path: str, params: Mapping[str, Any]) -> bytes:
        self.asked.append((path, dict(params)))
        return b"file"

    def upload(self, path: str, body: bytes, kind: str) -> dict[str, Any]:
        self.asked.append((path, body))
        return {"events": {"LedgerRowEntered": 2}}


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    made = Gateway()
    monkeypatch.setattr(files, "reached", lambda *given, **more: made)
    return made


def run(command: Any, *words: str) -> str:
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_file_is_written_for_its_owner_alone(gateway: Gateway, tmp_path: Path) -> None:
    out = tmp_path / "台账.xlsx"
    of = ("--programme", "SX2015", "--kind", "city", "--city", "1409")
    assert run(files.ledger, "export", *of, "--out", str(out)).endswith("4 bytes\n")
    assert (out.read_bytes(), stat.S_IMODE(out.stat().st_mode)) == (b"file", 0o600)
    run(files.ledger, "template", *of[:4], "--out", str(out))
    run(files.ledger, "statistics", *of[:2], *of[4:], "--out", str(out))
    run(files.ledger, "fact-sheet", "p/1", "--programme", "QS2017", "--year", "2018", "--out", str(out))
    run(files.form, "n/1", "--as", "docx", "--as-of", "2018-05-01", "--out", str(out))
    about = {"programme": "SX2015", "kind": "city"}
    assert gateway.asked == [
        ("ledgers", {**about, "city": "1409"}),
        ("ledgers/template", about),
        ("ledgers/statistics", {"programme": "SX2015", "city": "1409"}),
        ("fact-sheets/p%2F1", {"programme": "QS2017", "year": "2018"}),
        ("forms/n%2F1/docx", {"as_of": "2018-05-01"}),
    ]


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_an_export_says_how_many_rows_it_has_and_that_it_is_empty(
    rows: int, gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = sheet("台账", [("name", "姓名")], [{"name": "某"}] * rows)
    monkeypatch.setattr(gateway, "download", lambda path, params: book)
    of = ("--programme", "SX2015", "--kind", "city", "--city", "1409")
    told = run(files.ledger, "export", *of, "--out", str(tmp_path / "ledger.xlsx"))
    assert f"{len(book)} bytes, {rows} 行" in told
    assert ("所选范围没有记录，文件只有表头" in told) == (rows == 0)


def test_a_ledger_is_handed_in_as_it_lies_there(gateway: Gateway, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(b"rows")
    told = run(files.ledger, "import", str(file), "--programme", "SX2015", "--county", "140928", "--on", "2015-07-14")
    assert told == "LedgerRowEntered 2\n"
    assert gateway.asked == [("ledgers?programme=SX2015&occurred_on=2015-07-14&county=140928", b"rows")]
