"""The container set-up runs the same processes as one machine does, each with its own database."""

from __future__ import annotations

from pathlib import Path

import yaml

from deploy import layout

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
