"""A service class as a process: answers over RPC, tells its health, ends in time, never hangs when the broker goes."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kernel import bus
from kernel.bus.rpc import Away, Client, refill_over
from kernel.errors import TooLarge
from kernel.sizes import MESSAGE
from kernel.switchboard import Switchboard
from tests.kit.cable import Cable
from tests.kit.host import Host, ask
from tests.kit.toy import line
from tests.kit.waiting import BOUND, BRIEF, eventually


@pytest.fixture
def host(channel: Any, rabbit_server: Any, spawned: Any) -> Any:
    host = Host(spawned, rabbit_server.url)
    eventually(host.ready)
    return host


@pytest.fixture
def client(rabbit_server: Any) -> Iterator[Any]:
    client = Client(rabbit_server.url, timeout=BOUND)
    yield client
    client.close()


def test_a_service_answers_over_rpc_and_tells_its_health(host: Any, client: Any) -> None:
    request = {"command": "Count", "id": "c1", "data": {"计数": [1, None, "二"]}, "correlation": "x"}
    assert client.call("toy", "execute", request) == {"receipt": {"service": "toy", "asked": request}}
    assert client.call("toy", "execute", {"command": "refuse"}) == {"problem": {"kind": "rule", "code": "no"}}
    assert client.call("toy", "query", {})["items"] == [{"socket": "eventlet.greenio.base", "psycopg2": True}]
    assert refill_over(client)("toy", 7, 100) == ([line(8), line(9), line(10)], 10)
    assert refill_over(client)("toy", 10, 100) == ([], 10)
    status, found = ask(host.port, "/health/live")
    assert (status, json.loads(found)) == (200, {"loop": "ok", "container": "ok"})
    assert json.loads(ask(host.port, "/health/ready")[1])["broker"] == "ok"
    measured = ask(host.port, "/metrics")[1]
    assert 'paizhu_rpc_seconds_count{method="execute",outcome="ok",service="toy"} 1.0' in measured
    assert 'paizhu_rpc_seconds_count{method="execute",outcome="rule",service="toy"} 1.0' in measured
    assert ask(host.port, "/elsewhere")[0] == 404
    host.process.send_signal(signal.SIGTERM)
    assert host.process.wait(BOUND) == 0


def test_many_threads_share_one_connection(host: Any, rabbit_server: Any) -> None:
    board = Switchboard(rabbit_server.url, name="test", timeout=BOUND)
    long = "很长" * 40_000  # many reads for one answer

    def ask(n: int) -> Any:
        return board.call("toy", "execute", {"command": "Count", "id": n, "data": long})["receipt"]["asked"]["id"]

    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(ask, range(200))) == list(range(200))
    board.close()


def test_nobody_there_is_told_at_once_and_silence_after_the_time_limit(channel: Any, client: Any) -> None:
    with pytest.raises(Away):  # at once: the client has a time limit as long as that of the test, and would be hung
        client.call("toy", "execute", {})
    channel.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False)
    channel.queue_declare("rpc-toy", durable=True, auto_delete=False)
    channel.queue_bind("rpc-toy", "nameko-rpc", "toy.*")
    with pytest.raises(Away):
        client.call("toy", "execute", {}, timeout=BRIEF)
    eventually(lambda: channel.queue_declare("rpc-toy", passive=True).message_count == 0)  # nobody waits for it


def test_a_request_in_the_hands_of_a_killed_process_is_away(host: Any, client: Any) -> None:
    def died() -> bool:
        with pytest.raises(Away):  # a request that nobody took in time is gone: then another is sent
            client.call("toy", "execute", {"command": "die"}, timeout=BRIEF)
        return host.process.poll() is not None

    eventually(died)
    assert host.process.wait(BOUND) == 3
    assert isinstance(client.call, object)


def test_an_answer_too_long_to_be_sent_is_a_problem_and_ends_nobody(host: Any, client: Any) -> None:
    times = MESSAGE // 3 - 100
    assert len(client.call("toy", "execute", {"command": "much", "times": times})["receipt"]["asked"]) == times
    answer = client.call("toy", "execute", {"command": "much", "times": 20_000_000 // 3})
    assert (answer["problem"]["kind"], answer["problem"]["code"]) == ("bad_input", "answer_too_large")
    with pytest.raises(TooLarge):
        client.call("toy", "execute", {"command": "Count", "data": "长" * (MESSAGE // 3)})
    assert client.call("toy", "query", {})["service"] == "toy"
    assert host.process.poll() is None


def test_a_client_finds_a_lost_broker_again(host: Any, rabbit_server: Any) -> None:
    cable = Cable(rabbit_server.url)
    client = Client(cable.url, timeout=BOUND)
    assert client.call("toy", "query", {})["service"] == "toy"
    cable.pull()
    with pytest.raises(Away):
        client.call("toy", "query", {}, timeout=BRIEF)
    cable.plug()
    assert client.call("toy", "query", {})["service"] == "toy"
    client.close()
    cable.close()


def test_without_a_broker_it_says_so_and_never_hangs(
    channel: Any, rabbit_server: Any, spawned: Any, client: Any
) -> None:
    cable = Cable(rabbit_server.url)
    host = Host(spawned, cable.url)
    eventually(host.ready)
    cable.pull()
    eventually(lambda: not host.ready() or host.process.poll() is not None)
    cable.plug()

    # It comes back by itself or it ends and its supervisor starts it again; what it must not do is stay and not answer.
    def answers() -> Any:
        if host.process.poll() is not None:
            return True
        try:
            return client.call("toy", "query", {}, timeout=BRIEF)["service"] == "toy"
        except Away:
            return False

    eventually(answers)
    cable.close()


def test_a_reply_that_cannot_be_sent_ends_the_process_instead_of_hanging_it(
    channel: Any, rabbit_server: Any, spawned: Any, client: Any, tmp_path: Any
) -> None:
    cable = Cable(rabbit_server.url)
    host = Host(spawned, cable.url)
    eventually(host.ready)

    def begun() -> bool:
        with pytest.raises(Away):
            client.call("toy", "execute", {"command": "slow", "folder": str(tmp_path)}, timeout=BRIEF)
        return bool((tmp_path / "begun").exists())

    eventually(begun)
    cable.pull()
    (tmp_path / "go on").touch()
    assert host.process.wait(BOUND) == 1
    cable.close()


def test_it_waits_for_a_broker_that_is_not_there_yet(
    channel: Any, rabbit_server: Any, spawned: Any, client: Any
) -> None:
    cable = Cable(rabbit_server.url)
    cable.pull()
    host = Host(spawned, cable.url)
    eventually(lambda: ask(host.port, "/health/ready")[0] == 503)
    assert ask(host.port, "/health/live")[0] == 200
    cable.plug()
    eventually(host.ready)
    assert client.call("toy", "query", {})["service"] == "toy"
    host.process.terminate()
    assert host.process.wait(BOUND) == 0
    cable.close()


def test_it_can_be_stopped_while_it_waits_for_a_broker(spawned: Any, rabbit_server: Any) -> None:
    cable = Cable(rabbit_server.url)
    cable.pull()
    host = Host(spawned, cable.url)
    eventually(lambda: ask(host.port, "/health/live")[0] == 200)
    host.process.terminate()
    assert host.process.wait(BOUND) == 0
    cable.close()


def test_a_missing_setting_is_named(spawned: Any) -> None:
    process = spawned("-m", "kernel.nameko_host", "tests.kit.toy_service:Toy", PAIZHU_AMQP="amqp://127.0.0.1")
    assert process.wait(BOUND) == 2
    assert bus.inbox("toy") == "toy.inbox"
