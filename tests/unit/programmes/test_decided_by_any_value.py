"""Decisions by spoiled values: what publication lets through is decided by, what it refuses is refused by name as well.

A value that was published before it was checked may stand in a log; no value at all is an error of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.errors import PaizhuError
from kernel.messages import Command
from kernel.reader import Unreadable
from kernel.rules import Rules
from kernel.testing import Given, actor, given
from programmes.known import FORMS
from programmes.readers.recall import TRIGGERS
from services.allocation.planning.plan_situation import Options
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.scope import PublishBatchPlan
from services.allocation.solving.plan_solving import best
from services.allocation.swap.poor_counties import POOR_COUNTIES, SetPoorCounties
from services.allocation.swap.swap import PAIR, EndSwaps
from services.evaluation.clocks.clock import sanctions
from services.evaluation.parts import CLOCK
from services.personnel.parts import POSTING
from services.personnel.persons import form
from services.personnel.reserves.reserve import SOURCING, OpenFallback
from tests.kit.allocation import swap_of_2002
from tests.kit.allocation.ground import LN2002, LN2018, ctx, with_values
from tests.kit.allocation.planning import cadres, situated, villages
from tests.kit.allocation.quotas import quotas
from tests.kit.allocation.tiers import COUNTY, FIXED, GROUPS, PROPOSED, A, B, C, P, define, fix, propose
from tests.kit.evaluation import cases
from tests.kit.personnel import cast, handover, legs, nomination
from tests.kit.spoiled import spoiled

BY_RULE = {"rule_unreadable", "rule_unknown"}
NEAR, FAR = "210727101208", "211302101201"
POOR = tuple(row["county"] for row in LN2002.entries["poor_counties.list"].value)
PLAN = PublishBatchPlan(context=ctx(), programme="LN2018", townships=235, villages=8790, total=9025)


def told(stream: Given, command: Command) -> Callable[[Rules], None]:
    """The decision on ``command`` by given rules."""

    def decide(rules: Rules) -> None:
        found = stream.when(replace(command, context=replace(command.context, rules=rules)))
        if found.refusal is not None:
            raise found.refusal

    return decide


def plan(rules: Rules) -> None:
    best(
        situated(cadres("U1", 2, tags=("党建",)), villages(NEAR, FAR), {"U1": (NEAR,)}, rules=rules),
        Options(partial=True),
    )


def clock(rules: Rules) -> None:
    if sanctions(rules):
        assert all(row.months for row in rules.value(TRIGGERS))
    told(given(CLOCK), cases.starting())(rules)


FINDING = OpenFallback(
    context=cast.ctx("2017-10-12", actor("township", areas=("511425101",)), "QS2017"),
    programme="QS2017",
    village="511425101201",
    stage="use",
    scope="township",
    finding="本村没有合适人选",
)


DECISIONS: Mapping[str, tuple[Rules, Callable[[Rules], Any], tuple[str, ...]]] = {
    "plan": (
        LN2018,
        plan,
        (
            *("placement.weights", "placement.first_batch_most", "placement.floors", "placement.waivable"),
            *("placement.move_tolerance", "preference.levels", "preference.match_most", "nearness.ranks"),
        ),
    ),
    "groups": (LN2018, told(given(BATCH), define(A, B)), ("quota.groups", "quota.excluded")),
    "totals": (LN2018, told(given(BATCH, *GROUPS), PLAN), ("quota.batch", "quota.cities")),
    "tiers proposed": (
        LN2018,
        told(given(BATCH, *GROUPS), propose()),
        ("quota.tiers", "quota.tier_ratio", "quota.weak_villages", "quota.apportionment"),
    ),
    "tiers fixed": (LN2018, told(given(BATCH, *PROPOSED), fix(P, C, COUNTY)), ("quota.tiers", "quota.weak_villages")),
    "channels": (LN2018, told(given(BATCH, *FIXED), quotas()), ("quota.channels", "quota.apportionment")),
    "form": (cast.rules(), form.contract, ("form.fields", "form.opinions_at_nomination")),
    "nomination": (
        cast.rules(),
        told(nomination.roster(), nomination.order(nomination.entry())),
        ("nomination.origins", "form.recipient", "form.copies", "post.kinds", "quota.channels"),
    ),
    "posting": (cast.rules(), told(given(POSTING), handover.placement()), ("post.kinds",)),
    "hand-over": (
        cast.rules(),
        told(handover.placed(), handover.items("2018-05-02", cast.COUNTY, "host_contact")),
        ("handover.items",),
    ),
    "reporting": (
        cast.rules("LN2002"),
        told(legs.leg(legs.post()), legs.report()),
        ("swap.companions", "report.deadline", "term.months"),
    ),
    "pair": (LN2002, told(given(PAIR), swap_of_2002.define(13)), ("swap.pairs", "swap.modes", "swap.parties")),
    "pair ends": (
        LN2002,
        told(
            given(PAIR, *swap_of_2002.active()),
            EndSwaps(context=swap_of_2002.on("2003-08-01"), programme="LN2002", as_of=date(2003, 8, 1)),
        ),
        ("report.deadline", "term.months"),
    ),
    "poor counties": (
        LN2002,
        told(given(POOR_COUNTIES), SetPoorCounties(context=ctx(), programme="LN2002", counties=POOR)),
        ("poor_counties.list", "poor_counties.count"),
    ),
    "finding": (cast.rules("QS2017"), told(given(SOURCING), FINDING), ("reserve.fallback_by", "reserve.fallback_use")),
    "clock": (cases.rules(), clock, ("recall.triggers", "recall.posts")),
}


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, (_, _, paths) in DECISIONS.items() for path in paths]
)
def test_no_value_is_an_error_of_our_own(name: str, path: str) -> None:
    rules, decide, _ = DECISIONS[name]
    kept = rules.entries[path].value
    decide(rules)
    for value in spoiled(kept):
        code = ""
        try:
            decide(with_values(rules, **{path.replace(".", "__"): value}))
        except PaizhuError as refusal:
            code = refusal.code
        assert (code == "rule_unreadable") != readable(path, value), (value, code)


def readable(path: str, value: Any) -> bool:
    try:
        FORMS[path].of(value)
    except Unreadable:
        return False
    return True
