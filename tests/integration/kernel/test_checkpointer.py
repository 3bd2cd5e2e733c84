"""The checkpointer at work: how soon it signs, what sets off its alarm and ends it, what the cities receive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any

import pytest
from prometheus_client import REGISTRY

from kernel import bus
from kernel.proof import checkpoint, notes, succession
from kernel.proof.announce import Announcer
from kernel.proof.checkpointer import Checkpointer, Pace
from kernel.proof.policy import Policy
from kernel.proof.policyfile import NAME, PolicyFile
from kernel.proof.signedstate import Signed, SignedState
from tests.kit.audit.tampering import Victim
from tests.kit.databases import fresh, rows_of, run
from tests.kit.waiting import emptied, eventually

LOG = notes.Signer("paizhu/21/probe", notes.ED25519, bytes(32))
CITY = notes.Signer("paizhu/21/witness/2107", notes.COSIGNATURE, bytes([1]) * 32)
NOBODY = "amqp://paizhu@127.0.0.1:9/%2F"
"""The discard port, where no broker listens."""


@pytest.fixture
def victim(postgres_server: Any) -> Iterator[Victim]:
    with fresh(postgres_server.url, "probe") as made:
        yield Victim(made["probe"], postgres_server.url)


@pytest.fixture
def started(victim: Victim, tmp_path: Path, running: Callable[[Any], Any]) -> Callable[..., Checkpointer]:
    """Start a checkpointer of the victim's log; the memory is the same for all of a test."""

    def start(amqp: str = NOBODY, signer: notes.Signer = LOG) -> Checkpointer:
        policy = Policy((LOG.verifier,)).enrolled("2107", CITY.verifier)
        (tmp_path / NAME).write_text(policy.text, encoding="utf-8")
        process: Checkpointer = running(
            Checkpointer(
                "probe",
                victim.database.signer_url,
                signer,
                SignedState(tmp_path / "checkpoints" / "probe.json"),
                PolicyFile(tmp_path),
                Announcer(amqp, "probe", ("2107", "2113")),
                threading.Event(),
                Pace(poll=0.02, interval=0.2, patrol=512),
                keys=tmp_path,
            )
        )
        return process

    return start


def remembered(process: Checkpointer) -> Signed:
    return process.state.load() or Signed()


def gauge(name: str) -> float | None:
    return REGISTRY.get_sample_value(f"paizhu_checkpoint_{name}", {"service": "probe"})


def signed(victim: Victim) -> list[int]:
    return [size for (size,) in rows_of(victim.database.auditor_url, "select size from log.checkpoints order by 1")]


def test_what_is_appended_is_soon_signed_though_no_broker_is_there(
    victim: Victim, started: Callable[..., Checkpointer]
) -> None:
    victim.append(3)
    process = started()
    eventually(lambda: signed(victim) == [3])
    victim.append(700, 3)
    eventually(lambda: signed(victim)[-1] == 700)
    eventually(lambda: (gauge("size"), gauge("unsigned"), gauge("alarm")) == (700, 0, 0))
    assert process.health.report("/health/ready")[0] == 200
    assert gauge("age_seconds") is not None


def test_a_byte_changed_below_the_signed_size_sets_off_the_alarm_until_it_is_mended(
    victim: Victim, started: Callable[..., Checkpointer]
) -> None:
    victim.append(1_500)
    process = started()
    eventually(lambda: signed(victim) == [1_500])
    victim.change(1_000)
    eventually(lambda: gauge("alarm") == 1)
    (place,) = process.alarms.standing().items()
    assert place == ("events 513 to 1024", "position 1000: the line is not the one its leaf was made of")
    victim.append(1_600, 1_500)  # what the cities hold stays true: the tree over the original leaves grows on
    eventually(lambda: signed(victim)[-1] == 1_600)
    victim.mend(1_000)
    eventually(lambda: gauge("alarm") == 0)
    assert process.alarms.standing() == {}


def test_a_changed_line_that_is_not_signed_yet_stops_signing(
    victim: Victim, started: Callable[..., Checkpointer]
) -> None:
    victim.append(20)
    victim.change(15)
    process = started()
    eventually(lambda: gauge("alarm") == 1)
    victim.append(30, 20)
    assert "position 15" in process.alarms.standing()["log"]
    assert process.health.report("/health/ready")[0] == 200  # commands go on; the alarm is a person's affair
    assert signed(victim) == []
    victim.mend(15)
    eventually(lambda: signed(victim) == [30])
    eventually(lambda: gauge("alarm") == 0)


