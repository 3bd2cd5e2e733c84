"""`paizhu subscribe` over HTTP alone: every page kept, gaps asked for, refusals told in the gateway's own words."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from gateway.feeds.cli import command
from gateway.feeds.fetching import FeedAway, FeedRefused, HttpFeed
from gateway.feeds.kept import Conflict, Kept
from gateway.feeds.refusals import AFTER_PAST_HEAD
from gateway.feeds.subscriber import Subscriber


def item(sequence: int, ident: str | None = None) -> dict[str, str]:
    event = {"id": ident or f"s:{sequence}", "type": "t", "city": "2107", "areas": "2107"}
    return {**event, "sequence": f"{sequence:012d}"}


class Feed(ThreadingHTTPServer):
    """A feed of ``head`` items, given ``most`` at a time; with ``answer`` set it gives that (status, body) instead.

    ``content`` is what some items hold besides.

    ``numbered`` are other ids than the usual for some sequences; ``before`` makes it a gateway of an earlier version,
    which answers a reader past its head with an empty page. ``grow`` is called before each answer.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.head, self.most = 0, 3
        self.answer: tuple[int, bytes] | None = None
        self.numbered: dict[int, str] = {}
        self.content: dict[int, dict[str, str]] = {}
        self.before = False
        self.grow: Callable[[], None] = lambda: None
        self.asked: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    server: Feed

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(asked)
        self.server.grow()
        after = int(asked["after"])
        numbers = range(after + 1, min(after + self.server.most, self.server.head) + 1)
        page = {
            "items": [item(n, self.server.numbered.get(n)) | self.server.content.get(n, {}) for n in numbers],
            "next": numbers[-1] if numbers else after,
        }
        usual = (200, json.dumps({**page, "head": self.server.head}).encode())
        if after > self.server.head and not self.server.before:
            usual = (400, json.dumps(AFTER_PAST_HEAD(given=after, head=self.server.head).problem()).encode())
        status, body = self.server.answer or usual
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def feed() -> Iterator[Feed]:
    server = Feed()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def subscribe(feed: Feed, tmp_path: Path, *more: str, city: str = "2107", credentials: str = "t") -> Any:
    options = ["--city", city, "--feed", feed.url, "--store", str(tmp_path / "kept.sqlite"), "--token", credentials]
    return CliRunner().invoke(command, [*options, *more])


def test_without_a_broker_everything_comes_by_long_polling(feed: Feed, tmp_path: Path) -> None:
    feed.head = 8
    kept, stop = Kept(tmp_path / "kept.sqlite", "2107"), threading.Event()

    def took() -> None:
        if kept.whole == 8:
            stop.set()

    Subscriber(kept, HttpFeed(feed.url, "2107", "t"), "", stop, took=took).run()
    assert kept.report(8) | {"received": 8, "duplicates": 0, "missing": 0} == kept.report(8)
    assert [asked["after"] for asked in feed.asked] == ["0", "3", "6"]
    assert {asked["wait"] for asked in feed.asked} == {"5"}


def test_the_account_says_what_is_missing(feed: Feed, tmp_path: Path) -> None:
    feed.head = 5
    done = subscribe(feed, tmp_path, "--report")
    assert done.exit_code == 0
    assert json.loads(done.output)["missing"] == 5


def kept_of(tmp_path: Path, items: list[dict[str, str]]) -> None:
    """A store that an earlier run has left."""
    with closing(Kept(tmp_path / "kept.sqlite", "2107")) as kept:
        kept.take([json.dumps(one).encode() for one in items])


def test_an_account_that_agrees_with_the_feed_is_no_alarm(feed: Feed, tmp_path: Path) -> None:
    feed.head = 8
    kept_of(tmp_path, [item(n) for n in range(1, 9)])
    done = subscribe(feed, tmp_path, "--report")
    assert (done.exit_code, json.loads(done.output)["alarms"]) == (0, [])


def test_a_feed_that_was_numbered_anew_is_named_by_the_account_and_ends_it_as_an_alarm(
    feed: Feed, tmp_path: Path
) -> None:
    feed.head, feed.numbered = 8, {5: "attendance:2492"}
    kept_of(tmp_path, [item(n) for n in range(1, 9)])
    for _ in range(2):
        done = subscribe(feed, tmp_path, "--report")
        found = json.loads(done.output)
        assert (done.exit_code, found["missing"], found["conflicts"], found["past_head"]) == (3, 0, 1, 0)
        assert found["alarms"] == [{"sequence": 5, "kept": "s:5", "came": "attendance:2492", "also": None}]


