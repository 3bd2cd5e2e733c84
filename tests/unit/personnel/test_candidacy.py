"""The way of a candidate of 2015: six steps, four gates, conditions in principle, the route of the filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.messages import Command, Rejected
from services.personnel.candidacy.candidacy import GatePassed, NomineeQualified
from services.personnel.candidacy.qualification import ConsentToException
from tests.kit.allocation.ground import with_values
from tests.kit.personnel.candidates import (
    CITY,
    CITY_UNIT,
    EVIDENCE,
    GATES,
    HOST,
    OFFICES,
    PROVINCE,
    UNIT,
    after,
    apply,
    assigned,
    at,
    decided,
    determine,
    gates,
    key,
    qualify,
    recommend,
    way,
)

GATED = (apply(), gates())
CHECKED = (*GATED, qualify())


def refused(before: tuple[Command, ...] | list[Command], command: Command) -> Rejected:
    """The refusal of a command after others."""
    found = after(*before).when(command)
    assert found.refusal is not None, found.events
    return found.refusal


def except_(condition: str, by: Any = PROVINCE, on: str = "2015-06-26") -> ConsentToException:
    return ConsentToException(context=at(on, by), candidacy=key(), condition=condition, reason="边远县急需懂水利的干部")


@pytest.mark.req("PE-028")
def test_six_steps_in_order_each_with_its_actor_and_day_and_none_skipped() -> None:
    village = assigned()
    whole = [*way(), determine(village)]
    types = [type(event).__name__ for event in decided(*whole)]
    assert list(dict.fromkeys(types)) == [
        *("ApplicationFiled", "GatePassed", "NomineeQualified", "NomineeRecommended"),
        *("PovertyOfficeApproved", "NomineeFiled", "NomineeCleared", "NomineeDetermined"),
    ]
    state = after(*whole).state
    assert {step: day.isoformat() for step, day in state.done.items()} == {
        "applied": "2015-06-25",
        "qualified": "2015-06-27",
        "recommended": "2015-06-29",
        "poverty_office": "2015-07-01",
        "filed_province": "2015-07-02",
        "determined": "2015-07-10",
    }
    early = refused(GATED, recommend())
    assert (early.code, early.clause, early.field) == ("duty_out_of_order", "三.3", "nominees[1]")
    assert "资格审查" in (early.accepted or "")
    # Every other order of the steps is refused too, at whichever step it leaves the way; nothing comes of it.
    for skipped in range(1, len(whole) - 1):
        command = whole[skipped + 1]
        assert refused(whole[:skipped], command).code in ("duty_out_of_order", "marks_missing"), command
    for number, command in enumerate(whole):
        if not isinstance(command, type(gates())):
            again = after(*whole[: number + 1]).when(command)
            assert again.refusal is not None, command
    late = refused([*whole[:3]], recommend(on="2015-06-26"))
    assert (late.code, late.accepted) == ("date_before_ground", "2015-06-27 起")


@pytest.mark.req("PE-029")
def test_an_application_on_behalf_of_somebody_needs_the_recorded_consent() -> None:
    missing = refused([], apply(on_behalf=True))
    assert (missing.code, missing.rule, missing.field) == (
        "consent_missing",
        "nomination.apply",
        "applicants[1].consent",
    )
    (filed,) = decided(apply(on_behalf=True, consent="同意书 7"))
    assert (filed.consent, filed.unit) == ("同意书 7", UNIT)
    # The application goes to the own unit's department and to nobody else's.
    other = refused([], apply(by=OFFICES[CITY_UNIT]))
    assert (other.code, other.clause) == ("not_your_business", "三.1")
    assert refused(GATED, apply()).code == "person_registered_before"


@pytest.mark.parametrize("level", ["township", "", "enterprise"])
def test_a_cadre_of_a_level_that_sends_nobody_cannot_apply(level: str) -> None:
    wrong = refused([], apply(level=level))
    assert (wrong.code, wrong.rule, wrong.accepted) == (
        "level_refused",
        "candidate.refused_levels",
        "province、city、county",
    )


def test_a_refused_level_is_refused_even_where_a_step_would_file_it() -> None:
    command = apply(level="township")
    assert command.context.rules is not None
    steps = command.context.rules.entries["procedure.nomination"].value
    open_to_all = [{**step, "when": {}} for step in steps]
    rules = with_values(command.context.rules, procedure__nomination=open_to_all)
    wrong = refused([], replace(command, context=replace(command.context, rules=rules)))
    assert wrong.code == "level_refused"


@pytest.mark.req("PE-026")
def test_three_gates_are_not_enough_and_each_has_its_author_and_day() -> None:
    three = (apply(), gates("p-1", UNIT, *GATES[:3]))
    short = refused(three, qualify())
    assert (short.code, short.clause, short.field) == ("marks_missing", "三.2", "marks")
    assert GATES[3] in short.sentence
    assert not any(gate in short.sentence for gate in GATES[:3])
    events = decided(*three, gates("p-1", UNIT, GATES[3], on="2015-06-27"), qualify())
    passed = [event for event in events if isinstance(event, GatePassed)]
    assert [(one.gate, one.author, one.occurred_on.isoformat()) for one in passed] == [
        *((gate, "p-SX01", "2015-06-26") for gate in GATES[:3]),
        (GATES[3], "p-SX01", "2015-06-27"),
    ]
    assert isinstance(events[-1], NomineeQualified)
    assert refused(three, gates("p-1", UNIT, GATES[0])).code == "duty_done"
    assert refused(three, gates("p-1", UNIT, "体能关")).code == "gate_unknown"
    before = refused((apply(), gates(on="2015-06-28")), qualify(on="2015-06-27"))
    assert before.code == "date_before_ground"


@pytest.mark.req("PE-030")
@pytest.mark.parametrize("missing", [0, 1])
def test_who_is_not_verified_against_a_source_is_not_qualified(missing: int) -> None:
    evidence = tuple(one for number, one in enumerate(EVIDENCE) if number != missing)
    short = refused(GATED, qualify(evidence=evidence))
    assert (short.code, short.clause) == ("evidence_missing", "三.2")
    assert refused(GATED, qualify(evidence=())).code == "evidence_missing"
    event = decided(*CHECKED)[-1]
    assert isinstance(event, NomineeQualified)
    assert [(one.of, one.source, one.verifier) for one in event.evidence] == [
        ("party_membership", "党员名册 2015", "机关党委"),
        ("identity", "干部人事档案", "人事处"),
    ]


@pytest.mark.req("PE-020")
def test_a_retired_person_is_refused_even_from_the_fourth_pool() -> None:
    fourth = {"pool": "left_post_by_age"}
    retired = refused(GATED, qualify(**fourth, retires_on=date(2015, 6, 27)))
    assert (retired.code, retired.rule, retired.field) == ("retired", "candidate.pools", "retires_on")
    assert refused(GATED, qualify(retires_on=date(2015, 6, 1))).code == "retired"
    # Still employed at the end of the term of 24 months is looked at for the fourth pool, and told.
    unknown = refused(GATED, qualify(**fourth))
    assert (unknown.code, unknown.field) == ("conditions_unchecked", "retires_on")
    for day, told in ((date(2017, 6, 26), True), (date(2017, 6, 27), False)):
        event = decided(*GATED, qualify(**fourth, retires_on=day))[-1]
        assert isinstance(event, NomineeQualified)
        assert (event.pool, event.retires_in_term) == ("left_post_by_age", told)
    assert refused(GATED, qualify(pool="friends")).code == "pool_unknown"


@pytest.mark.req("PE-022")
@pytest.mark.parametrize("status", ["probationary", "none"])
def test_who_is_no_full_member_is_refused_without_an_exception(status: str) -> None:
    wrong = refused(GATED, qualify(party_status=status))
    assert (wrong.code, wrong.rule, wrong.field) == ("not_full_member", "candidate.party_status", "party_status")
    # The list stands under 原则上: a reason and the consent of the department that files, and it is told.
    event = decided(apply(), except_("party_status"), gates(), qualify(party_status=status))[-1]
    assert isinstance(event, NomineeQualified)
    assert event.excepted == ("party_status",)
    for other in (CITY, HOST):
        assert refused(GATED, except_("party_status", other)).code == "not_your_business"
    assert refused((apply(), except_("party_status")), except_("party_status")).code == "duty_done"
    # What was not looked at is not excepted by that.
    unseen = refused((apply(), except_("party_status"), gates()), qualify(party_status=None))
    assert (unseen.code, "党员身份" in unseen.sentence) == ("conditions_unchecked", True)


@pytest.mark.req("PE-023")
def test_without_the_attestation_of_ability_it_is_not_checked_and_not_passed() -> None:
    unseen = refused(GATED, qualify(attested=("politics", "diligence", "health")))
    assert (unseen.code, unseen.field) == ("conditions_unchecked", "attested")
    assert "有较强工作能力" in unseen.sentence
    assert "身体条件" not in unseen.sentence
    unmet = refused(GATED, qualify(unmet=("ability",)))
    assert (unmet.code, unmet.rule) == ("condition_unmet", "candidate.attested")
    event = decided(apply(), except_("ability"), gates(), qualify(unmet=("ability",)))[-1]
    assert isinstance(event, NomineeQualified)
    assert event.excepted == ("ability",)


@pytest.mark.req("PE-025")
def test_without_a_statement_of_health_it_is_not_checked() -> None:
    unseen = refused(GATED, qualify(attested=("politics", "ability", "diligence")))
    assert (unseen.code, "具有正常履行职责的身体条件" in unseen.sentence) == ("conditions_unchecked", True)
    assert refused(GATED, qualify(unmet=("health",))).code == "condition_unmet"


@pytest.mark.req("PE-024")
def test_exactly_two_years_of_work_pass_and_one_day_less_fails() -> None:
    exactly = decided(*GATED, qualify(work_start=date(2013, 6, 27)))[-1]
    assert isinstance(exactly, NomineeQualified)
    assert exactly.reference == date(2015, 6, 27)
    less = refused(GATED, qualify(work_start=date(2013, 6, 28)))
    assert (less.code, less.rule, less.field) == ("too_few_years", "candidate.work_years_min", "work_start")
    assert "满 1 年" in less.sentence
    assert refused(GATED, qualify(work_start=None)).code == "conditions_unchecked"
    event = decided(apply(), except_("work_years"), gates(), qualify(work_start=date(2013, 6, 28)))[-1]
    assert isinstance(event, NomineeQualified)
    assert event.excepted == ("work_years",)


def test_gates_admit_no_exception() -> None:
    assert refused(GATED, except_("政治关")).code == "not_in_principle"