def test_a_restored_database_is_not_signed_and_who_holds_more_is_named(
    victim: Victim, started: Callable[..., Checkpointer]
) -> None:
    victim.append(10)
    process = started()
    eventually(lambda: signed(victim) == [10])
    victim.append(15, 10)
    eventually(lambda: signed(victim) == [10, 15])
    ((note,),) = rows_of(victim.database.auditor_url, "select note from log.checkpoints where size = 15")
    line = CITY.signature(notes.parse(note).body, 1_700_000_000).line
    run(victim.database.url, f"insert into log.cosignatures values (15, '2107', '{line}')")
    eventually(lambda: gauge("witnessed") == 15)
    eventually(lambda: remembered(process).witnesses == {"2107": 15})
    victim.restore(10)
    said = "the log ends at 10, and 15 events were there; more is held by 2107 (15)"
    eventually(lambda: process.alarms.standing().get("log") == said)
    victim.append(40, 10, word="other")
    eventually(lambda: "another tree of 15 events was signed before" in process.alarms.standing().get("log", ""))
    assert (gauge("alarm"), signed(victim)) == (1, [10])


def test_two_at_once_sign_like_one(victim: Victim, started: Callable[..., Checkpointer]) -> None:
    first, second = started(), started()
    victim.append(50)
    eventually(lambda: signed(victim) == [50])
    first.stop.set()
    victim.append(60, 50)
    eventually(lambda: signed(victim) == [50, 60])
    second.stop.set()


@pytest.fixture
def cities(rabbit_server: Any) -> Iterator[Any]:
    """A channel to a broker whose queues of checkpoints are not there yet."""
    connection = bus.connect(rabbit_server.url, "test")
    channel = connection.channel()
    for code in ("2107", "2113"):
        channel.queue_delete(bus.city_checkpoints(code))
    yield channel
    bus.hang_up(connection)


def test_the_queues_are_there_before_the_first_checkpoint_and_again_after_a_broker_forgot_them(
    victim: Victim, started: Callable[..., Checkpointer], cities: Any, rabbit_server: Any
) -> None:
    process = started(rabbit_server.url)
    queue = bus.city_checkpoints("2113")

    def there() -> bool:
        with closing(bus.connect(rabbit_server.url, "look")) as connection:
            try:
                return bool(connection.channel().queue_declare(queue, passive=True))
            except bus.GONE:
                return False

    eventually(there)
    cities.queue_delete(queue)
    connection = process.announcer._connection
    assert connection is not None
    connection.sock.shutdown(SHUT_RDWR)  # as a broker does that starts anew
    eventually(there)
    victim.append(2)
    eventually(lambda: remembered(process).announced == 2)
    assert len(emptied(cities, queue)) == 1


def test_every_city_receives_every_checkpoint_also_those_signed_while_the_broker_was_away(
    victim: Victim, started: Callable[..., Checkpointer], cities: Any, rabbit_server: Any
) -> None:
    victim.append(5)
    away = started()
    eventually(lambda: signed(victim) == [5])
    victim.append(9, 5)
    eventually(lambda: signed(victim) == [5, 9])
    away.stop.set()
    process = started(rabbit_server.url)
    victim.append(12, 9)
    eventually(lambda: remembered(process).announced == 12)
    for code in ("2107", "2113"):
        found = emptied(cities, bus.city_checkpoints(code))
        read = [checkpoint.opened(message.body, LOG.verifier)[0] for message in found]
        assert [each.size for each in read] == [5, 9, 12]
        assert [message.headers["service"] for message in found] == ["probe"] * 3


def test_a_new_key_is_told_to_every_city_before_it_signs_and_signs_only_where_it_was_announced(
    victim: Victim, started: Callable[..., Checkpointer], cities: Any, rabbit_server: Any, tmp_path: Path
) -> None:
    new = notes.Signer(LOG.verifier.name, notes.ED25519, bytes([3]) * 32)
    victim.append(5)
    first = started(rabbit_server.url)
    eventually(lambda: remembered(first).announced == 5)
    first.stop.set()
    unannounced = started(rabbit_server.url, new)
    eventually(lambda: "the last checkpoint is not ours" in unannounced.alarms.standing().get("log", ""))
    announcement = succession.announce(LOG, new, 5)
    (tmp_path / succession.name_of("probe")).write_text(announcement.text, encoding="utf-8")
    eventually(lambda: gauge("alarm") == 0)
    victim.append(9, 5)
    eventually(lambda: remembered(unannounced).announced == 9)
    for code in ("2107", "2113"):
        found = emptied(cities, bus.city_checkpoints(code))
        assert [(m.headers["kind"], m.headers["size"]) for m in found] == [
            ("checkpoint", 5), ("succession", 5), ("checkpoint", 9),
        ]  # fmt: skip
        assert found[1].body == announcement.text
        assert checkpoint.opened(found[2].body, new.verifier)[0].size == 9
