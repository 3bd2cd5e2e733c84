"""The private servers: private, reachable, closed to whom they should be closed, gone at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import amqp
import psycopg2
import pytest
from kombu.connection import Connection

from deploy.local import child, ports, servers, state
from deploy.local.postgres import Postgres
from deploy.local.rabbit import Rabbit
from deploy.passwords import SECRETS, password_of
from tests.kit.waiting import eventually

QUORUM = {"x-queue-type": "quorum"}
HOLD = """
import signal, sys
from pathlib import Path
from deploy.local.servers import postgres
with postgres(Path(sys.argv[1])) as server:
    print("up", flush=True)
    signal.pause()
"""


def test_postgres_answers_on_loopback_and_keeps_statements_out_of_its_log(postgres_server: Any, data: Path) -> None:
    if not isinstance(postgres_server, Postgres):
        pytest.skip("PAIZHU_DATABASE_URL names a server whose log is not ours")
    connection = psycopg2.connect(postgres_server.url)
    with connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("127.0.0.1",)
        with pytest.raises(psycopg2.errors.InvalidTextRepresentation):
            cursor.execute("SELECT %s::int", ("王小明-synthetic",))
    connection.close()
    log = (data / "logs" / "postgres.log").read_text(encoding="utf-8")
    assert "database system is ready" in log
    assert "SELECT" not in log


def test_a_city_reads_its_own_queue_and_nothing_else(rabbit_server: Any) -> None:
    if not isinstance(rabbit_server, Rabbit):
        pytest.skip("PAIZHU_AMQP_URL names a broker whose users are not ours")
    with Connection(rabbit_server.url) as own:
        channel = own.channel()
        channel.exchange_declare("paizhu.public", "topic", durable=True, auto_delete=False)
        for city in ("2107", "2113"):
            channel.queue_delete(f"city.{city}")  # whoever used it before had it with a length
            channel.queue_declare(f"city.{city}", durable=True, auto_delete=False, arguments=QUORUM)
            channel.queue_bind(f"city.{city}", "paizhu.public", f"{city}.#")
        channel.basic_publish(amqp.Message(b"{}"), "paizhu.public", "2107.allocation.BindingCreated.v1")
        with Connection(rabbit_server.city_url("2107")) as city:
            reading = city.channel()
            message = eventually(lambda: reading.basic_get("city.2107", no_ack=True))
            assert message.body == b"{}"
        for forbidden in (
            lambda c: c.basic_get("city.2113"),
            lambda c: c.queue_declare("city.2107.mine"),
            lambda c: c.queue_bind("city.2107", "paizhu.public", "#"),
            lambda c: c.exchange_declare("mine", "topic"),
        ):
            with Connection(rabbit_server.city_url("2107")) as city, pytest.raises(amqp.AccessRefused):
                forbidden(city.channel())
        for city in ("2107", "2113"):
            channel.queue_delete(f"city.{city}")


def test_there_is_no_guest(rabbit_server: Any) -> None:
    if not isinstance(rabbit_server, Rabbit):
        pytest.skip("PAIZHU_AMQP_URL names a broker whose users are not ours")
    with pytest.raises(amqp.AccessRefused):
        amqp.Connection(f"127.0.0.1:{rabbit_server.port}", userid="guest", password="guest").connect()


def test_ports_lie_below_the_ephemeral_range_and_are_held(data: Path) -> None:
    first = ports.reserve(["a", "b"])
    second = ports.reserve(["a", "b"], preferred=first.base)
    try:
        assert set(first.ports.values()).isdisjoint(second.ports.values())
        assert max(*first.ports.values(), *second.ports.values()) < 32768
    finally:
        first.close()
        second.close()
    again = ports.reserve(["a"], preferred=first.base)
    assert again.base == first.base
    again.close()


def test_a_directory_has_one_holder(tmp_path: Path) -> None:
    with state.hold(tmp_path), pytest.raises(state.AlreadyRunning, match=str(tmp_path)), state.hold(tmp_path):
        pass
    with state.hold(tmp_path):
        pass


def test_passwords_are_kept_and_private(tmp_path: Path) -> None:
    first = password_of(tmp_path, "one")
    assert password_of(tmp_path, "one") == first != password_of(tmp_path, "two")
    assert (tmp_path / SECRETS).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif("PAIZHU_DATABASE_URL" in os.environ, reason="no server of ours is started")
def test_servers_end_with_a_killed_holder_and_start_again(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, cwd=root)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"up\n"
    holder.stdout.close()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with servers.postgres(tmp_path) as server:
        psycopg2.connect(server.url).close()
        known = child.read_note(tmp_path, "postgres")
        assert child.is_alive(known)
    assert not child.is_alive(known)


def test_a_pid_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    bystander = subprocess.Popen(["sleep", "infinity"])
    try:
        known = child.identity(bystander.pid)
        child.write_note(tmp_path, "epmd", known | {"started": known["started"] + 1, "signal": int(signal.SIGTERM)})
        assert child.end_stale(tmp_path, "epmd") is False
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
