"""A trail: what belongs to it, in which order it stands, and how it is drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from audit.trail import picture as pictures
from audit.trail.order import depths, ordered
from audit.trail.picture import TooLong, picture
from audit.trail.search import TooMuch
from audit.trail.trace import id_text
from kernel.errors import Corrupt
from tests.kit.audit.trails import PERSON, POSTING, TARGET, UNIT, Logs, recalled

CASE = f"{POSTING}.T1"


@pytest.fixture
def logs() -> Logs:
    """A cadre comes to a post and is recalled; another one, of the same unit, has nothing to do with it."""
    return recalled()


def test_a_person_has_what_names_it_what_caused_that_and_what_followed(logs: Logs) -> None:
    assert logs.trail(PERSON) == {
        "allocation:2": "cause",
        "personnel:1": "about",
        "personnel:3": "about",
        "attendance:1": "about",
        "evaluation:1": "about",
        "personnel:4": "about",
        "allocation:3": "effect",
        "personnel:5": "effect",
        "allocation:4": "named",
    }


def test_what_tells_of_a_persons_posting_alone_is_on_the_persons_trail(logs: Logs) -> None:
    days = [logs.add("attendance", "AttendanceRegistered", f"register/{POSTING}", posting=POSTING) for _ in range(3)]
    item = logs.add("personnel", "HandoverItemDone", f"posting/{POSTING}", posting=POSTING, item="escort")
    logs.add("personnel", "HandoverItemDone", "posting/LN2018.210726102208.1", posting="LN2018.210726102208.1")
    search = logs.search(PERSON)
    assert list(search.subjects) == [PERSON, POSTING]
    trail = logs.trail(PERSON)
    assert [trail[id_] for id_ in (*days, item)] == ["about"] * 4
    assert "personnel:7" not in trail
    assert list(logs.search(TARGET).subjects) == [TARGET]  # a village has no postings of its own in this sense


def test_another_persons_posting_that_only_names_the_person_is_not_followed(logs: Logs) -> None:
    other = "LN2018.210726102208.1"
    logs.add("personnel", "SuccessorAppointed", f"posting/{other}", person=PERSON, posting=POSTING, nomination="n-1")
    logs.add("personnel", "NomineeReplaced", "roster/LN2018.U03", person=PERSON, nomination="n-2", replaces="n-3")
    assert list(logs.search(PERSON).subjects) == [PERSON, POSTING, "n-2"]


def test_what_made_good_for_a_lost_leg_is_on_its_trail() -> None:
    logs = Logs()
    lost, substitute = "LN2002.13.out.township.1.1", "LN2002.13.out.township.1.2"
    withdrawn = logs.add("personnel", "SecondmentWithdrawn", f"leg/{lost}", leg=lost, person=PERSON)
    logs.add("allocation", "SwapUnbalanced", "pair/LN2002.13", withdrawn, leg=lost)
    reported = logs.add("personnel", "SecondmentReported", f"leg/{substitute}", leg=substitute, person="other")
    logs.add("allocation", "SwapRestored", "pair/LN2002.13", reported, leg=substitute)
    logs.add("evaluation", "SecondmentNoted", f"secondment/{substitute}", reported, leg=substitute, replaces=lost)
    logs.add("allocation", "SwapEnded", "pair/LN2002.13", pair=13)
    assert (
        logs.trail(lost)
        == logs.trail(PERSON)
        == {
            "personnel:1": "about",
            "allocation:1": "about",
            "personnel:2": "cause",
            "allocation:2": "effect",
            "evaluation:1": "about",
        }
    )


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
