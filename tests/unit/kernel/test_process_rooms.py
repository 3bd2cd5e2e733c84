"""What every process has: its settings, its log lines, its health."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2
import pytest

from kernel import logs, metrics
from kernel.config import BadSetting, Config
from kernel.health import Health, Pulse, Switch

GIVEN = {"PAIZHU_DB": "postgresql://a@b/c", "PAIZHU_AMQP": "amqp://d"}


def test_settings_are_read_with_their_defaults() -> None:
    config = Config.of(GIVEN | {"PAIZHU_HEALTH_PORT": "9001", "PAIZHU_KEYS": "/keys", "PAIZHU_LOG_LEVEL": "DEBUG"})
    assert (config.db, config.amqp, config.health_port) == ("postgresql://a@b/c", "amqp://d", 9001)
    assert (config.keys, config.province, config.log_level, config.workers) == (Path("/keys"), "21", "debug", 64)


@pytest.mark.parametrize("name", ["PAIZHU_DB", "PAIZHU_AMQP", "PAIZHU_KEYS"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_setting_is_named(name: str, value: str | None) -> None:
    env = {key: text for key, text in (GIVEN | {"PAIZHU_KEYS": "/k"}).items() if key != name}
    with pytest.raises(BadSetting, match=f"^{name} is not set: "):
        Config.of(env if value is None else env | {name: value}, need=("PAIZHU_DB", "PAIZHU_AMQP", "PAIZHU_KEYS"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAIZHU_HEALTH_PORT", "65536"),
        ("PAIZHU_HEALTH_PORT", "-1"),
        ("PAIZHU_HTTP_PORT", "٨٠"),
        ("PAIZHU_WORKERS", "many"),
        ("PAIZHU_LOG_LEVEL", "loud"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{name} is "):
        Config.of(GIVEN | {name: value})


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("登记 张三 done", "□ □ done"),
        ("id 210726199001011234.", "id #."),
        ("id 21072619900101123X", "id #"),
        ("old id 210726900101123", "old id #"),
        ("call 13800138000, +8613900139000", "call #, #"),
        ("village 210726102203 at 1525219200000000", "village 210726102203 at 1525219200000000"),
        ("3f0c9a52-7c1e-5b0e-9a55-138001380001", "3f0c9a52-7c1e-5b0e-9a55-138001380001"),
    ],
)
def test_personal_data_do_not_pass_the_mask(said: str, kept: str) -> None:
    assert logs.masked(said) == kept


SAYING = """
import logging
from kernel import logs
logs.configure("service toy", "info")
said = logs.get("door")
said.debug("too quiet")
with logs.correlated("c-1"):
    said.info("took in", position=7, reason="王五 13800138000", data={"name": "x"})
try:
    raise ValueError("王五\\nDETAIL: Key (name)=(x) exists")
except ValueError:
    said.exception("failed")
    logging.getLogger("library").exception("broke for %s", "王五")
"""


def test_a_log_line_is_json_with_its_correlation_and_without_content() -> None:
    done = subprocess.run([sys.executable, "-c", SAYING], capture_output=True, text=True, check=True)
    took, failed, library = map(json.loads, done.stderr.splitlines())
    assert took.pop("timestamp")
    assert took == {
        "event": "took in",
        "level": "info",
        "process": "service toy",
        "room": "door",
        "correlation": "c-1",
        "position": 7,
        "reason": "□ #",
        "data": "withheld",
    }
    assert (failed["error"], failed["at"], failed["level"]) == ("ValueError: □", "<string>:10", "error")
    assert "correlation" not in failed
    assert (library["event"], library["error"], library["process"]) == ("broke for □", "ValueError: □", "service toy")


def fetched(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_health_tells_alive_and_ready_apart() -> None:
    health, switch = Health(), Switch("connecting")
    pulse = Pulse(most=60)
    health.live("loop", pulse.check)
    health.ready("broker", switch.check)
    port = health.serve(0)
    assert fetched(port, "/health/live") == (200, '{"loop": "ok"}')
    assert fetched(port, "/health/ready") == (503, '{"loop": "ok", "broker": "connecting"}')
    switch.back()
    assert fetched(port, "/health/ready") == (200, '{"loop": "ok", "broker": "ok"}')
    assert fetched(port, "/") == (404, "{}")


def test_a_loop_that_stands_still_or_a_check_that_breaks_is_not_well() -> None:
    health = Health()
    health.live("loop", Pulse(most=-1).check)

    def broken() -> str | None:
        raise psycopg2.OperationalError("password=secret")

    health.ready("database", broken)
    status, found = health.report("/health/live")
    assert status == 503
    assert found["loop"].startswith("no progress for ")
    assert health.report("/health/ready") == (503, found | {"database": "OperationalError"})


def test_metrics_are_shown_under_their_names() -> None:
    metrics.RELAY_POSITION.labels("unit").set(7)
    port = Health().serve(0)
    status, text = fetched(port, "/metrics")
    assert status == 200
    assert 'paizhu_relay_position{outlet="unit"} 7.0' in text


def test_no_metric_is_made_outside_its_room() -> None:
    root = Path(__file__).parents[3]
    rooms = ("kernel", "services", "gateway", "audit", "deploy", "programmes")
    makers = [
        path.relative_to(root).as_posix()
        for room in rooms
        for path in (root / room).rglob("*.py")
        if re.search(r"prometheus_client(?!\.parser)", path.read_text(encoding="utf-8"))
    ]
    assert makers == ["kernel/metrics.py"]
