"""`paizhu city`: what one city is given, and nothing of another's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from deploy.local import state

AMQP = {code: f"amqp://city-{code}:secret-{code}@127.0.0.1:5672/%2F" for code in ("2107", "2113")}


@pytest.fixture
def system(tmp_path: Path) -> Path:
    state.save(tmp_path, {"gateway": "http://127.0.0.1:8000", "subscribers": AMQP, "supervisor": {"pid": os.getpid()}})
    return tmp_path


def asked(data: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["city", *words, "--data", str(data)])
    return done.exit_code, done.output


def test_it_names_address_queues_user_and_feed(system: Path) -> None:
    status, said = asked(system, "2107", "--json")
    assert status == 0, said
    assert json.loads(said) == {
        "city": "2107",
        "organ": "中共锦州市委组织部",
        "amqp": AMQP["2107"],
        "queue": "city.2107",
        "checkpoints": "city.2107.checkpoints",
        "feed": "http://127.0.0.1:8000/feeds/2107",
        "token": f"paizhu token --role city_org --area 2107 --data {system}",
    }


def test_nothing_of_another_city_is_told(system: Path) -> None:
    for words in (("2107",), ("2107", "--json")):
        status, said = asked(system, *words)
        assert (status, "2113" in said, "secret-2107" in said) == (0, False, True)


@pytest.mark.parametrize("code", ["21", "210727", "1409", "city"])
def test_what_is_no_city_here_is_refused_without_a_secret(system: Path, code: str) -> None:
    status, said = asked(system, code)
    assert (status, "secret" in said) == (2, False)
    assert "2107, 2113" in said


def test_without_a_system_it_says_what_to_do(tmp_path: Path) -> None:
    status, said = asked(tmp_path, "2107")
    assert (status, f"paizhu up --data {tmp_path}" in said) == (1, True)


def test_the_version_is_that_of_the_package() -> None:
    said = CliRunner().invoke(main, ["--version"]).output
    assert said.startswith("paizhu 0.")
