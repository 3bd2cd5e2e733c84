"""A trail: what belongs to it, in which order it stands, how it is drawn, and that no person's data is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from audit.trail import picture as pictures
from audit.trail.order import depths, ordered
from audit.trail.picture import TooLong, picture
from audit.trail.search import Search, TooMuch
from audit.trail.trace import id_text
from audit.trail.words import lines, plain
from kernel.codec import canonical
from kernel.errors import Corrupt
from tests.kit.audit.annals import moment

PERSON, POSTING, TARGET, UNIT = "3f0c9a52-7c1e", "LN2018.210726102207.1", "210726102207", "U03"
CASE = f"{POSTING}.T1"
NAME, PHONE, NUMBER = "合成张三", "13900000000", "21010219900101001X"


class Logs:
    """Logs of several services, written as tests like; ``read`` names those that were read, in order."""

    def __init__(self) -> None:
        self.lines: dict[str, list[bytes]] = {"allocation": [], "personnel": [], "attendance": [], "evaluation": []}
        self.read: list[str] = []

    def add(self, service: str, kind: str, stream: str, because: str = "", at: str = "2018-05-02", **data: Any) -> str:
        position = len(self.lines[service]) + 1
        self.lines[service].append(
            canonical(
                {
                    "actor": {"organ": "省委组织部", "person": "p-1", "post": "干部处"},
                    "areas": [TARGET],
                    "causation": because,
                    "clause": "五.4",
                    "command": f"c-{service}-{position}",
                    "correlation": "k-1",
                    "data": data,
                    "id": f"{service}:{position}",
                    "notice": "辽组通字〔2018〕23号",
                    "occurred_on": at[:10],
                    "position": position,
                    "profile": "LN2018:1",
                    "programme": "LN2018",
                    "recorded_at": moment(at if len(at) > 10 else f"{at} 12:00"),
                    "schema": 1,
                    "stream": stream,
                    "type": kind,
                    "version": 1,
                }
            )
        )
        return f"{service}:{position}"

    def pages(self, service: str) -> Iterator[Sequence[bytes]]:
        self.read.append(service)
        lines = self.lines[service]
        yield from (lines[at : at + 2] for at in range(0, len(lines), 2))

    def search(self, subject: str, most: int = 100) -> Search:
        search = Search(subject, tuple(self.lines), self.pages, most)
        search.run()
        return search

    def trail(self, subject: str) -> dict[str, str]:
        """The ids on the trail in causal order, each with why it is there."""
        return {id_text(t.id): t.relation for t in ordered(self.search(subject).found.values())}


@pytest.fixture
def logs() -> Logs:
    """A cadre comes to a post and is recalled; another one, of the same unit, has nothing to do with it."""
    logs = Logs()
    logs.add("allocation", "UnitRegistered", f"unit/{UNIT}", unit=UNIT, name="合成单位")
    placed = logs.add("allocation", "PlacementConfirmed", f"target/LN2018.{TARGET}", target=TARGET, unit=UNIT)
    logs.add("personnel", "PlacementNoted", f"posting/{POSTING}", placed, person=PERSON, posting=POSTING)
    logs.add("personnel", "PlacementNoted", "posting/LN2018.210726102208.1", posting="LN2018.210726102208.1")
    on_post = logs.add("personnel", "CadreOnPost", f"posting/{POSTING}", person=PERSON, posting=POSTING)
    logs.add("attendance", "RegisterOpened", f"register/{POSTING}", on_post, person=PERSON, posting=POSTING)
    logs.add("evaluation", "RecallClockStarted", f"clock/{POSTING}", on_post, posting=POSTING)
    recalled = logs.add("personnel", "CadreRecalled", f"posting/{POSTING}", posting=POSTING, person=PERSON, unit=UNIT)
    due = logs.add("allocation", "SuccessorDue", f"target/LN2018.{TARGET}", recalled, target=TARGET, unit=UNIT)
    logs.add("personnel", "RenominationRequested", "roster/LN2018.U03", due, unit=UNIT)
    logs.add("allocation", "LedgerFedBack", "ledger/LN2018.2107", rows=[{"person": PERSON}, {"person": "other"}])
    return logs


def test_a_person_has_what_names_it_what_caused_that_and_what_followed(logs: Logs) -> None:
    assert logs.trail(PERSON) == {
        "allocation:2": "cause",
        "personnel:1": "about",
        "personnel:3": "about",
        "attendance:1": "about",
        "evaluation:1": "effect",
        "personnel:4": "about",
        "allocation:3": "effect",
        "personnel:5": "effect",
        "allocation:4": "named",
    }


def test_a_log_is_read_again_where_something_found_later_may_have_left_a_trace_in_it(logs: Logs) -> None:
    logs.trail(PERSON)
    assert logs.read == [
        *("allocation", "personnel", "attendance", "evaluation"),
        *("allocation", "personnel", "attendance"),  # what evaluation held, read last, may have had effects in these
        *(
            "allocation",
            "evaluation",
        ),  # and the effect that personnel then held, in these; attendance was read after it
    ]


def test_a_posting_a_village_and_a_unit_have_trails(logs: Logs) -> None:
    assert set(logs.trail(POSTING)) == set(logs.trail(PERSON)) - {"allocation:4"}
    assert logs.trail(UNIT)["allocation:1"] == "about"
    assert "allocation:3" in logs.trail(TARGET)


def test_what_begins_with_the_id_and_a_dot_is_part_of_it(logs: Logs) -> None:
    logs.add("evaluation", "RecallTriggerRaised", f"clock/{POSTING}", case=CASE)
    logs.add("evaluation", "RecallTriggerRaised", "clock/LN2018.210726102207.10", posting="LN2018.210726102207.10")
    assert "evaluation:2" in logs.trail(POSTING)
    assert "evaluation:3" not in logs.trail(POSTING)
    assert "personnel:2" not in logs.trail(f"LN2018.{TARGET}")


def test_effects_of_an_event_that_names_many_do_not_belong_to_one(logs: Logs) -> None:
    ledger = "allocation:4"
    logs.add("personnel", "LedgerNoted", "ledger/LN2018.2107", ledger)
    assert "personnel:6" not in logs.trail(PERSON)


def test_a_cause_stands_before_its_effect_whatever_the_clocks_say(logs: Logs) -> None:
    early = logs.add("personnel", "ReturnedToUnit", f"posting/{POSTING}", at="2018-05-02 12:30", person=PERSON)
    logs.add("attendance", "RegisterClosed", f"register/{POSTING}", early, at="2018-05-02 11:00", posting=POSTING)
    order = list(logs.trail(PERSON))
    assert order.index("personnel:6") < order.index("attendance:2")


def test_a_ring_of_causes_is_shown_and_does_not_hang() -> None:
    logs = Logs()
    logs.add("personnel", "One", "posting/x", "attendance:1", person=PERSON)
    logs.add("attendance", "Two", "register/x", "personnel:1", person=PERSON)
    assert len(logs.trail(PERSON)) == 2


def test_depth_counts_causes(logs: Logs) -> None:
    trail = ordered(logs.search(PERSON).found.values())
    assert {id_text(id_): depth for id_, depth in depths(trail).items()} == {
        "allocation:2": 0,
        "personnel:1": 1,
        "personnel:3": 0,
        "attendance:1": 1,
        "evaluation:1": 1,
        "personnel:4": 0,
        "allocation:3": 1,
        "personnel:5": 2,
        "allocation:4": 0,
    }


def test_nobody_is_unknown_and_everybody_is_too_much(logs: Logs) -> None:
    assert logs.trail("U99") == {}
    with pytest.raises(TooMuch, match="more than 3 events have to do with U03"):
        logs.search(UNIT, most=3)


def test_a_damaged_line_is_named(logs: Logs) -> None:
    logs.lines["personnel"][2] = logs.lines["personnel"][2][:-9]
    with pytest.raises(Corrupt, match="personnel: line 3 of its log cannot be read"):
        logs.search(PERSON)


def test_no_text_of_a_person_is_taken_over() -> None:
    logs = Logs()
    canaries = {"sealed": "AX" + "q" * 60, "id_digest": "ab12" * 16, "note": NAME, "phone": PHONE, "number": NUMBER}
    logs.add("personnel", "PersonRegistered", f"person/{PERSON}", person=PERSON, synthetic=True, **canaries)
    trail = ordered(logs.search(PERSON).found.values())
    assert plain(trail[0])["fields"] == {"person": PERSON, "phone": "#", "number": "#", "synthetic": True}
    shown = canonical([plain(t) for t in trail]).decode() + "".join(lines(trail)) + picture(PERSON, trail)
    assert not [name for name, value in canaries.items() if value in shown]


def test_text_says_titles_causes_and_both_dates(logs: Logs) -> None:
    trail = ordered(logs.search(PERSON).found.values())
    shown = list(lines(trail))
    assert sum(line.startswith("2018-") for line in shown) == len(trail)
    at = shown.index("2018-05-02  2018-05-02 12:00:00  attendance:1")
    assert shown[at + 1].lstrip().startswith("-> 登记册启用 RegisterOpened | register/LN2018.210726102207.1 v1")
    assert "because of personnel:3" in shown[at + 2]
    wide = list(lines(trail, 160))
    at = wide.index("2018-05-02  2018-05-02 12:00:00  attendance:1")
    said = "-> 登记册启用 RegisterOpened | register/LN2018.210726102207.1 v1 | because of personnel:3"
    assert said in wide[at + 1]


@pytest.mark.parametrize("width", [80, 100, 160])
def test_text_keeps_to_the_width_of_the_screen_and_loses_nothing(logs: Logs, width: int) -> None:
    trail = ordered(logs.search(PERSON).found.values())
    shown = list(lines(trail, width))
    assert max(cell_len(line) for line in shown) <= width
    text = " ".join(" ".join(line.split()) for line in shown)
    for trace in trail:
        assert f"{trace.type}" in text
        assert f"{trace.stream} v{trace.version}" in text


def drawn(svg: str) -> tuple[list[str], int]:
    """The texts of a picture and how many arrows it has."""
    root = ElementTree.fromstring(svg)  # noqa: S314  # our own text
    name = "{http://www.w3.org/2000/svg}"
    texts = [text.text or "" for text in root.iter(f"{name}text")]
    return texts, sum(path.get("class") == "arrow" for path in root.iter(f"{name}path"))


def test_a_picture_has_a_box_an_event_and_an_arrow_from_every_cause(logs: Logs) -> None:
    trail = ordered(logs.search(PERSON).found.values())
    texts, arrows = drawn(picture(PERSON, trail))
    assert [text for text in texts if text in pictures.LANES] == ["allocation", "personnel", "attendance", "evaluation"]
    assert sum(trace.type in text for trace in trail for text in texts) == len(trail)
    assert arrows == sum(trace.cause is not None for trace in trail) == 5


def test_events_of_one_kind_share_a_box_and_signs_are_escaped() -> None:
    logs = Logs()
    for day in range(1, 6):
        logs.add("attendance", "AttendanceRegistered", "register/x", at=f"2018-06-0{day}", posting="<&>")
    trail = ordered(logs.search("<&>").found.values())
    texts, arrows = drawn(picture("<&>", trail))
    assert texts[0] == "<&>"
    assert [text for text in texts if "×" in text] == ["到岗登记 × 5, to 2018-06-05"]
    assert arrows == 0


def test_a_picture_nobody_could_look_at_is_refused(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 3)
    with pytest.raises(TooLong, match="a picture at most 3"):
        picture(PERSON, ordered(logs.search(PERSON).found.values()))
