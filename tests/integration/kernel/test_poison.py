"""A request that a process died of is not done again by itself, and not for ever when it is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gateway.front import over
from gateway.spared import Spared
from kernel.errors import Busy
from kernel.switchboard import Switchboard
from tests.kit.host import Host
from tests.kit.waiting import BOUND, eventually


@pytest.fixture
def board(rabbit_server: Any) -> Iterator[Switchboard]:
    board = Switchboard(rabbit_server.url, name="test", timeout=BOUND)
    yield board
    board.close()


@pytest.fixture
def host(channel: Any, rabbit_server: Any, spawned: Any) -> Host:
    return started(rabbit_server, spawned)


def started(rabbit_server: Any, spawned: Any) -> Host:
    host = Host(spawned, rabbit_server.url)
    eventually(host.ready)
    return host


def noted(folder: Path, command: str) -> list[str]:
    """The ids that the process noted when it began."""
    journal = folder / command
    return journal.read_text().split() if journal.exists() else []


def test_what_a_process_died_of_is_not_done_again_and_what_was_beside_it_is_done_once_when_asked_again(
    host: Host, board: Switchboard, rabbit_server: Any, spawned: Any, channel: Any, tmp_path: Path
) -> None:
    def ask(command: str, ident: str) -> Any:
        return board.call("toy", "execute", {"command": command, "id": ident, "folder": str(tmp_path)})

    with ThreadPoolExecutor(4) as threads:
        poison = threads.submit(ask, "hang", "poison")
        eventually(lambda: noted(tmp_path, "hang") == ["poison"])
        beside = {ident: threads.submit(ask, "note", ident) for ident in ("a", "b", "c")}
        # In hand, all of them: the broker has given them to the process, which looks at none.
        eventually(lambda: unacknowledged(channel) == 0 and all(not one.done() for one in beside.values()))
        host.process.kill()
        host.process.wait(BOUND)
        again = Host(spawned, rabbit_server.url)
        for answer in (poison, *beside.values()):
            problem = answer.result(BOUND)["problem"]
            assert (problem["kind"], problem["code"]) == ("busy", "request_interrupted")
        assert (noted(tmp_path, "hang"), noted(tmp_path, "note")) == (["poison"], [])
        for ident in beside:
            assert ask("note", ident)["receipt"]["asked"]["id"] == ident
    assert (noted(tmp_path, "hang"), sorted(noted(tmp_path, "note"))) == (["poison"], ["a", "b", "c"])
    assert again.ready()


def unacknowledged(channel: Any) -> int:
    """How many requests the broker still keeps to itself."""
    return int(channel.queue_declare("rpc-toy", passive=True).message_count)


def test_sent_again_it_may_end_one_more_process_and_no_third(
    host: Host, board: Switchboard, rabbit_server: Any, spawned: Any, tmp_path: Path
) -> None:
    services = Spared(over(board.call, BOUND))

    def ask(command: str, ident: str) -> dict[str, Any]:
        return services("toy", "execute", {"command": command, "id": ident, "folder": str(tmp_path)})

    def code(asked: Future[dict[str, Any]]) -> str:
        with pytest.raises(Busy) as away:
            asked.result(BOUND)
        return away.value.code

    with ThreadPoolExecutor(1) as threads:
        for ident in ("first", "second"):
            poison = threads.submit(ask, "hang", ident)
            eventually(lambda ident=ident: ident in noted(tmp_path, "hang"))
            host.process.kill()
            host.process.wait(BOUND)
            host = started(rabbit_server, spawned)
            assert code(poison) == "request_interrupted"
        assert code(threads.submit(ask, "hang", "third")) == "request_died_before"
    assert noted(tmp_path, "hang") == ["first", "second"]
    assert ask("note", "other")["receipt"]["asked"]["id"] == "other"
    assert host.process.poll() is None
