"""Term, extension and removal of a posting of 2015."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.testing import Given, actor, given
from services.personnel.parts import POSTING
from services.personnel.postings.extension import ConsentToExtension, EndPostingTerm, GrantExtension, RequestExtension
from services.personnel.postings.returning import TermEnded
from services.personnel.postings.terms import TermExtended, TermSet
from services.personnel.postings.withdrawal import WithdrawCadre
from tests.kit.allocation.ground import SX2015 as RULES
from tests.kit.allocation.ground import with_values
from tests.kit.personnel.candidates import (
    CITY,
    CITY_UNIT,
    OFFICES,
    OTHER_UNIT,
    PROVINCE,
    UNIT,
    VILLAGE,
    appoint,
    assigned,
    at,
    host_of,
    posting,
    take_up,
)

HOST = host_of(VILLAGE)
KEY = f"SX2015.{VILLAGE}.1"
START, END = date(2015, 7, 15), date(2017, 7, 15)
UNIT_OFFICE, OTHER_OFFICE, LOCAL_OFFICE = (OFFICES[unit] for unit in (UNIT, OTHER_UNIT, CITY_UNIT))


def serving(unit: str = UNIT) -> Given:
    """On post since 18 July 2015, appointed three days before."""
    begun = posting(assigned(unit=unit))
    return after(begun, appoint(on=START.isoformat()), take_up())


def on(day: str, by: Any, kind: type[Any] = EndPostingTerm, **data: Any) -> Any:
    return kind(context=at(day, by), **data)


def after(before: Given, *commands: Any) -> Given:
    state = before.state
    for command in commands:
        state = POSTING.fold(state, POSTING.decide(state, command))
    made = given(POSTING)
    made.state = state
    return made


def asked(day: str = "2017-05-02", by: Any = UNIT_OFFICE, **changes: Any) -> RequestExtension:
    said = {"posting": KEY, "ground": "volunteer", "until": date(2018, 7, 15), **changes}
    made: RequestExtension = on(day, by, RequestExtension, **said)
    return made


def consent(step: str, by: Any, day: str = "2017-05-10") -> ConsentToExtension:
    made: ConsentToExtension = on(day, by, ConsentToExtension, posting=KEY, step=step)
    return made


REPLY = on("2017-05-20", PROVINCE, GrantExtension, posting=KEY, document="晋组〔2017〕3号")


@pytest.mark.req("PE-035")
def test_a_term_is_two_years_from_the_appointment_its_end_exclusive() -> None:
    appointed = after(posting(assigned()), appoint(on=START.isoformat()))
    _, term = appointed.when(take_up()).events or []
    assert isinstance(term, TermSet)
    assert (term.starts, term.ends) == (START, END)
    later = replace(take_up(), context=at("2015-07-18", HOST))
    rules = with_values(RULES, term__starts="reporting")
    _, reported = appointed.when(replace(later, context=replace(later.context, rules=rules))).events or []
    assert isinstance(reported, TermSet)
    assert (reported.starts, reported.ends) == (date(2015, 7, 18), date(2017, 7, 18))
    served = serving()
    served.when(on("2017-07-14", PROVINCE, as_of=date(2017, 7, 14))).then()
    ended = TermEnded(
        occurred_on=END, programme="SX2015", person="p-1", posting=KEY, target=VILLAGE, leg=None, sending=None,
        host=None,
    )  # fmt: skip
    served.when(on("2017-07-15", PROVINCE, as_of=END)).then(ended)
    served.when(on("2017-09-01", PROVINCE, as_of=date(2017, 9, 1))).then(ended)


@pytest.mark.req("PE-034")
def test_one_consent_is_not_enough_and_two_are() -> None:
    under_way = after(serving(), asked())
    under_way.when(REPLY).rejected("duty_out_of_order", rule="procedure.extension")
    one = after(under_way, consent("unit_consent", UNIT_OFFICE))
    refused = one.when(REPLY).rejected("duty_out_of_order")
    assert refused.refusal is not None
    assert ("省委组织部同意" in refused.refusal.sentence, refused.refusal.clause) == (True, "三.6")
    other = after(under_way, consent("province_consent", PROVINCE))
    other.when(REPLY).rejected("duty_out_of_order")
    both = after(one, consent("province_consent", PROVINCE))
    both.when(REPLY).then(
        TermExtended(
            occurred_on=date(2017, 5, 20), programme="SX2015", posting=KEY, person="p-1", unit=UNIT, target=VILLAGE,
            step="granted", ground="volunteer", until=date(2018, 7, 15), document="晋组〔2017〕3号",
        )
    )  # fmt: skip
    longer = after(both, REPLY)
    longer.when(on("2018-07-14", PROVINCE, as_of=date(2018, 7, 14))).then()
    longer.when(on("2018-07-15", PROVINCE, as_of=date(2018, 7, 15))).types("TermEnded")


@pytest.mark.req("PE-034")
def test_the_second_consent_is_that_of_the_departments_own_level() -> None:
    local = after(serving(CITY_UNIT), asked(by=LOCAL_OFFICE))
    local.when(consent("province_consent", PROVINCE)).rejected("step_not_for")
    local.when(consent("city_consent", actor("city_org", areas=("1405",)))).rejected("not_your_business")
    local.when(consent("unit_consent", CITY)).rejected("not_your_business")
    both = after(local, consent("unit_consent", LOCAL_OFFICE), consent("city_consent", CITY))
    both.when(consent("city_consent", CITY)).rejected("duty_done")
    granted = on("2017-05-20", CITY, GrantExtension, posting=KEY, document="批复")
    both.when(granted).types("TermExtended")


@pytest.mark.req("PE-034")
def test_it_needs_a_ground_and_a_longer_term_and_comes_in_time() -> None:
    served = serving()
    served.when(asked(ground="liking")).rejected("ground_unknown", accepted="volunteer、special_need")
    served.when(asked(until=END)).rejected("extension_not_longer", field="until")
    served.when(asked("2017-07-15")).rejected("term_over", accepted="早于 2017-07-15")
    served.when(asked("2017-07-14", ground="special_need")).types("ExtensionRequested")
    served.when(asked(by=OTHER_OFFICE)).rejected("not_your_business")
    served.when(consent("unit_consent", UNIT_OFFICE)).rejected("extension_not_asked")
    served.when(REPLY).rejected("extension_not_asked")


def test_a_term_that_ended_otherwise_ends_once() -> None:
    ended = WithdrawCadre(
        context=at("2016-03-01", HOST), posting=KEY, ground="illness", organ="县委组织部", document="7号"
    )
    left = after(serving(), ended)
    left.when(on("2017-07-15", PROVINCE, as_of=END)).then()
    left.when(asked("2016-04-01")).rejected("posting_over")
