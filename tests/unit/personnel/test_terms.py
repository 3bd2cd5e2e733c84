"""Term, extension and removal of a posting of 2015."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.messages import Event
from kernel.testing import Given, actor, given
from services.personnel.parts import POSTING
from services.personnel.postings.ended import CadreWithdrawn
from services.personnel.postings.extension import (
    ConsentToExtension,
    EndPostingTerm,
    GrantExtension,
    RequestExtension,
    taken_up,
)
from services.personnel.postings.posting import PlacementNoted
from services.personnel.postings.returning import TermEnded
from services.personnel.postings.terms import TermExtended, TermSet
from tests.kit.personnel.cast import ctx, rules

VILLAGE, UNIT = "141124201201", "U01"
KEY = f"SX2015.{VILLAGE}.1"
START, END = date(2015, 7, 15), date(2017, 7, 15)
PROVINCE = actor("province_org", areas=("14",))
CITY = actor("city_org", areas=("1411",))
COUNTY = actor("county_org", areas=("141124",))
UNIT_OFFICE = actor("unit", units=(UNIT,))


def placed(channel: str = "省直", tier: str = "province") -> PlacementNoted:
    return PlacementNoted(
        occurred_on=date(2015, 7, 10), programme="SX2015", target=VILLAGE, kind="village", role="第一书记", posting=KEY,
        person="p-1", unit=UNIT, channel=channel, tier=tier, weak=True,
    )  # fmt: skip


def serving(**about: Any) -> Given:
    note = placed(**about)
    return given(POSTING, note, *taken_up(note, START, rules("SX2015")))


def on(day: str, by: Any, kind: type[Any] = EndPostingTerm, **data: Any) -> Any:
    return kind(context=ctx(day, by, "SX2015"), **data)


def after(before: Given, *commands: Any) -> Given:
    events: list[Event] = []
    state = before.state
    for command in commands:
        events += POSTING.decide(state, command)
        state = POSTING.fold(state, events[-1:])
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
    (_, term) = taken_up(placed(), START, rules("SX2015"))
    assert isinstance(term, TermSet)
    assert (term.starts, term.ends) == (START, END)
    served = serving()
    served.when(on("2017-07-14", PROVINCE, as_of=date(2017, 7, 14))).then()
    ended = TermEnded(
        occurred_on=END, programme="SX2015", person="p-1", posting=KEY, target=VILLAGE, leg=None, sending=None,
        host=None,
    )  # fmt: skip
    served.when(on("2017-07-15", PROVINCE, as_of=END)).then(ended)
    served.when(on("2017-09-01", PROVINCE, as_of=date(2017, 9, 1))).then(ended)


def test_a_posting_whose_programme_prints_no_term_has_none() -> None:
    assert [type(event).__name__ for event in taken_up(placed(), START, rules())] == ["CadreOnPost"]


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
    local = after(serving(channel="1411", tier="city"), asked())
    local.when(consent("province_consent", PROVINCE)).rejected("step_not_for")
    local.when(consent("city_consent", actor("city_org", areas=("1405",)))).rejected("not_your_business")
    local.when(consent("unit_consent", CITY)).rejected("not_your_business")
    both = after(local, consent("unit_consent", UNIT_OFFICE), consent("city_consent", CITY))
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
    served.when(asked(by=actor("unit", units=("U02",)))).rejected("not_your_business")
    served.when(consent("unit_consent", UNIT_OFFICE)).rejected("extension_not_asked")
    served.when(REPLY).rejected("extension_not_asked")


def test_a_term_that_ended_otherwise_ends_once() -> None:
    gone = CadreWithdrawn(
        occurred_on=date(2016, 3, 1), programme="SX2015", posting=KEY, person="p-1", unit=UNIT, target=VILLAGE,
        kind="village", ground="illness", reason="", organ="组织部", document="7号", returns=True, frees=True,
    )  # fmt: skip
    left = given(POSTING, placed(), *taken_up(placed(), START, rules("SX2015")), gone)
    left.when(on("2017-07-15", PROVINCE, as_of=END)).then()
    left.when(asked("2016-04-01")).rejected("posting_over")
