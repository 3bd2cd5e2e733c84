"""The history checker sees what is planted: each kind of damage, in a history that is otherwise whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.history import Event, Evidence, Stored, findings
from tests.faults.journal import Journal, read


def event(
    position: int, kind: str, command: str, at: int = 5, *, stream: str = "", areas: str = "", **data: str
) -> Event:
    return Event(position, stream or f"{kind}/{position}", 1, kind, command, at, tuple(areas.split()), data)


def intent(command: str, *effects: tuple[str, str, dict[str, str]]) -> dict[str, object]:
    listed = [{"service": service, "type": kind, "fields": fields} for service, kind, fields in effects]
    return {"intent": command, "name": "-", "effects": listed}


def ack(command: str, service: str, position: int, **events: int) -> dict[str, object]:
    return {"ack": command, "service": service, "position": position, "events": events, "repeated": False}


UNIT = ("allocation", "UnitRegistered", {"unit": "F1"}), ("personnel", "UnitNoted", {"unit": "F1"})
NOTICE = ("allocation", "NoticeIssued", {"title": "t"})


def whole() -> Evidence:
    """Two acknowledged commands: a unit that personnel noted, a notice that city 2107 received."""
    items = [(1, "allocation:2")]
    return Evidence(
        journal=[
            intent("a", *UNIT),
            intent("b", NOTICE),
            ack("a", "allocation", 1, UnitRegistered=1),
            ack("b", "allocation", 2, NoticeIssued=1),
        ],
        logs={
            "allocation": [
                event(1, "UnitRegistered", "a", unit="F1"),
                event(2, "NoticeIssued", "b", 6, areas="2107", title="t"),
            ],
            "personnel": [event(1, "UnitNoted", "allocation:1", unit="F1")],
        },
        heads={"allocation": 2, "personnel": 1},
        commands={"allocation": frozenset("ab"), "personnel": frozenset({"allocation:1"})},
        inboxes={"personnel": {"allocation": 2}, "feeds": {"allocation": 2, "personnel": 1}},
        items={"2107": items, "2113": []},
        feeds={"2107": items, "2113": []},
        stores={"2107": Stored(items, ["allocation:2"]), "2113": Stored([], [])},
    )


def logs(evidence: Evidence, service: str, *events: Event) -> Evidence:
    return replace(
        evidence, logs={**evidence.logs, service: events}, heads={**evidence.heads, service: events[-1].position}
    )


def stored(evidence: Evidence, store: Stored) -> Evidence:
    return replace(evidence, stores={**evidence.stores, "2107": store})


def command_gone(e: Evidence) -> Evidence:
    """Acknowledged, and the log ends before it."""
    return replace(
        logs(e, "allocation", e.logs["allocation"][0]),
        commands={**e.commands, "allocation": frozenset("a")},
        inboxes={"personnel": {"allocation": 1}, "feeds": {"allocation": 1, "personnel": 1}},
        items={"2107": [], "2113": []},
        feeds={"2107": [], "2113": []},
        stores={city: Stored([], []) for city in ("2107", "2113")},
    )


def effect_twice(e: Evidence) -> Evidence:
    """Taken in a second time under another id: the ids cannot tell, the effect can."""
    again = e.logs["personnel"][0]._replace(position=2, stream="other", command="allocation:9")
    e = logs(e, "personnel", *e.logs["personnel"], again)
    return replace(e, inboxes={**e.inboxes, "feeds": {"allocation": 2, "personnel": 2}})


def taken_by_another(e: Evidence) -> Evidence:
    """The reaction is gone though the position is taken in."""
    return logs(e, "personnel", e.logs["personnel"][0]._replace(data={"unit": "F2"}))


PLANTED: dict[str, tuple[Callable[[Evidence], Evidence], set[str]]] = {
    "an acknowledged command": (command_gone, {"lost"}),
    "a reaction": (taken_by_another, {"lost"}),
    "a reaction twice": (effect_twice, {"duplicated"}),
    "a command twice": (
        lambda e: logs(e, "allocation", *e.logs["allocation"], event(3, "UnitRegistered", "a", 7, unit="F1")),
        {"duplicated", "lost"},  # lost: nobody has taken in the third event yet
    ),
    "two answers": (lambda e: replace(e, journal=[*e.journal, ack("a", "allocation", 2)]), {"duplicated"}),
    "a position": (
        lambda e: logs(e, "allocation", e.logs["allocation"][0], e.logs["allocation"][1]._replace(position=3)),
        {"gaps", "duplicated", "lost"},
    ),
    "a version": (lambda e: logs(e, "personnel", e.logs["personnel"][0]._replace(version=2)), {"gaps"}),
    "a head ahead": (lambda e: replace(e, heads={**e.heads, "personnel": 2}), {"lost"}),
    "time": (
        lambda e: logs(e, "allocation", e.logs["allocation"][0], e.logs["allocation"][1]._replace(recorded_at=4)),
        {"time"},
    ),
    "an inbox behind": (lambda e: replace(e, inboxes={"personnel": {"allocation": 1}}), {"lost"}),
    "something parked": (lambda e: replace(e, parked={"personnel": ["allocation:1"]}), {"lost"}),
    "an item of the feed": (
        lambda e: stored(replace(e, items={"2107": [], "2113": []}, feeds={}), Stored([], [])),
        {"lost"},
    ),
    "an item for the wrong city": (
        lambda e: replace(e, items={**e.items, "2113": [(1, "allocation:2")]}, feeds={}),
        {"duplicated", "lost"},
    ),
    "a gap in the feed": (
        lambda e: stored(
            replace(e, items={**e.items, "2107": [(2, "allocation:2")]}, feeds={}), Stored([(2, "allocation:2")], [])
        ),
        {"gaps"},
    ),
    "the feed over HTTP": (lambda e: replace(e, feeds={"2107": []}), {"gaps"}),
    "an event of a subscriber": (lambda e: stored(e, Stored([], [])), {"lost"}),
    "an event applied twice": (lambda e: stored(e, Stored(e.items["2107"], ["allocation:2"] * 2)), {"duplicated"}),
    "a stranger": (lambda e: stored(e, Stored(e.items["2107"], [], strangers=1)), {"unclean"}),
    "a refusal": (
        lambda e: replace(e, journal=[*e.journal, intent("c"), {"refused": "c", "status": 422, "code": "x"}]),
        {"unclean"},
    ),
    "a refusal that took effect": (
        lambda e: replace(e, journal=[intent("b", NOTICE), {"refused": "b", "status": 422, "code": "x"}]),
        {"unclean"},
    ),
    "no answer": (lambda e: replace(e, journal=[*e.journal, intent("c")]), {"unclean"}),
    "a replay that differs": (lambda e: replace(e, replay=["personnel.units: 1 row"]), {"replay"}),
    "a finding of verify": (lambda e: replace(e, verify=["leaf_differs personnel:1"]), {"verify"}),
}


def test_a_whole_history_has_no_finding() -> None:
    assert findings(whole()) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found_and_nothing_else(planted: str) -> None:
    plant, kinds = PLANTED[planted]
    found = findings(plant(whole()))
    assert {finding.kind for finding in found} == kinds, found


def test_a_command_without_an_answer_that_took_effect_is_not_lost() -> None:
    e = whole()
    assert {f.kind for f in findings(replace(e, journal=[x for x in e.journal if x.get("ack") != "b"]))} == {"unclean"}


def test_a_journal_cut_in_the_middle_of_a_line_is_read_up_to_it(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    for number in range(3):
        journal.note({"intent": str(number)})
    journal.close()
    with path.open("ab") as file:
        file.write(b'{"ack": "0", "serv')
    assert [entry["intent"] for entry in read(path)] == ["0", "1", "2"]
