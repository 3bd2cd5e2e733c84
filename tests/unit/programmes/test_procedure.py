"""A procedure's step is taken by whom the profile names, in its order, by the subjects it is for, with what it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.errors import Rejected
from kernel.messages import OWN, Command, Key
from kernel.reader import Reader, Unreadable
from kernel.rules import Rules
from kernel.testing import actor, context, rules
from programmes.procedure import Procedure, Subject
from programmes.readers.procedure import Sees, Steps, of_acts

READER = Reader[Steps](
    "procedure.gate",
    "修门程序",
    *of_acts(
        *("ask", "grant", "file"),
        sees=Sees("unit host", "level"),
        other={"file": Sees("unit host", "level kind")},
        timed=True,
        marks=("grant",),
        evidence=("grant",),
        documents=("file",),
    ),
)
MENDING = Procedure(READER)

UNIT, OTHER_UNIT = actor("unit", units=("U-1",)), actor("unit", units=("U-2",))
COUNTY = actor("county_org", areas=("210727",))
PROVINCE = actor("province_org", areas=("21",))

ASK = {"step": "asked", "title": "申请", "act": "ask", "by": ["unit"], "of": ["unit"], "clause": "一"}
GRANT = {
    "step": "granted",
    "title": "批准",
    "act": "grant",
    "by": ["county_org", "province_org"],
    "of": ["host"],
    "after": ["asked"],
    "when": {"level": ["province"]},
    "marks": ["结实", "好看"],
    "evidence": ["owner"],
    "clause": "二",
}
FILE = {
    "step": "filed",
    "title": "备案",
    "act": "file",
    "by": ["province_org"],
    "after": ["asked", "granted"],
    "documents": [{"kind": "图纸", "copies": 2}],
    "clause": "三",
}
STEPS = [ASK, GRANT, FILE]
OF_PROVINCE = Subject({"unit": "U-1", "host": "210727101"}, {"level": "province"})
OF_COUNTY = Subject({"unit": "U-1", "host": "210727101"}, {"level": "county"})
ASKED = {"asked": date(2018, 5, 2)}


class MendGate(Command, title="修门", roles=frozenset({"unit", "county_org", "province_org"}), concerns=OWN):
    """Mend a gate."""

    step: Key


def asked(steps: Any = STEPS) -> Rules:
    return rules("P", {"procedure.gate": steps, "organs.list": []})


def admit(by: Any, name: str, subject: Subject, done: Any, day: str = "2018-05-03", **more: Any) -> Any:
    command = MendGate(context=context(day, by, rules=asked()), step=name)
    return MENDING.admit(command, name, subject, done, asked(), **more)


def refusal(*args: Any, **more: Any) -> Rejected:
    with pytest.raises(Rejected) as refused:
        admit(*args, **more)
    return refused.value


WHOLE: Any = {"marks": ("结实", "好看"), "evidence": ("owner",)}


def test_a_step_in_order_by_whom_the_profile_names_is_admitted() -> None:
    assert admit(UNIT, "asked", OF_PROVINCE, {}).title == "申请"
    assert admit(COUNTY, "granted", OF_PROVINCE, ASKED, **WHOLE).act == "grant"


@pytest.mark.parametrize(
    ("by", "step", "done", "code"),
    [
        (UNIT, "painted", {}, "step_unknown"),
        (OTHER_UNIT, "asked", {}, "not_your_business"),
        (COUNTY, "asked", {}, "not_your_business"),
        (actor("county_org", areas=("210726",)), "granted", ASKED, "not_your_business"),
        (UNIT, "asked", ASKED, "duty_done"),
        (COUNTY, "granted", {}, "duty_out_of_order"),
        (PROVINCE, "filed", ASKED, "duty_out_of_order"),
    ],
)
def test_what_is_not_the_profiles_way_is_refused(by: Any, step: str, done: Any, code: str) -> None:
    assert refusal(by, step, OF_PROVINCE, done).code == code


def test_the_refusal_names_what_is_missing_and_the_clause_of_the_step() -> None:
    refused = refusal(PROVINCE, "filed", OF_PROVINCE, {}, copies={"图纸": 2})
    assert (refused.clause, refused.accepted) == ("三", "先办理申请、批准")


def test_a_step_is_not_dated_before_the_one_it_follows() -> None:
    assert refusal(COUNTY, "granted", OF_PROVINCE, ASKED, "2018-05-01", **WHOLE).code == "date_before_ground"
    assert admit(COUNTY, "granted", OF_PROVINCE, ASKED, "2018-05-02", **WHOLE).step == "granted"


def test_a_step_that_is_for_others_is_neither_taken_nor_waited_for() -> None:
    assert refusal(COUNTY, "granted", OF_COUNTY, ASKED, **WHOLE).code == "step_not_for"
    assert admit(PROVINCE, "filed", OF_COUNTY, ASKED, copies={"图纸": 2}).step == "filed"


@pytest.mark.parametrize(
    ("given", "code", "accepted"),
    [
        ({"marks": ("结实",), "evidence": ("owner",)}, "marks_missing", "逐项注明好看"),
        ({"marks": ("结实", "好看")}, "evidence_missing", "逐项写明核实人和依据"),
    ],
)
def test_each_mark_and_each_proof_is_asked_for(given: Any, code: str, accepted: str) -> None:
    refused = refusal(COUNTY, "granted", OF_PROVINCE, ASKED, **given)
    assert (refused.code, refused.accepted) == (code, accepted)


@pytest.mark.parametrize("copies", [{}, {"图纸": 1}, {"图纸": 3}])
def test_documents_come_in_as_many_copies_as_printed(copies: dict[str, int]) -> None:
    assert refusal(PROVINCE, "filed", OF_COUNTY, ASKED, copies=copies).code == "copies_incomplete"


def test_the_open_steps_are_those_whose_ground_is_there() -> None:
    def open_to(subject: Subject, done: Any) -> list[str]:
        return [step.step for step in MENDING.open_steps(subject, done, asked())]

    assert open_to(OF_PROVINCE, {}) == ["asked"]
    assert open_to(OF_PROVINCE, ASKED) == ["granted"]
    assert open_to(OF_COUNTY, ASKED) == ["filed"]
    assert open_to(OF_COUNTY, {**ASKED, "filed": date(2018, 5, 3)}) == []


def test_an_organ_of_the_same_role_is_told_from_another() -> None:
    steps = [{**ASK, "by": ["province_org"], "of": [], "organ": "poverty_office"}]
    organs = [
        {"organ": "poverty_office", "printed": "省扶贫开发办公室", "role": "province_org", "scope": "province"},
        {"organ": "province_org", "printed": "省委组织部", "role": "province_org", "scope": "province"},
    ]
    held = rules("P", {"procedure.gate": steps, "organs.list": organs})

    def by(organ: str) -> Any:
        who = replace(actor("province_org", areas=("14",)), organ=organ)
        command = MendGate(context=context("2018-05-03", who, rules=held), step="asked")
        return MENDING.admit(command, "asked", OF_PROVINCE, {}, held)

    assert by("山西省扶贫开发办公室").step == "asked"
    with pytest.raises(Rejected) as refused:
        by("中共山西省委组织部")
    assert refused.value.code == "not_your_business"
    assert "省扶贫开发办公室" in str(refused.value.accepted)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [ASK, ASK],
        [{**ASK, "after": ["granted"]}, GRANT],
        [{**ASK, "after": ["asked"]}],
        [{**ASK, "within": {"after": "granted", "days": 3}}, GRANT],
        [ASK, {**GRANT, "within": {"after": "asked"}}],
        [ASK, {**GRANT, "within": {"after": "asked", "days": 3, "months": 1}}],
        [ASK, {**GRANT, "within": {"after": "asked", "days": 3}, "due": "2018-05-31"}],
        [{**ASK, "of": ["village"]}],
        [ASK, {**GRANT, "when": {"kind": ["village"]}}],
        [{**ASK, "when": {"unit_kind": ["学校"]}}],
        [{**ASK, "origin": "unknown"}],
        [{**ASK, "publicity": {"working_days": 5, "places": ["host"]}}],
        [{**ASK, "marks": ["结实"]}],
        [{**ASK, "evidence": ["owner"]}],
        [{**ASK, "documents": [{"kind": "图纸"}]}],
        [ASK, {**GRANT, "documents": [{"kind": "图纸"}]}],
        [{**ASK, "act": "sing"}],
        [{**ASK, "by": []}],
        [{**ASK, "by": ["king"]}],
        [{**ASK, "when": {"weather": ["rain"]}}],
        [{**ASK, "colour": "red"}],
    ],
)
def test_a_procedure_that_could_not_be_walked_is_not_published(steps: Any) -> None:
    with pytest.raises(Unreadable):
        READER.of(steps)


def test_what_the_subject_of_an_act_has_may_be_asked_of_it_and_a_last_day_where_it_is_read() -> None:
    kind = [ASK, {**GRANT, "within": {"after": "asked", "months": 1}}, {**FILE, "when": {"kind": ["village"]}}]
    assert [step.when for step in READER.of(kind)] == [{}, {"level": ("province",)}, {"kind": ("village",)}]
    untimed = Reader[Steps]("procedure.gate", "修门程序", *of_acts("ask", sees=Sees("unit")))
    assert untimed.of([ASK])[0].due is None
    with pytest.raises(Unreadable, match="没有写 due 和 within 的环节"):
        untimed.of([{**ASK, "due": "2018-05-31"}])
