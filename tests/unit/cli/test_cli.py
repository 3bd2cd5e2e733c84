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
