"""Which processes a system has, and that each of them can be run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from deploy import layout, run
from deploy.faults import CannotRun
from deploy.local import processes


@pytest.mark.parametrize("part", layout.PARTS, ids=lambda part: part.name)
def test_every_process_has_an_entry_point_that_takes_its_arguments(part: Any) -> None:
    command = run.run.commands[part.arguments[0]]
    context = command.make_context(part.name, list(part.arguments[1:]), resilient_parsing=False)
    assert tuple(context.params.values()) == part.arguments[1:]


def test_an_unknown_service_is_refused_with_those_there_are() -> None:
    with pytest.raises(click.BadParameter, match="'allocation', 'personnel', 'attendance', 'evaluation'"):
        run.run.commands["relay"].make_context("relay", ["planning"])


def test_a_process_is_told_its_own_database_and_nothing_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIZHU_DATABASE_URL", "postgresql://superuser@127.0.0.1/postgres")
    ports = {name: 20_000 + n for n, name in enumerate(processes.PORTS)}
    told = {
        part.name: processes.environment(part, f"db of {part.database}", "amqp://", ports, Path("/keys"), "21")
        for part in layout.PARTS
    }
    assert {name: env["PAIZHU_DB"] for name, env in told.items() if name.startswith("personnel")} == {
        "personnel": "db of personnel",
        "personnel-relay": "db of personnel",
        "personnel-reactor": "db of personnel",
        "personnel-checkpointer": "db of personnel",
        "personnel-planner": "db of personnel",
    }
    assert [env for env in told.values() if "PAIZHU_DATABASE_URL" in env] == []
    assert [name for name, env in told.items() if "PAIZHU_HTTP_PORT" in env] == ["gateway"]
    assert {name for name, env in told.items() if "PAIZHU_CHECKPOINTS" in env} == {
        part.name for part in layout.CHECKPOINTERS
    }
    assert len({env["PAIZHU_HEALTH_PORT"] for env in told.values()}) == len(layout.PARTS)


def test_services_choose_their_processes() -> None:
    assert [p.name for p in layout.parts(["evaluation", "gateway"])] == [
        "evaluation",
        "evaluation-relay",
        "evaluation-reactor",
        "evaluation-checkpointer",
        "feeds",
        "public-relay",
        "gateway",
    ]
    assert layout.parts() == layout.PARTS
    with pytest.raises(ValueError, match="no such service: planning"):
        layout.parts(["planning"])


def test_the_gateway_can_be_given_a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAIZHU_HTTP_PORT", raising=False)
    assert processes.placed({"http": 20000, "amqp": 20001}) == {"http": 20000, "amqp": 20001}
    monkeypatch.setenv("PAIZHU_HTTP_PORT", "8000")
    assert processes.placed({"http": 20000, "amqp": 20001}) == {"http": 8000, "amqp": 20001}


@pytest.mark.parametrize("given", ["0", "-1", "http", "32768", "٨٠٠٠"])
def test_what_is_no_port_is_said_before_anything_starts(monkeypatch: pytest.MonkeyPatch, given: Any) -> None:
    monkeypatch.setenv("PAIZHU_HTTP_PORT", given)
    with pytest.raises(CannotRun, match="PAIZHU_HTTP_PORT"):
        processes.placed({"http": 20000})


def test_every_city_of_the_province_has_a_subscriber() -> None:
    codes = layout.cities()
    assert len(codes) == 14
    assert codes[0] == "2101"
    assert {"2107", "2113"} <= set(codes)
    assert layout.cities("99") == ()
    assert layout.cities("51") == ("5114",)


def test_a_system_serves_the_province_it_was_begun_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAIZHU_PROVINCE", raising=False)
    assert [layout.served(None), layout.served("14")] == ["21", "14"]
    monkeypatch.setenv("PAIZHU_PROVINCE", "14")
    assert [layout.served(None), layout.served("14")] == ["14", "14"]
    with pytest.raises(CannotRun, match="this system serves 21"):
        layout.served("21")


@pytest.mark.parametrize("given", ["", "2", "99", "2107"])
def test_a_province_whose_divisions_are_not_held_is_not_served(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PAIZHU_PROVINCE", given)
    with pytest.raises(CannotRun, match="divisions are held of"):
        layout.served(None)
