"""The container set-up runs the same processes as one machine does, each with its own database."""

from __future__ import annotations

from pathlib import Path

import yaml

from deploy import layout
from deploy.local import rabbit

COMPOSE = Path(__file__).parents[3] / "deploy" / "compose.yml"


def test_compose_runs_the_processes_of_the_layout() -> None:
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    running = {name: entry for name, entry in services.items() if entry.get("command", [""])[0] == "run"}
    assert {name: entry["command"][1:] for name, entry in running.items()} == {
        part.name: list(part.arguments) for part in layout.PARTS
    }
    for part in layout.PARTS:
        password = "SIGNER" if part.role == "signer" else part.database.upper()
        role = f"paizhu_{part.database}_{part.role}:${{PAIZHU_{password}_PASSWORD:?}}"
        address = f"postgresql://{role}@postgres:5432/paizhu_{part.database}"
        assert running[part.name]["environment"]["PAIZHU_DB"] == address
        assert ("signing:/signing" in running[part.name]["volumes"]) == (part.role == "signer")
        assert set(running[part.name]["depends_on"]) == {"provision", "rabbitmq"}


def test_what_a_container_says_has_an_end() -> None:
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    lasting = {name: entry for name, entry in services.items() if entry.get("restart")}
    assert {"gateway", "postgres", "rabbitmq"} <= set(lasting)
    for entry in lasting.values():
        assert entry["logging"]["options"] == {"max-size": "16m", "max-file": "5"}


def test_the_broker_of_the_containers_has_the_limits_of_the_one_here() -> None:
    told = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["configs"]["rabbitmq"]["content"]
    there = dict(line.split(" = ") for line in told.splitlines())
    here = rabbit.SETTINGS | rabbit.LATER[(3, 13)]
    own = {name for name in here if name.startswith(("log.", "raft.")) or name.endswith("paging_ratio")}
    assert there == {name: value for name, value in here.items() if name not in own} | {
        "load_definitions": "/definitions/paizhu.json"
    }