@pytest.mark.parametrize("before", [True, False])
def test_a_store_past_the_head_is_an_alarm(feed: Feed, tmp_path: Path, before: bool) -> None:
    feed.head, feed.before = 2, before
    kept_of(tmp_path, [item(1), item(2), item(3)])
    done = subscribe(feed, tmp_path, "--report")
    found = json.loads(done.output)
    assert (done.exit_code, found["missing"], found["conflicts"], found["past_head"]) == (3, 0, 0, 1)
    assert found["alarms"] == [{"sequence": 3, "kept": "s:3", "came": None, "also": None}]


@pytest.mark.parametrize("before", [True, False])
def test_a_feed_that_was_taken_back_is_read_again_from_where_it_ended(feed: Feed, tmp_path: Path, before: bool) -> None:
    kept_of(tmp_path, [item(n) for n in range(1, 6)])
    feed.head, feed.before = 2, before
    feed.numbered = {3: "attendance:3", 4: "attendance:4", 5: "s:4"}

    def grow() -> None:
        feed.head = min(feed.head + (len(feed.asked) > 4), 7)

    feed.grow = grow
    kept, stop = Kept(tmp_path / "kept.sqlite", "2107"), threading.Event()

    def took() -> None:
        if kept.whole == 7:
            stop.set()

    subscriber = Subscriber(kept, HttpFeed(feed.url, "2107", "t"), "", stop, took=took)
    subscriber.run()
    assert subscriber.alarmed
    assert kept.conflicts == {Conflict(3, "attendance:3"), Conflict(4, "attendance:4"), Conflict(5, "s:4")}
    assert (kept.after, kept.whole) == (7, 7)
    kept.close()
    again = subscribe(feed, tmp_path, "--report")
    assert (again.exit_code, json.loads(again.output)["conflicts"]) == (3, 3)


def test_a_feed_numbered_anew_while_nobody_listened_is_read_again_from_its_start(feed: Feed, tmp_path: Path) -> None:
    kept_of(tmp_path, [item(n) for n in range(1, 6)])
    feed.head, feed.numbered = 7, {2: "attendance:2", 5: "s:2"}
    kept, stop = Kept(tmp_path / "kept.sqlite", "2107"), threading.Event()

    subscriber = Subscriber(kept, HttpFeed(feed.url, "2107", "t"), "", stop)
    feed.grow = lambda: stop.set() if feed.asked[-1]["after"] == "7" else None
    subscriber.run()
    assert subscriber.alarmed
    assert kept.conflicts == {Conflict(2, "attendance:2"), Conflict(5, "s:2")}
    assert kept.whole == 7


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_told_as_the_gateway_put_it(feed: Feed, tmp_path: Path, status: int) -> None:
    feed.answer = status, json.dumps({"code": "foreign_area", "detail": "该令牌不能读取 2107 的事件。"}).encode()
    done = subscribe(feed, tmp_path)
    assert done.exit_code == 1
    assert f"refuses: {status} foreign_area: 该令牌不能读取 2107 的事件。" in done.output


