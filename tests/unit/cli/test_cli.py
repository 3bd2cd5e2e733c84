"""The command line: every sub-command is there, and asking for help loads none of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from cli.main import LAZY, main
from deploy import broker_users
from deploy.local import child, state
from deploy.provision import role_password
from kernel import bus
from kernel.auth import Verifier
from kernel.errors import Unauthenticated
from services import SERVICES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", sorted(LAZY))
def test_every_lazy_command_is_there_under_its_name(name: str) -> None:
    found = main.get_command(click.Context(main), name)
    assert isinstance(found, click.Command)
    assert found.name == name


def test_help_names_every_command_and_loads_no_library_of_the_services() -> None:
    code = "import sys, cli.main as c; c.main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    env = dict(os.environ) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    text, _, loaded = done.stdout.rpartition("[")
    for name in ("up", "down", "status", *LAZY):
        assert f"\n  {name} " in text
    assert [name for name in ("psycopg2", "amqp", "nameko", "ortools", "services") if f"'{name}'" in loaded] == []


@pytest.mark.parametrize("command", ["run", "provision"])
def test_what_containers_run_loads_nothing_of_one_machine(command: str) -> None:
    code = f"import sys, cli.main as c; c.main(['{command}', '--help'], standalone_mode=False); print(*sys.modules)"
    env = dict(os.environ) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    loaded = done.stdout.split()
    assert f"deploy.{command}" in loaded
    assert [name for name in loaded if name.startswith(("deploy.local", "demo"))] == []


def test_status_of_a_system_that_was_killed_says_stopped_and_fails(tmp_path: Path) -> None:
    gone = child.identity(os.getpid()) | {"started": 1}
    known = {"name": "gateway", "pid": 1, "health": "ready", "restarts": 0, "cause": "", "log": "x"}
    state.save(tmp_path, {"supervisor": gone, "status": "ready", "gateway": "http://g", "processes": [known]})
    done = CliRunner().invoke(main, ["status", "--json", "--data", str(tmp_path)])
    assert done.exit_code == 3
    shown = json.loads(done.output)
    assert (shown["status"], shown["gateway"]) == ("stopped", "http://g")
    assert [(p["pid"], p["health"]) for p in shown["processes"]] == [(None, "stopped")]


def test_status_of_a_directory_without_a_system_says_so_and_fails(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["status", "--data", str(tmp_path)])
    assert (done.exit_code, done.output) == (3, f"no system in {tmp_path}: `paizhu up --data {tmp_path}` starts one\n")


def test_status_fits_eighty_columns_and_shows_names_and_addresses_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    name, base = "allocation-checkpointer", "127.0.0.1:26784/paizhu_allocation"
    known = {"name": name, "pid": 1, "health": "ready", "restarts": 0, "cause": "exit status 1", "log": "x"}
    address = f"postgresql://paizhu_allocation_app:secret@{base}"
    state.save(tmp_path, {"status": "stopped", "processes": [known], "databases": {"allocation": address}})
    shown = CliRunner().invoke(main, ["status", "--data", str(tmp_path)]).output
    assert name in shown
    assert f"postgresql://{base} " in shown
    assert "secret" not in shown
    # the first line names the directory of the test, however long
    assert max(map(len, shown.splitlines()[1:])) <= 80


@pytest.mark.parametrize("act", ["replay", "discard"])
def test_an_act_on_no_place_is_refused_before_anybody_is_asked(tmp_path: Path, act: Any) -> None:
    done = CliRunner().invoke(main, ["bus", act, "--reason", "x", "--data", str(tmp_path)])
    assert (done.exit_code, "places" in done.output.lower()) == (2, True)


def test_up_on_a_running_system_says_so(tmp_path: Path) -> None:
    state.save(tmp_path, {"supervisor": child.identity(os.getpid()), "status": "ready"})
    done = CliRunner().invoke(main, ["up", "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert f"a system already runs in {tmp_path}" in done.output


def test_up_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    inside = tmp_path / "file" / "system"
    done = CliRunner().invoke(main, ["up", "--data", str(inside)])
    assert done.exit_code == 2
    assert f"{inside} cannot be used (Not a directory): name a directory" in done.output


def test_replay_of_a_system_whose_databases_are_down_says_so(tmp_path: Path) -> None:
    address = "postgresql://paizhu@127.0.0.1:9/none"  # the discard port, where nobody listens
    named = ("allocation", "personnel", "attendance", "evaluation", "gateway")
    state.save(tmp_path, {"status": "stopped", "databases": dict.fromkeys(named, address)})
    done = CliRunner().invoke(main, ["audit", "replay", "--data", str(tmp_path)])
    assert done.exit_code == 2
    assert "the database of allocation does not answer" in done.output
    assert f"paizhu up --data {tmp_path}" in done.output


def test_down_where_nothing_runs_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["down", "--data", str(tmp_path / "none")])
    assert (done.exit_code, done.output) == (0, f"nothing runs in {tmp_path / 'none'}\n")


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
        (["security_admin", "--area", "21", "--holder", "0317"], "辽宁省安全管理员", "安全管理员"),
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


def test_passwords_of_roles_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIZHU_OWNER_PASSWORD", "of owners")
    monkeypatch.setenv("PAIZHU_PERSONNEL_PASSWORD", "of personnel")
    assert role_password("paizhu_allocation_owner") == "of owners"
    assert role_password("paizhu_personnel_app") == "of personnel"
    monkeypatch.setenv("PAIZHU_SIGNER_PASSWORD", "of signers")
    monkeypatch.setenv("PAIZHU_AUDITOR_PASSWORD", "of auditors")
    assert role_password("paizhu_personnel_signer") == "of signers"
    assert role_password("paizhu_gateway_auditor") == "of auditors"
    with pytest.raises(click.UsageError, match="PAIZHU_GATEWAY_PASSWORD is not set"):
        role_password("paizhu_gateway_app")


def test_broker_users_hold_no_password_and_cities_no_right_but_reading() -> None:
    found = broker_users.definitions({"paizhu": "secret-a", "city-2107": "secret-b"})
    assert "secret" not in json.dumps(found)
    assert found["permissions"][1:] == [
        {"user": "city-2107", "vhost": "/", "configure": "^$", "write": "^$", "read": r"^city\.2107(\.checkpoints)?$"}
    ]
    assert {(t["exchange"], t["write"], t["read"]) for t in found["topic_permissions"]} == {
        ("paizhu.public", "^$", r"^2107\."),
        ("paizhu.events", "^$", "^$"),
        ("paizhu.checkpoints", "^$", "^$"),
        ("amq.topic", "^$", "^$"),
    }
    limits = {user["name"]: user["limits"] for user in found["users"]}
    assert limits == {"paizhu": {}, "city-2107": {"max-connections": 8, "max-channels": 16}}


def test_every_queue_that_gives_back_has_a_delivery_limit_and_one_policy_at_most() -> None:
    """Of two policies that fit one queue the broker takes one and forgets the other."""
    policies = broker_users.definitions({})["policies"]
    followers = (*SERVICES, "feeds")
    queues: dict[str, int | None] = {bus.city("2107"): 20, bus.city_checkpoints("2107"): 20}
    queues |= {bus.parked(name): 1_000_000 for name in followers} | {bus.inbox(name): None for name in followers}
    for queue, limit in (queues | {bus.GIVEN_UP: None}).items():
        found = [policy["definition"]["delivery-limit"] for policy in policies if re.search(policy["pattern"], queue)]
        assert found == [limit] * (limit is not None), queue
    assert {bus.inbox_arguments(name)["x-delivery-limit"] for name in followers} == {100}


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
