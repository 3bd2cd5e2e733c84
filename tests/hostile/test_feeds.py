"""What a superuser of the gateway's database can do to the feeds of the cities, and how each of it is named.

Three notices of the province concern all fourteen cities, at positions 1, 62 and 63 of allocation; attendance 41 to 60
register days in city 2107, whose feed holds them under the numbers 3 to 22 between the second notice and the third.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audit.export_cli import command
from audit.findings import Finding
from gateway.feeds.parked import open_parked_desk
from gateway.feeds.process import cities
from tests.kit.audit.fed import Fed, fed
from tests.kit.audit.rewriting import kept
from tests.kit.databases import run

Named = set[tuple[str, str, int | None]]

FAR = 100_000
ONE = "city = '2107' and sequence = 5"
LAST = "city = '2107' and sequence = 23"
TWO = "city = '2107' and sequence in (5, 6)"
BEHIND = "city = '2107' and sequence > 5"
MORE = "; update feed.head set position = position + 1;"
HEADS = (
    "update feed.cities set sequence = sequence - 1 where city = '2107'; update feed.head set position = position - 1"
)


def numbered(where: str, to: str) -> str:
    """SQL that gives the items ``where`` the numbers ``to`` (an expression), what they say of themselves included."""
    mark, twelve = '"sequence":"', "lpad(({})::text, 12, '0')"
    old, new = (f"'{mark}' || {twelve.format(number)}" for number in ("sequence", to))
    return (
        f"update feed.items set sequence = {to} + {FAR}, body = replace(body, {old}, {new}) where {where};"
        f"update feed.items set sequence = sequence - {FAR} where sequence > {FAR}"
    )


def moved(where: str, to: str) -> str:
    """SQL that puts the items ``where`` at the positions ``to`` (an expression) in the order of all."""
    return (
        f"update feed.items set position = {to} + {FAR} where {where};"
        f"update feed.items set position = position - {FAR} where position > {FAR}"
    )


def copied(**changed: str) -> str:
    """SQL that adds number 22 of 2107 once more at the end, with other columns."""
    columns = ("position", "city", "sequence", "key", "body", "source", "source_position")
    values = {"position": "(select position + 1 from feed.head)", **changed}
    shown = ", ".join(values.get(column, column) for column in columns)
    return f"insert into feed.items select {shown} from feed.items where city = '2107' and sequence = 22"


CASES: dict[str, tuple[str, Named]] = {
    "the date of an item is false": (
        f"update feed.items set body = replace(body, '2018-05-02', '2018-05-03') where {ONE}",
        {("item_differs", "attendance", 43)},
    ),
    "an item says that it is of another city": (
        f'update feed.items set body = replace(body, \'"city":"2107"\', \'"city":"2113"\') where {ONE}',
        {("item_differs", "attendance", 43)},
    ),
    "an item goes under another key": (
        f"update feed.items set key = '2107.attendance.AttendanceSealed.v1' where {ONE}",
        {("item_differs", "attendance", 43)},
    ),
    "an item is no item": (f"update feed.items set body = '{{' where {ONE}", {("item_differs", "attendance", 43)}),
    "an item is gone": (
        f"delete from feed.items where {ONE}",
        {("item_missing", "attendance", 43), ("item_order", "feeds/2107", 5)},
    ),
    "an item is gone, and those behind it are numbered anew": (
        f"delete from feed.items where {ONE}; {numbered(BEHIND, 'sequence - 1')};"
        f"{moved('position > 31', 'position - 1')}; {HEADS}",
        {("item_missing", "attendance", 43)},
    ),
    "the last item is gone, as if it had never been": (
        f"delete from feed.items where {LAST}; {moved('position > 55', 'position - 1')}; {HEADS}",
        {("item_missing", "allocation", 63)},
    ),
    "an event is told to a city that it does not concern": (
        copied(city="'2113'", sequence="4") + MORE + "update feed.cities set sequence = 4 where city = '2113'",
        {("item_foreign", "attendance", 60)},
    ),
    "an item is of an event that has not been recorded": (
        copied(sequence="24", source_position="1000")
        + MORE
        + "update feed.cities set sequence = 24 where city = '2107'",
        {("item_foreign", "attendance", 1000)},
    ),
    "an item is of a log that does not exist": (
        copied(sequence="24", source="'archive'") + MORE + "update feed.cities set sequence = 24 where city = '2107'",
        {("item_foreign", "feeds", None)},
    ),
    "two items have changed their numbers": (
        numbered(TWO, "11 - sequence"),
        {("item_order", "feeds/2107", 5)},
    ),
    "two items have changed their numbers and their places": (
        f"{numbered(TWO, '11 - sequence')}; {moved(TWO, '63 - position')}",
        {("item_order", "feeds/2107", 6)},
    ),
    "a city's head says more": (
        "update feed.cities set sequence = 30 where city = '2107'",
        {("item_order", "feeds/2107", 24)},
    ),
    "the head of all says more": ("update feed.head set position = position + 1", {("head_differs", "feeds", None)}),
    "more is said to be taken in than there is": (
        "update log.inbox set position = 1000 where source = 'attendance'",
        {("inbox_ahead", "feeds", None)},
    ),
    "less is said to be taken in than there is": (
        "update log.inbox set position = 59 where source = 'attendance'",
        {("item_foreign", "attendance", 60)},
    ),
    "more is said to be carried to the broker than there is": (
        "insert into log.relay values ('public', 1000)",
        {("mark_ahead", "feeds", None)},
    ),
    "an event whose items are there stands as parked": (
        "insert into log.parked values ('attendance', 43, 'attendance:43', 'ValueError', 1)",
        {("parked_unfounded", "attendance", 43)},
    ),
    "an event that concerns no city stands as parked": (
        "insert into log.parked values ('allocation', 2, 'allocation:2', 'ValueError', 1)",
        {("parked_unfounded", "allocation", 2)},
    ),
    "an event that was not taken in stands as parked": (
        "insert into log.parked values ('attendance', 1000, 'attendance:1000', 'ValueError', 1)",
        {("parked_unfounded", "attendance", 1000)},
    ),
    "an event is hidden as parked": (
        f"delete from feed.items where {LAST}; {moved('position > 55', 'position - 1')}; {HEADS};"
        "insert into log.parked values ('allocation', 63, 'allocation:63', 'ValueError', 1)",
        {("parked_unfounded", "allocation", 63), ("item_missing", "allocation", 63)},
    ),
}


@pytest.fixture(scope="module")
def sound(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fed]:
    """Signed logs, all taken in. Tests that change the feeds mend them."""
    with fed(postgres_server.url, tmp_path_factory.mktemp("fed")) as found:
        found.issue()
        found.archive.grow(40)
        found.issue()
        found.feed()
        found.issue()
        found.archive.sign()
        found.feed()
        yield found


@pytest.fixture
def own(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fed]:
    """Unsigned logs, nothing of them taken in."""
    with fed(postgres_server.url, tmp_path_factory.mktemp("own")) as found:
        found.issue()
        found.archive.grow(4)
        yield found


def named(findings: list[Finding]) -> Named:
    return {(finding.code, finding.service, finding.position) for finding in findings}


def test_feeds_that_follow_from_the_logs_give_no_finding(sound: Fed) -> None:
    numbers = "select sequence, source, source_position from feed.items where city = '2107' order by sequence"
    between = [(number, "attendance", number + 38) for number in range(3, 23)]
    assert sound.rows(numbers) == [(1, "allocation", 1), (2, "allocation", 62), *between, (23, "allocation", 63)]
    assert sound.verify() == []


@pytest.mark.parametrize("case", CASES)
def test_it_is_named_and_nothing_else(sound: Fed, case: str) -> None:
    sql, expected = CASES[case]
    with sound.kept():
        sound.force(sql)
        assert named(sound.compared()) == expected


def test_verification_names_it_and_nothing_else(sound: Fed) -> None:
    for case in ("the date of an item is false", "an item is gone", "an event is hidden as parked"):
        sql, expected = CASES[case]
        with sound.kept():
            sound.force(sql)
            assert named(sound.verify()) == expected


def test_a_table_of_items_without_its_guard_is_named(sound: Fed) -> None:
    run(sound.superuser, "alter table feed.items disable trigger append_only")
    assert named(sound.verify()) == {("guard_off", "feeds", None)}
    run(sound.superuser, "alter table feed.items enable always trigger append_only")


def test_an_item_that_stands_twice_is_named(sound: Fed) -> None:
    rule = "items_city_source_source_position_key"
    with sound.kept():
        sound.force(
            f"alter table feed.items drop constraint {rule}; {copied(sequence='24')} {MORE}"
            "update feed.cities set sequence = 24 where city = '2107'"
        )
        found = sound.verify()
    sound.force(f"alter table feed.items add constraint {rule} unique (city, source, source_position)")
    assert named(found) == {("item_foreign", "attendance", 60), ("right_differs", "feeds", None)}
    assert "22" in next(one.sentence for one in found if one.code == "item_foreign")


def test_an_event_that_is_changed_is_named_alone(sound: Fed) -> None:
    """Its line is not to be believed, so nothing is said of the items that were made of it."""
    victim = sound.archive.victims["attendance"]
    with kept(victim):
        victim.change(43)
        found = named(sound.verify())
    assert found == {("leaf_differs", "attendance", 43), ("root_differs", "attendance", 60)}


def test_a_parked_event_is_named_until_an_operator_has_settled_it(own: Fed) -> None:
    own.feed(("allocation", 1), ("attendance", 5))
    missing = {("item_missing", "allocation", 1), ("item_missing", "attendance", 5)}
    assert named(own.verify()) == missing
    desk = open_parked_desk(own.database.url, "21", cities("21"))
    admin = {"person": "p-1", "post": "管理员", "organ": "21", "role": "system_admin", "areas": [""], "units": []}
    about = {"actor": admin, "occurred_on": "2018-06-01", "reason": "合成原因"}

    def settle(act: str, source: str, number: int) -> None:
        line = own.archive.lines(source)[number - 1].decode()
        desk.answer({**about, "act": act, "source": source, "number": number, "id": f"{act}-{number}", "line": line})

    settle("replay", "allocation", 1)  # behind items of later positions, which is no other order than the events'
    settle("discard", "attendance", 5)
    assert own.verify() == []
    own.force("delete from feed.items where source = 'allocation' and city = '2113'")
    assert ("item_missing", "allocation", 1) in named(own.verify())


def test_a_system_at_work_gives_no_finding(own: Fed) -> None:
    """Events that the feeds have not taken in yet are owed to nobody."""
    assert own.verify() == []
    own.feed()
    own.issue()
    assert own.verify() == []


def test_a_citys_bundle_holds_its_feed_to_the_events(sound: Fed, tmp_path: Path) -> None:
    databases = {**sound.archive.addresses(), "gateway": sound.database.auditor_url}
    named = [f"--database={name}={url}" for name, url in databases.items()]

    def exported(city: str, out: str) -> tuple[int, list[tuple[str, str, int | None]]]:
        options = [*named, "--keys", str(sound.archive.folder), "--city", city, "--out", str(tmp_path / out), "--json"]
        done = CliRunner().invoke(command, options)
        found = json.loads(done.stdout)["findings"]
        return done.exit_code, [(finding["code"], finding["service"], finding["position"]) for finding in found]

    assert exported("2107", "sound") == (0, [])
    with sound.kept():
        sound.force(CASES["the date of an item is false"][0])
        assert exported("2107", "false") == (1, [("item_differs", "attendance", 43)])
        assert exported("2113", "another") == (0, [])
    with sound.kept():
        sound.force(CASES["an item is gone"][0])
        gone = [("item_missing", "attendance", 43), ("item_order", "feeds/2107", 5)]
        assert exported("2107", "gone") == (1, gone)