@pytest.mark.parametrize("more", [(), ("--report",)])
def test_a_refused_city_leaves_no_store_behind_and_touches_none_that_was_there(
    feed: Feed, tmp_path: Path, more: tuple[str, ...]
) -> None:
    feed.head = 3
    feed.answer = 403, json.dumps({"code": "foreign_area", "detail": "x"}).encode()
    assert subscribe(feed, tmp_path, *more, city="9999").exit_code == 1
    assert list(tmp_path.iterdir()) == []
    feed.answer = None
    assert subscribe(feed, tmp_path, "--report").exit_code == 0
    kept_of(tmp_path, [item(n) for n in range(1, 4)])
    feed.answer = 403, b'{"code": "foreign_area"}'
    assert subscribe(feed, tmp_path, *more).exit_code == 1
    with closing(Kept(tmp_path / "kept.sqlite", "2107")) as kept:
        assert kept.whole == 3


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((503, b'{"code": "feeds_away"}'), FeedAway),
        ((200, b"[]"), FeedAway),
        ((200, b"{}"), FeedAway),
        ((502, b"<html>"), FeedAway),
        ((429, b'{"code": "rate_exceeded"}'), FeedAway),
        ((404, b'{"code": "city_unknown"}'), FeedRefused),
    ],
)
def test_what_is_no_page_is_no_page(feed: Feed, answer: tuple[int, bytes], told: type[Exception]) -> None:
    feed.answer = answer
    with pytest.raises(told) as raised:
        HttpFeed(feed.url, "2107", "t").page(0)
    assert type(raised.value) is told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"credentials": ""}, "PAIZHU_TOKEN"),
        ({"city": "21"}, "four digits"),
        ({"more": ("--amqp", "localhost")}, "amqp://"),
        ({"more": ("--store", "/dev/null/x")}, "cannot be used as the store"),
    ],
)
def test_a_wrong_option_is_named(feed: Feed, tmp_path: Path, options: dict[str, Any], said: str) -> None:
    more = options.pop("more", ())
    done = subscribe(feed, tmp_path, *more, **options)
    assert done.exit_code in (1, 2)
    assert said in done.output


def test_an_item_changed_behind_the_cursor_is_an_alarm_of_the_program_that_runs_and_of_the_account(
    feed: Feed, tmp_path: Path
) -> None:
    """The number and the id are the same, the date is false: what came first is kept, what came then beside it."""
    feed.head, feed.content = 8, {5: {"occurredon": "2018-05-03"}}
    kept_of(tmp_path, [item(n) for n in range(1, 9)])
    kept, stop = Kept(tmp_path / "kept.sqlite", "2107"), threading.Event()
    feed.grow = lambda: stop.set() if len(feed.asked) > 20 else None
    running = Subscriber(kept, HttpFeed(feed.url, "2107", "t"), "", stop)
    running.run()
    assert (running.alarmed, set(kept.conflicts), kept.whole) == (True, {Conflict(5, "s:5")}, 8)
    kept.close()
    done = subscribe(feed, tmp_path, "--report")
    assert done.exit_code == 3
    found = json.loads(done.output)
    assert found["alarms"] == [{"sequence": 5, "kept": "s:5", "came": "s:5", "also": 5}]
    assert (found["received"], found["redelivered"], found["missing"]) == (8, 0, 0)


def test_what_is_held_against_a_sound_feed_in_rounds_leaves_nothing(feed: Feed, tmp_path: Path) -> None:
    feed.head = 8
    kept_of(tmp_path, [item(n) for n in range(1, 9)])
    kept, stop = Kept(tmp_path / "kept.sqlite", "2107"), threading.Event()
    feed.grow = lambda: stop.set() if len(feed.asked) > 20 else None
    running = Subscriber(kept, HttpFeed(feed.url, "2107", "t"), "", stop)
    running.run()
    looked = [asked["after"] for asked in feed.asked if asked["limit"] == "1000" and asked["wait"] == "0"]
    assert looked[:5] == ["0", "3", "6", "0", "3"]
    assert (running.alarmed, kept.report(8)["redelivered"], kept.report(8)["received"]) == (False, 0, 8)


def test_the_store_of_another_city_is_not_used(feed: Feed, tmp_path: Path) -> None:
    feed.head = 3
    kept_of(tmp_path, [item(n) for n in range(1, 4)])
    for owner in ("noted", "of an earlier version, which noted none"):
        done = subscribe(feed, tmp_path, city="2113")
        assert done.exit_code == 2, owner
        assert "it holds the events of 2107" in done.output
        assert feed.asked == []
        with closing(sqlite3.connect(tmp_path / "kept.sqlite")) as db, db:
            db.execute("delete from owner")
    with closing(Kept(tmp_path / "kept.sqlite", "2107")) as kept:
        assert kept.whole == 3


@pytest.mark.parametrize(
    "url", ["notaurl", "feed.example", "ftp://feed.example", "http://", "http://a:99999999", "/feeds"]
)
def test_what_is_no_address_of_a_gateway_is_told_at_once(feed: Feed, tmp_path: Path, url: str) -> None:
    feed.url = url
    done = subscribe(feed, tmp_path)
    assert done.exit_code == 2
    assert "http://HOST or https://HOST" in done.output
    assert list(tmp_path.iterdir()) == []
