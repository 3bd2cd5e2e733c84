"""A duty is done by whom the profile names, in its order, and once, unless it has versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.messages import OWN, Command, Context, Event, Key
from kernel.reader import Reader
from kernel.rules import Rules
from kernel.testing import actor, context, given, rules
from programmes.duty import Duty, Records, duties
from programmes.readers.duties import Terms

KEEPERS = frozenset({"county_org", "city_org"})
COUNTY, CITY = actor("county_org"), actor("city_org")


class GateOiled(Event, title="门轴上油"):
    """A gate was oiled."""

    programme: Key
    gate: Key


class GatePainted(Event, title="门扇上漆"):
    """A gate was painted; ``version`` counts the coats."""

    programme: Key
    gate: Key
    version: int


class OilGate(Command, title="门轴上油", roles=KEEPERS, concerns=OWN):
    """Oil a gate."""

    programme: Key
    gate: Key


class PaintGate(Command, title="门扇上漆", roles=KEEPERS, concerns=OWN):
    """Paint a gate."""

    programme: Key
    gate: Key


OILING = Duty("oiling", "门轴上油", GateOiled, "gate", Reader[Terms]("duty.oiling", "门轴上油"))
PAINTING = Duty("painting", "门扇上漆", GatePainted, "gate", Reader[Terms]("duty.painting", "门扇上漆"), repeats=True)


def oil(done: Records, command: OilGate) -> list[GateOiled]:
    """The gate is oiled."""
    OILING.check(command, done, _rules(command))
    return [GateOiled.carrying(command)]


def paint(done: Records, command: PaintGate) -> list[GatePainted]:
    """The gate gets one more coat."""
    PAINTING.check(command, done, _rules(command))
    return [GatePainted.carrying(command, version=PAINTING.version(done) + 1)]


def _rules(command: Command) -> Rules:
    assert command.context.rules is not None
    return command.context.rules


GATES = duties("gate/{gate}", (OILING, PAINTING), oil, paint, scope=lambda key: (key, None))
ASKED = {
    "duty.oiling": {"by": ["county_org"]},
    "duty.painting": {"after": ["oiling"]},
}


def on(day: str, by: Any = COUNTY, asked: dict[str, Any] = ASKED) -> Context:
    return context(day, by, rules=rules("P", asked))


def oiling(day: str, by: Any = COUNTY, asked: dict[str, Any] = ASKED) -> OilGate:
    return OilGate(context=on(day, by, asked), programme="P", gate="g")


def painting(day: str) -> PaintGate:
    return PaintGate(context=on(day, CITY), programme="P", gate="g")


OILED = GateOiled(occurred_on=date(2018, 5, 2), programme="P", gate="g")


def test_a_duty_is_done_once_by_whom_the_profile_names() -> None:
    given(GATES).when(oiling("2018-05-02")).then(OILED)
    given(GATES).when(oiling("2018-05-02", by=CITY)).rejected(
        "not_your_business", accepted="县委组织部", kind="forbidden"
    )
    given(GATES, OILED).when(oiling("2018-05-03")).rejected("duty_done", field="gate", rule="duty.oiling")


def test_what_the_profile_does_not_ask_is_refused_by_name() -> None:
    given(GATES).when(oiling("2018-05-02", asked={})).rejected("rule_unknown", field="duty.oiling")


def test_a_duty_comes_after_the_one_that_the_profile_puts_before_it() -> None:
    given(GATES).when(painting("2018-05-03")).rejected("duty_out_of_order", accepted="先办理门轴上油")
    first = given(GATES, OILED).when(painting("2018-05-03"))
    first.then(GatePainted(occurred_on=date(2018, 5, 3), programme="P", gate="g", version=1))


def test_a_duty_with_versions_says_which_holds_on_a_day() -> None:
    coats = [GatePainted(occurred_on=date(2018, m, 1), programme="P", gate="g", version=n) for n, m in ((1, 6), (2, 8))]
    done = GATES.fold({}, [OILED, *coats])
    days = (date(2018, 5, 31), date(2018, 6, 1), date(2018, 7, 31), date(2018, 8, 1))
    assert [PAINTING.version(done, day) for day in days] == [0, 1, 1, 2]
    assert PAINTING.version(done) == 2
