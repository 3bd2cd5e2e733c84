"""The route of a candidate of 2015: the unit recommends, the right department files, the village determines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel.messages import Command, Rejected
from kernel.testing import actor
from services.personnel.candidacy.candidacy import Candidacy
from services.personnel.candidacy.route import Replace
from services.personnel.parts import CANDIDACY
from tests.kit.personnel.candidates import (
    CITY,
    CITY_UNIT,
    COUNTY_UNIT,
    HOST,
    OFFICES,
    POVERTY_OFFICE,
    PROVINCE,
    UNIT,
    after,
    apply,
    approve,
    assigned,
    at,
    determine,
    file,
    gates,
    key,
    qualify,
    recommend,
    reject,
    way,
)

GATED = (apply(), gates())
CHECKED = (*GATED, qualify())


def refused(before: tuple[Command, ...] | list[Command], command: Command) -> Rejected:
    """The refusal of a command after others."""
    found = after(*before).when(command)
    assert found.refusal is not None, found.events
    return found.refusal


@pytest.mark.req("PE-027")
def test_a_provincial_nominee_is_filed_after_the_poverty_office_and_others_by_their_own_level() -> None:
    recommended = (*CHECKED, recommend())
    early = refused(recommended, file())
    assert (early.code, early.clause) == ("duty_out_of_order", "三")
    assert "扶贫办审核" in (early.accepted or "")
    # The poverty office approves and the organisation department files; neither does the other's part.
    assert refused(recommended, approve(by=PROVINCE)).code == "not_your_business"
    for other in (CITY, HOST):
        assert refused((*recommended, approve()), file(by=other)).code == "not_your_business"
    after(*recommended, approve()).when(file()).types("NomineeFiled", "NomineeCleared")
    for unit, others in ((CITY_UNIT, (PROVINCE, HOST)), (COUNTY_UNIT, (PROVINCE, CITY))):
        way_there = way("p-1", unit)[:-1]
        for other in others:
            assert refused(way_there, file(unit, by=other)).code == "not_your_business"
        not_for = refused(way_there, approve())
        assert not_for.code == "step_not_for"
        after(*way_there).when(file(unit)).types("NomineeFiled", "NomineeCleared")


def test_the_poverty_office_is_told_by_its_name() -> None:
    assert POVERTY_OFFICE.organ == "山西省扶贫开发办公室"
    assert POVERTY_OFFICE.role == PROVINCE.role


@pytest.mark.req("PE-031")
def test_the_unit_recommends_whom_it_found_qualified_by_a_decision() -> None:
    unqualified = refused(GATED, recommend())
    assert (unqualified.code, unqualified.field) == ("duty_out_of_order", "nominees[1]")
    assert refused(CHECKED, recommend(by=OFFICES[CITY_UNIT])).code == "not_your_business"
    undecided = refused(CHECKED, replace(recommend(), decision=" "))
    assert (undecided.code, undecided.rule) == ("decision_missing", "nomination.decision")
    failed = refused((*GATED, reject()), recommend())
    assert (failed.code, "正式党员" in failed.sentence) == ("candidate_failed", True)


def test_whoever_failed_is_replaced_once_and_what_was_failed_is_kept() -> None:
    def instead(by: Any = OFFICES[UNIT], unit: str = UNIT) -> Replace:
        return Replace(context=at("2015-06-29", by), nomination=key("p-2"), person="p-2", unit=unit)

    failed = (*GATED, reject())
    assert refused(GATED, instead()).code == "not_to_replace"
    for by, unit in ((OFFICES[CITY_UNIT], CITY_UNIT), (OFFICES[CITY_UNIT], UNIT)):
        assert refused(failed, instead(by, unit)).code == "not_your_business"
    (event,) = after(*failed).when(instead()).events or []
    assert (event.replaced, event.person, event.failed_conditions) == ("p-1", "p-2", ("正式党员",))
    assert refused((*failed, instead()), instead()).code == "not_to_replace"
    assert refused(failed, reject()).code == "candidate_failed"


def test_who_fails_after_the_check_goes_no_further_and_gets_no_village() -> None:
    late = reject("p-1", UNIT, "本人不再自愿", on="2015-07-03")
    (failed,) = after(*way()).when(late).events or []
    assert type(failed).__name__ == "InitialCheckFailed"
    assert refused([*way(), late], determine(assigned())).code == "candidate_failed"
    assert refused([*way(), late], late).code == "candidate_failed"
    village = determine(assigned())
    assert refused([*way(), village], reject(on="2015-07-11")).code == "duty_done"
    assert refused(way(), reject(on="2015-07-01")).code == "date_before_ground"
    strange = replace(late, context=at("2015-07-03", OFFICES[CITY_UNIT]))
    assert refused(way(), strange).code == "not_your_business"
    assert refused(way(), replace(late, conditions=())).code == "conditions_missing"


def test_nobody_is_determined_who_is_not_filed_or_of_another_unit() -> None:
    village = assigned()
    for before in (way()[:-1], [*way(), determine(village)]):
        assert refused(before, determine(village)).code == "duty_out_of_order"
    assert refused(way(), determine({**village, "unit": CITY_UNIT})).code == "duty_out_of_order"
    state = after(*way(), determine(village)).state
    assert isinstance(state, Candidacy)
    assert CANDIDACY.stream == "candidacy/{candidacy}"


def test_a_stranger_takes_no_step() -> None:
    stranger = actor("unit", units=("SX99",))
    for before, command in (
        ((), apply(by=stranger)),
        (GATED, qualify(by=stranger)),
        (CHECKED, recommend(by=stranger)),
    ):
        assert refused(list(before), command).kind == "forbidden"
