"""A trail as it is told: facts in words, what each line rests on, equal days once, and no person's data in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from audit.trail.facts import basis, facts
from audit.trail.picture import picture
from audit.trail.words import lines, plain
from kernel.codec import canonical
from programmes.villages import printed
from tests.kit.audit.trails import PERSON, POSTING, TARGET, UNIT, Logs, recalled

LATER = "关于做好辽西北贫困地区与省内发达地区对口挂职锻炼干部考核与表彰工作的通知"
NAME, PHONE, NUMBER = "合成张三", "13900000000", "21010219900101001X"


@pytest.fixture
def logs() -> Logs:
    """A cadre comes to a post and is recalled."""
    return recalled()


def test_no_text_of_a_person_is_taken_over() -> None:
    logs = Logs()
    canaries = {"sealed": "AX" + "q" * 60, "id_digest": "ab12" * 16, "note": NAME, "phone": PHONE, "number": NUMBER}
    logs.add("personnel", "PersonRegistered", f"person/{PERSON}", person=PERSON, synthetic=True, **canaries)
    trail = logs.told(PERSON)
    assert plain(trail[0])["fields"] == {"person": PERSON, "phone": "#", "number": "#", "synthetic": True}
    shown = canonical([plain(t) for t in trail]).decode() + "".join(lines(trail)) + picture(PERSON, trail)
    assert not [name for name, value in canaries.items() if value in shown]


def test_text_says_titles_causes_and_both_dates(logs: Logs) -> None:
    trail = logs.told(PERSON)
    shown = list(lines(trail))
    assert sum(line.startswith("2018-") for line in shown) == len(trail)
    at = shown.index("2018-05-02  2018-05-02 12:00:00  attendance:1")
    assert shown[at + 1].lstrip().startswith("-> 登记册启用 RegisterOpened | 辽组通字〔2018〕23号 五.4")
    assert "register/LN2018.210726102207.1 v1 | because of personnel:3" in shown[at + 2]
    wide = list(lines(trail, 160))
    at = wide.index("2018-05-02  2018-05-02 12:00:00  attendance:1")
    said = "-> 登记册启用 RegisterOpened | 辽组通字〔2018〕23号 五.4 | register/LN2018.210726102207.1 v1"
    assert f"{said} | because of personnel:3" in wide[at + 1]


def test_what_an_event_says_is_told_in_words() -> None:
    """Fields by title, places by name, values as a profile prints them; hashes and what has no title are left out."""
    logs = Logs()
    logs.add(
        "personnel",
        "CadreWithdrawn",
        f"posting/{POSTING}",
        posting=POSTING,
        person=PERSON,
        target=TARGET,
        unit=UNIT,
        ground="illness",
        returns=True,
        weak=False,
        post="村党组织第一书记",
        cause="CadreRecalled",
        sum_fen=12005,
        report="ab12" * 16,
        reason=NAME,
        grounds=["outstanding", "work_need"],
        row=3,
    )
    (trace,) = logs.told(PERSON)
    assert dict(facts(trace)) == {
        "派驻点": f"{printed(TARGET)}（{TARGET}）",
        "派出单位": UNIT,
        "依据情形": "患病",
        "返回原单位": "是",
        "职务": "村党组织第一书记",
        "起因": "召回",
        "保额": "120.05 元",
        "理由": "表现突出、工作需要",
    }
    assert plain(trace)["facts"][0] == {"title": "起因", "value": "召回"}


def test_the_grounds_of_a_recall_and_the_kinds_of_a_swap_are_words_too() -> None:
    logs = Logs()
    logs.add("personnel", "CadreRecalled", f"posting/{POSTING}", posting=POSTING, trigger="T1")
    (trace,) = logs.told(POSTING)
    assert dict(facts(trace))["召回情形"] == "发展思路（T1）"
    for kind, said in (("secondment", "对口挂职"), ("concentrated", "集中培训")):
        assert dict(facts(replace(trace, fields={"kind": kind}))) == {"类别": said}


@pytest.mark.parametrize(
    ("clause", "said"), [("二（三）.2", "村党组织提出调整建议"), ("二（三）.3", "村党组织提出使用意见")]
)
def test_a_step_is_called_as_the_procedure_of_its_clause_has_it(clause: str, said: str) -> None:
    """Removal and use of a reserve both begin with a step of one name."""
    logs = Logs()
    logs.add("personnel", "ReserveUseProposed", "reserve/x", reserve="x")
    (trace,) = logs.told("x")
    step = replace(trace, programme="QS2017", clause=clause, fields={"step": "proposed"})
    assert dict(facts(step)) == {"步骤": said}


@pytest.mark.parametrize(
    ("notice", "clause", "on", "said"),
    [
        ("辽组通字〔2018〕23号", "五.4", "2018-05-02", "辽组通字〔2018〕23号 五.4"),
        ("辽组通字〔2018〕23号", None, "2018-05-02", "辽组通字〔2018〕23号（按设定，未载明条款）"),
        (None, None, "2018-05-02", "系统规则"),
        (LATER, "四", "2003-07-15", f"{LATER} 四"),
        (LATER, "四", "2002-11-04", f"系统规则（{LATER}2003-05-13 才印发）"),
    ],
)
def test_each_line_says_what_it_rests_on(notice: str | None, clause: str | None, on: str, said: str) -> None:
    """A notice is not cited for a fact from before its day."""
    logs = Logs()
    logs.add("personnel", "ReturnedToUnit", f"posting/{POSTING}", at=on, person=PERSON)
    (trace,) = logs.told(PERSON)
    based = replace(trace, notice=notice, clause=clause)
    assert (basis(based), plain(based)["basis"]) == (said, said)
    assert said in " ".join(lines([based], 200))


def test_equal_days_are_told_once_and_different_ones_each() -> None:
    logs = Logs()
    for day in range(1, 23):
        on = f"2018-06-{day:02}"
        logs.add("attendance", "AttendanceRegistered", "register/x", at=on, posting="x", day=on, version=day)
    logs.add("attendance", "AttendanceCompiled", "register/x", at="2018-07-01", posting="x", days=22)
    for item in ("escort", "host_contact", "board_lodging"):
        logs.add("personnel", "HandoverItemDone", "posting/x", at="2018-07-02", posting="x", item=item)
    shown = list(lines(logs.told("x"), 200))
    assert [line[33:] for line in shown if line.startswith("2018-06")] == ["attendance:1 … attendance:22"]
    assert "到岗登记 AttendanceRegistered × 22，2018-06-01 至 2018-06-22" in shown[2]
    assert sum(line.startswith("2018-07") for line in shown) == 4
    assert [f"事项 {item}" in "".join(shown) for item in ("送到驻地", "接收地对接", "落实食宿")] == [True] * 3


@pytest.mark.parametrize("width", [80, 100, 160])
def test_text_keeps_to_the_width_of_the_screen_and_loses_nothing(logs: Logs, width: int) -> None:
    trail = logs.told(PERSON)
    shown = list(lines(trail, width))
    assert max(cell_len(line) for line in shown) <= width
    text = " ".join(" ".join(line.split()) for line in shown)
    for trace in trail:
        assert f"{trace.type}" in text
        assert f"{trace.stream} v{trace.version}" in text
