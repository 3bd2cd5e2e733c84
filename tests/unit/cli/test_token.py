"""`paizhu token`: what it issues, what it refuses, and what it takes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main
from kernel.auth import Verifier
from kernel.errors import Unauthenticated


def test_a_token_carries_what_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    asked = ["--person", "synthetic-1", "--role", "city_org", "--area", "2107", "--post", "干部科"]
    done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), *asked])
    actor = Verifier(tmp_path / "keys").verify(done.output.strip())
    assert (actor.person, actor.role, actor.areas, actor.units) == ("synthetic-1", "city_org", ("2107",), ())
    assert (actor.organ, actor.post) == ("中共锦州市委组织部", "干部科")


def test_whether_a_unit_is_registered_is_asked_of_the_running_system(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), "--role", "unit", "--unit", "U01"])
    assert done.exit_code == 1
    assert f"no system runs in {tmp_path}: `paizhu up --data {tmp_path}`" in done.output


@pytest.mark.parametrize(
    ("asked", "organ", "post"),
    [
        (["province_org", "--area", "21"], "中共辽宁省委组织部", "干部处"),
        (["county_org", "--area", "210727"], "中共锦州市义县委组织部", "组织部"),
        (["township", "--area", "210727101"], "义县刘龙台镇党委", "乡镇党委"),
        (["village", "--area", "210727101201"], "刘龙台镇六台村党组织", "村党组织"),
        (["channel", "--unit", "省直机关工委"], "省直机关工委", "干部处"),
        (["security_admin", "--area", "21", "--person", "s-1", "--holder", "0317"], "辽宁省安全管理员", "安全管理员"),
        (["witness", "--area", "2107"], "锦州市见证方", "见证"),
        (["auditor", "--area", "21"], "辽宁省审计", "审计"),
        (["cadre"], "选派干部", "选派干部"),
    ],
)
def test_organ_and_post_come_from_area_and_unit(tmp_path: Path, asked: list[str], organ: str, post: str) -> None:
    (tmp_path / "keys").mkdir()
    done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), "--role", *asked])
    actor = Verifier(tmp_path / "keys").verify(done.output.strip())
    assert (actor.organ, actor.post) == (organ, post)


def test_a_token_needs_a_system(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), "--area", "21"])
    assert done.exit_code == 1
    assert f"paizhu up --data {tmp_path}" in done.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "--area CODE"),
        (["--area", "99zz"], "99zz stands in no register of divisions"),
        (["--area", "3701"], "3701 stands in no register of divisions"),
        (["--role", "city_org", "--area", "2199"], "2199 stands in no register of divisions"),
        (
            ["--role", "village", "--area", "210727101"],
            "210727101 is a township, and the role village acts",
        ),
        (["--role", "channel", "--area", "21"], "--unit ID"),
        (["--role", "channel", "--unit", "鞍钢", "--area", "21"], "不辖区划"),
        (["--role", "cadre", "--area", "210727101201"], "不辖区划"),
        (["--role", "auditor"], "--area CODE"),
        (["--role", "auditor", "--area", "2107"], "省级区划"),
        (["--role", "province_org", "--area", "14"], "区划 14 不在本系统所辖的省（21）内"),
        (["--role", "city_org", "--area", "2107", "--unit", "鞍钢"], "不另有单位"),
        (["--area", "21", "--person", ""], "an account"),
        (["--area", "21", "--person", "S-1"], "an account"),
        (["--area", "21", "--person", "s-1 "], "an account"),
        (["--area", "21", "--person", "ｓ-1"], "an account"),
    ],
)
def test_a_token_that_reaches_nothing_is_not_issued(tmp_path: Path, asked: Any, said: Any) -> None:
    (tmp_path / "keys").mkdir()
    done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), *asked])
    assert done.exit_code == 2
    assert said in done.output


def test_two_accounts_of_one_holder_are_not_two_administrators(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()

    def asked(*arguments: str) -> tuple[int, str]:
        security = ["--role", "security_admin", "--area", "21", *arguments]
        done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), *security])
        return done.exit_code, done.output

    code, said = asked("--person", "s-1")
    assert (code, "whose account s-1 is must be known" in said) == (2, True)
    code, said = asked("--holder", "0317")
    assert (code, "operator is nobody's own account" in said) == (2, True)
    assert not (tmp_path / "keys" / "accounts.jsonl").exists()
    assert asked("--person", "s-1", "--holder", "0317")[0] == 0
    assert asked("--person", "s-1")[0] == 0  # known by now
    assert asked("--person", "s-1", "--holder", "０３１７")[0] == 0
    code, said = asked("--person", "s-1", "--holder", "0318")
    assert (code, "account s-1 is bound to 0317" in said) == (2, True)
    code, said = asked("--person", "s-2", "--holder", " 0317")
    assert (code, "0317 has the account s-1" in said) == (2, True)
    code, said = asked("--person", "s-3", "--holder", "210702198001011234")
    assert (code, "no number of a person" in said) == (2, True)
    assert asked("--person", "s-2", "--holder", "0318")[0] == 0
    kept = (tmp_path / "keys" / "accounts.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in kept] == [
        {"account": "s-1", "holder": "0317"},
        {"account": "s-2", "holder": "0318"},
    ]
    issued = (tmp_path / "keys" / "token-issued.jsonl").read_text().splitlines()
    assert [json.loads(line)["sub"] for line in issued] == ["s-1", "s-1", "s-1", "s-2"]


def test_tokens_are_listed_by_id_and_taken_back(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()

    def asked(*arguments: Any) -> Any:
        done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    assert asked("--list") == ""
    kept = asked("--person", "synthetic-1", "--role", "city_org", "--area", "2107").strip()
    lost = asked("--person", "synthetic-2", "--role", "channel", "--unit", "鞍钢", "--hours", "0.5").strip()
    first, second = (line.split() for line in asked("--list").splitlines())
    assert (first[1], *first[3:]) == ("valid", "city_org", "2107", "synthetic-1")
    assert (second[1], *second[3:]) == ("valid", "channel", "鞍钢", "synthetic-2")
    assert asked("--revoke", second[0]) == f"{second[0]} revoked\n"
    assert asked("--revoke", second[0]) == f"{second[0]} was revoked before\n"
    assert [line.split()[1] for line in asked("--list").splitlines()] == ["valid", "revoked"]
    verifier = Verifier(tmp_path / "keys")
    assert verifier.verify(kept).person == "synthetic-1"
    with pytest.raises(Unauthenticated, match="收回"):
        verifier.verify(lost)
    stored = (tmp_path / "keys" / "token-issued.jsonl").read_text()
    assert kept not in stored
    assert lost not in stored
    assert asked("--revoke", "0011") == "0011 revoked (not issued by this command)\n"
    both = CliRunner().invoke(main, ["token", "--data", str(tmp_path), "--list", "--revoke", first[0]])
    assert (both.exit_code, "one at a time" in both.output) == (2, True)
    assert verifier.verify(kept).person == "synthetic-1"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--person", "210702198001011234"], "no number of a person"),
        (["--organ", "省委\u202e组织部"], "格式不正确"),
        (["--post", "13900010007"], "no number of a person"),
        (["--hours", "nan"], "hours"),
    ],
)
def test_what_no_token_could_hold_is_a_sentence(tmp_path: Path, asked: list[str], said: str) -> None:
    (tmp_path / "keys").mkdir()
    done = CliRunner().invoke(main, ["token", "--data", str(tmp_path), "--area", "21", *asked])
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not isinstance(done.exception, ValueError)
