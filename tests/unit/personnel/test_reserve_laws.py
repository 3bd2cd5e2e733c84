"""The three procedures of the pool, every step tried by every organ in any order: what is taken is what the profile
allows, and nothing else.

The machine keeps a plain account of what was done and reads the profile itself; the part decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kernel.errors import PaizhuError
from kernel.messages import Actor, Command
from kernel.testing import actor, context
from programmes.working_days import WorkingDays
from services.personnel.reserve_parts import RESERVE
from services.personnel.reserves import publicity, recommendation, removal, selection, use
from tests.kit.personnel.cast import rules

VILLAGE, TARGET, KEY = "511425102201", "511425102202", "QS2017.p-1"
RULES = rules("QS2017")
STEPS = {name: RULES.entries[f"procedure.{name}"].value for name in ("reserve", "reserve_removal", "reserve_use")}
ACTORS = {
    "township": actor("township", areas=(VILLAGE[:9],)),
    "village": actor("village", areas=(VILLAGE,)),
    "county_org": actor("county_org", areas=(VILLAGE[:6],)),
    "stranger": actor("township", areas=("511425108",)),
}
MARKS = ("政治素质好", "干事能力强", "发展潜力大", "群众口碑好")
GROUPS = {"village_cadres": 1, "party_representatives": 1, "resident_representatives": 1}
ASKED: dict[tuple[str, str], tuple[type[Command], dict[str, Any]]] = {
    ("reserve", "qualified"): (selection.CheckQualification, {"age": 37}),
    ("reserve", "attested"): (selection.AttestReserveMarks, {"marks": MARKS}),
    ("reserve", "evaluated"): (selection.RecordMassEvaluation, {"present": GROUPS, "approve": 3, "oppose": 0}),
    ("reserve", "selected"): (selection.SelectReserve, {"ground": "配备计划"}),
    ("reserve", "inspected"): (selection.RecordReserveInspection, {"report": "考察报告"}),
    ("reserve", "determined"): (selection.DetermineReserve, {"meeting": "党委会"}),
    ("reserve", "activated"): (selection.ActivateReserve, {}),
    ("reserve_removal", "proposed"): (removal.ProposeReserveRemoval, {"ground": "现实表现不好", "facts": "评议为差"}),
    ("reserve_removal", "approved"): (removal.ApproveReserveRemoval, {"meeting": "党委会"}),
    ("reserve_removal", "filed"): (removal.FileReserveRemoval, {"number": "备案"}),
    ("reserve_removal", "removed"): (removal.RemoveReserve, {}),
    ("reserve_use", "proposed"): (use.ProposeUse, {"target": TARGET, "post": "村党组织委员", "reach": "township"}),
    ("reserve_use", "approved"): (use.ApproveReserveUse, {"meeting": "党委会"}),
    ("reserve_use", "filed"): (use.FileReserveUse, {"number": "备案"}),
    ("reserve_use", "appointed"): (use.AppointReserve, {}),
}
PUBLIC = [("reserve", "targets_public"), ("reserve", "reserves_public"), ("reserve_use", "use_public")]
LAST = {"activated": "active", "removed": "removed", "appointed": "appointed"}


def asked(kind: type[Command], by: Actor, on: date, **said: Any) -> Command:
    about = {} if kind.entry is None else {"reserve": KEY}
    made: Command = kind(context=context(on, by, rules=RULES), **about, **said)
    return made


class Procedures(RuleBasedStateMachine):
    """One person, from the recommendation on."""

    @initialize()
    def recommended(self) -> None:
        self.on = date(2017, 9, 25)
        self.done: dict[str, set[str]] = {"reserve": {"announced", "recommended"}}
        self.status = "candidate"
        self.posted: dict[tuple[str, str], date] = {}
        self.closed: set[tuple[str, str]] = set()
        by = ACTORS["township"]
        told = context(self.on, by, rules=RULES)
        about = {"programme": "QS2017", "village": VILLAGE, "home": VILLAGE, "channel": "self", "person": "p-1"}
        order = recommendation.Recommend(
            context=told,
            asked=recommendation.RecommendReserve(context=told, **about),  # type: ignore[arg-type]
            person="p-1",
            registered=True,
            announced={"announced": self.on},
            reach="village",
            card=recommendation.Card("upper_secondary", "村民小组长", "sealed"),
        )
        self.state = RESERVE.fold(None, RESERVE.decide(None, order))

    def _try(self, command: Command) -> bool:
        try:
            events = RESERVE.decide(self.state, command)
        except PaizhuError:
            return False
        self.state = RESERVE.fold(self.state, events)
        return True

    def _allowed(self, procedure: str, name: str, who: str) -> bool:
        step = next(one for one in STEPS[procedure] if one["step"] == name)
        done = self.done.get(procedure, set())
        standing = self.status == ("candidate" if procedure == "reserve" else "active")
        return standing and who in step["by"] and name not in done and set(step.get("after", ())) <= done

    @rule(which=st.sampled_from(sorted(ASKED)), who=st.sampled_from(sorted(ACTORS)))
    def take(self, which: tuple[str, str], who: str) -> None:
        procedure, name = which
        kind, said = ASKED[which]
        taken = self._try(asked(kind, ACTORS[who], self.on, **said))
        assert taken == self._allowed(procedure, name, who), (which, who, self.done)
        if taken:
            self.done.setdefault(procedure, set()).add(name)
            if name in LAST:
                self.status = LAST[name]
                self.done.pop(procedure)
                self._over()

    @rule(which=st.sampled_from(PUBLIC), place=st.sampled_from([VILLAGE, TARGET]))
    def post(self, which: tuple[str, str], place: str) -> None:
        procedure, stage = which
        calendar = WorkingDays()
        taken = self._try(
            asked(publicity.PostPublicity, ACTORS["township"], self.on, stage=stage, place=place, calendar=calendar)
        )
        places = [VILLAGE] if procedure == "reserve" else [VILLAGE, TARGET]
        allowed = self._allowed(procedure, stage, "township") and place in places and (stage, place) not in self.posted
        assert taken == allowed, (which, place, self.done)
        if taken:
            days = next(one["publicity"]["working_days"] for one in STEPS[procedure] if one["step"] == stage)
            self.posted[stage, place] = calendar.open_until(self.on, days).day

    @rule(which=st.sampled_from(PUBLIC), place=st.sampled_from([VILLAGE, TARGET]))
    def close(self, which: tuple[str, str], place: str) -> None:
        procedure, stage = which
        taken = self._try(asked(publicity.ClosePublicity, ACTORS["township"], self.on, stage=stage, place=place))
        open_ = (stage, place) in self.posted and (stage, place) not in self.closed
        allowed = self._allowed(procedure, stage, "township") and open_ and self.on >= self.posted[stage, place]
        assert taken == allowed, (which, place, self.on)
        if taken:
            self.closed.add((stage, place))
            places = {VILLAGE} if procedure == "reserve" else {VILLAGE, TARGET}
            if places <= {at for name, at in self.closed if name == stage}:
                self.done.setdefault(procedure, set()).add(stage)

    @rule(nth=st.integers(0, 5))
    def go_on(self, nth: int) -> None:
        """Take one of the steps that may be taken, so that the ends are reached too."""
        open_ = [key for key in (*ASKED, *PUBLIC) for who in ACTORS if self._allowed(*key, who) and who != "stranger"]
        if not open_:
            return
        which = open_[nth % len(open_)]
        if which in ASKED:
            who = next(who for who in ACTORS if self._allowed(*which, who))
            self.take(which, who)
            return
        for place in (VILLAGE, TARGET)[: 1 if which[0] == "reserve" else 2]:
            self.post(which, place)
            self.on = max(self.on, self.posted[which[1], place])
            self.close(which, place)

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.on += timedelta(days)

    def _over(self) -> None:
        # Whoever enters or leaves the pool has no publicity running.
        self.posted, self.closed = {}, set()
        if self.status in ("removed", "appointed"):
            self.done = {}

    @invariant()
    def stands_where_the_account_says(self) -> None:
        if hasattr(self, "state"):
            event(self.status)
            assert self.state is not None
            assert self.state.status == self.status


TestProcedures = Procedures.TestCase
TestProcedures.settings = settings(
    max_examples=60, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
