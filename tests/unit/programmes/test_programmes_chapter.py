"""The chapter on writing a programme says what the code does: its TOML stands in the example, its commands run."""

from __future__ import annotations

import re
import shlex
import textwrap
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from kernel.reader import Reader
from programmes.known import FORMS
from programmes.readers.procedure import Step, Steps

ROOT = Path(__file__).resolve().parents[3]
CHAPTER = (ROOT / "docs/programmes.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "programmes/examples/zc2017.toml"
LINES = {line.strip() for line in EXAMPLE.read_text(encoding="utf-8").splitlines()}


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"^ *```{kind}\n(.*?)^ *```$", CHAPTER, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block).strip() for block in found]


def run(line: str) -> Result:
    program, *arguments = shlex.split(line, comments=True)
    assert program == "paizhu"
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("block", blocks("toml"), ids=lambda block: block[:30])
def test_a_piece_of_the_file_stands_in_the_example(block: str) -> None:
    assert {line.strip() for line in block.splitlines()} <= LINES


@pytest.mark.parametrize("line", blocks("bash")[0].splitlines())
def test_a_command_of_the_chapter_runs(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = run(line)
    assert (done.exit_code, "ZC2017" in done.output) == (0, True)


def test_every_field_of_a_step_is_explained() -> None:
    table = CHAPTER.partition("| Field | Meaning |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == sorted(Step.__struct_fields__)


PROCEDURES = sorted(path for path, form in FORMS.items() if isinstance(form, Reader) and form.shape == Steps)


@pytest.mark.parametrize("path", PROCEDURES)
def test_the_acts_of_every_procedure_are_those_its_reader_takes(path: str) -> None:
    (acts,) = re.findall(rf"^\| `{path.partition('.')[2]}` \| (.*?) \|", CHAPTER, re.MULTILINE)
    told = re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", acts))
    accepted = next(check.accepted for check in FORMS[path].checks if check.accepted.startswith("act "))
    assert sorted(told) == sorted(accepted.removeprefix("act 为 ").removesuffix(" 之一").split("、"))
    asked = {part: re.findall(rf"`(\w+)`[^,|]*?\([^)]*`{part}`", acts) for part in ("marks", "evidence", "documents")}
    for part, of in asked.items():
        said = next(check.accepted for check in FORMS[path].checks if part in check.accepted)
        assert [act for act in told if act in re.findall(r"\w+", said)] == of


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('act = "qualify"', 'act = "approve"', 79, "evidence 只写在 act 为 qualify 的环节"),
        ('clause = "规范人员选派" }\n\n[rules.team]', 'clause = "九" }\n\n[rules.team]', None, "九"),
        ("[rules.leave]", "[rules.leaves]", None, "leaves.approver"),
    ],
)
def test_a_broken_file_is_told_its_faults_with_lines(tmp_path: Path, old: str, new: str, line: Any, says: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "broken.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    for command in ("check", "plain"):
        done = CliRunner().invoke(main, ["programmes", command, str(file)])
        assert done.exit_code == 2
        assert says in done.output
        assert re.search(rf"broken\.toml:{line or '[0-9]+'}: .*可接受：", done.output)
