"""The table of refusals: as the code says, in one order, and a check that says what differs."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cli import catalogue

WRITTEN = Path(__file__).parents[3] / "docs/refusals.md"


def test_the_table_is_what_the_code_says_and_a_check_names_what_differs(tmp_path: Path) -> None:
    known = catalogue.catalogues()
    assert WRITTEN.read_text(encoding="utf-8") == catalogue.document(known), "`paizhu refusals` writes it"
    codes = [refusal.code for refusals in known.values() for refusal in refusals]
    assert len(codes) == len(set(codes))
    copy = tmp_path / "refusals.md"
    check = ["--out", str(copy), "--check"]
    assert CliRunner().invoke(catalogue.command, check).exit_code == 1
    CliRunner().invoke(catalogue.command, ["--out", str(copy)], catch_exceptions=False)
    assert CliRunner().invoke(catalogue.command, check).exit_code == 0
    copy.write_text(copy.read_text(encoding="utf-8").replace("`busy`", "`lazy`"), encoding="utf-8")
    done = CliRunner().invoke(catalogue.command, check)
    assert done.exit_code == 1
    assert "busy, lazy" in done.output


def test_every_refusal_is_of_a_kind_and_each_stands_in_a_room() -> None:
    text = catalogue.document(catalogue.catalogues())
    assert "\n## services/personnel/legs\n" in text
    assert "| `role_not_allowed` | {role}不能{act}。 | `role` | | forbidden 403 | {roles} |\n" in text
