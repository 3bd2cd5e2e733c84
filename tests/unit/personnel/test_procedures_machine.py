"""Any order of the steps of a nomination, by anybody: nothing is reached that the profile does not allow.

The rules are read here as plain data of the published profile, not through ``programmes.procedure``: what is held
against the decisions is what stands in the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kernel.errors import PaizhuError
from kernel.messages import Actor, Command
from kernel.testing import actor, context, rules_of
from programmes import loader
from services.personnel.candidacy.further import HandedIn, TakeFurther
from services.personnel.candidacy.qualification import PassGates
from services.personnel.candidacy.route import Approve, Determine, FileNominee, Recommend
from services.personnel.parts import CANDIDACY
from tests.kit.personnel.candidates import EVIDENCE, GATES, apply, qualify
from tests.kit.procedures.course import STRANGER, Course

EXAMPLE = loader.read(Path(loader.__file__).parent / "examples/zc2017.toml")
PROFILES = {"SX2015": loader.load("SX2015").published(), "ZC2017": EXAMPLE.published()}
CHANNELS = {"province": "省直", "city": "1409", "county": "140928"}
FIRST = date(2015, 6, 25)
ACTORS = (
    actor("unit", units=("U-1",)),
    actor("unit", units=("U-2",)),
    actor("county_org", areas=("140928",)),
    actor("county_org", areas=("140926",)),
    actor("city_org", areas=("1409",)),
    Actor("p-14", "干部处", "中共山西省委组织部", "province_org", ("14",)),
    Actor("p-fpb", "社会扶贫处", "山西省扶贫开发办公室", "province_org", ("14",)),
    actor("township", areas=("140928100",)),
)
TRIED = ("applied", "gates", "qualified", "recommended", "poverty_office", "filed", "leading_group", "determined")
OWN = {"poverty_office": "省扶贫开发办公室"}


class Nomination(RuleBasedStateMachine):
    """One candidacy under one of the profiles."""

    @initialize(programme=st.sampled_from(sorted(PROFILES)), level=st.sampled_from(sorted(CHANNELS)))
    def begin(self, programme: str, level: str) -> None:
        profile = PROFILES[programme]
        self.held, self.level, self.programme = rules_of(profile), level, programme
        self.state: Any = None
        steps = profile["rules"]["procedure.nomination"]["value"]
        self.steps = {s["step"]: s for s in steps if level in s.get("when", {}).get("level", (level,))}
        parties = {"unit": "U-1", "channel": CHANNELS[level], "province": "14"}
        self.course = Course(steps, parties, {"level": level}, OWN)
        self.taken: list[tuple[str, Actor, date]] = []

    @rule()
    def advance(self) -> None:
        """The first step that somebody may take is taken, so that later ones are tried often."""
        for step in TRIED:
            for by in ACTORS:
                if step == "gates" and self.taken and not self.state.gates:
                    self.attempt(step, ACTORS[0], 0)
                if (name := self.command(step, by, FIRST)[1]) and self.allowed(name, by, self.last):
                    return self.attempt(step, by, 0)
        return None

    @rule(
        step=st.sampled_from(TRIED),
        by=st.sampled_from(ACTORS),
        later=st.integers(-2, 3),
    )
    def attempt(self, step: str, by: Actor, later: int) -> None:
        """What is tried is decided as the file has it: taken where it may be, refused without a trace where not."""
        on = self.last + timedelta(days=later)
        command, name = self.command(step, by, on)
        before, allowed = self.state, name is not None and self.allowed(name, by, on)
        try:
            events = CANDIDACY.decide(self.state, command)
        except PaizhuError:
            assert not allowed, f"{name} by {by.organ} on {on} was refused"
            assert self.state is before
            return
        self.state = CANDIDACY.fold(self.state, events)
        if name is not None:
            assert allowed, f"{name} by {by.organ} on {on} was taken"
            self.taken = [(name, by, on)] if name == "applied" else [*self.taken, (name, by, on)]

    @property
    def last(self) -> date:
        """The day of the last step."""
        return max((day for _, _, day in self.taken), default=FIRST)

    def command(self, step: str, by: Actor, on: date) -> tuple[Command, str | None]:
        """The command that tries a step, whole but for order, actor and day, and the name of its step."""
        under = context(on.isoformat(), by, rules=self.held)
        key = f"{self.programme}.p-1"
        whole: Any = replace(qualify(), context=under, candidacy=key)
        if self.programme == "ZC2017":
            whole = replace(whole, attested=("health",))
        filing = next((name for name, s in self.steps.items() if s["act"] == "file"), None)
        lists = (HandedIn(kind="工作队名单", copies=3),)
        facts: Any = {"programme": self.programme, "candidacy": key, "unit": "U-1", "level": self.level}
        made: dict[str, Callable[[], Command]] = {
            "applied": lambda: replace(apply(), context=under, channel=CHANNELS[self.level], province="14", **facts),
            "gates": lambda: PassGates(context=under, candidacy=key, gates=GATES),
            "qualified": lambda: replace(whole, evidence=EVIDENCE),
            "recommended": lambda: Recommend(context=under, decision="纪要 1", at="nominees[1]"),
            "poverty_office": lambda: Approve(context=under, document="意见 1", at="nominees[1]"),
            "filed": lambda: FileNominee(context=under, document="备案 1", at="nominees[1]"),
            "leading_group": lambda: TakeFurther(
                context=under, step="leading_group", document="纪要 3", handed_in=lists, at="nominees[1]"
            ),
            "determined": lambda: Determine(context=under, target="140928100201", posting="P.1.1", unit="U-1"),
        }
        name = filing if step == "filed" else step if step in self.steps else "?"
        return made[step](), None if step == "gates" else name

    def allowed(self, name: str, by: Actor, on: date) -> bool:
        """Whether the file lets ``by`` take the step now, all its marks and documents given."""
        done = {name: day for name, _, day in self.taken}
        if name == "applied" and "determined" in done and on >= max(done.values()):
            done = {}  # whoever was sent may be a candidate again, in time
        if name not in self.steps:
            return False
        reasons = replace(self.course, done=done).reasons(name, by, on)
        if name == "determined":  # allocation held the county to it; personnel holds the day against all that is done
            return not reasons - {STRANGER} and on >= max(done.values())
        if name == "qualified" and not reasons - {STRANGER}:
            if self.steps[name].get("marks") and set(self.state.gates) != set(self.steps[name]["marks"]):
                return False
            if self.state.gates and on < max(self.state.gates.values()):
                return False
        return not reasons

    @invariant()
    def holds(self) -> None:
        """What was done is closed under what each step asks for, in order of days, by whom it names."""
        if not hasattr(self, "taken"):
            return
        days = {name: day for name, _, day in self.taken}
        assert dict(getattr(self.state, "done", {})) == days
        for name, by, day in self.taken:
            before = [other for other in self.steps[name].get("after", ()) if other in self.steps]
            assert all(days[other] <= day for other in before)
            assert name == "determined" or by.role in self.steps[name]["by"]


TestNomination = Nomination.TestCase
TestNomination.settings = settings(max_examples=30, stateful_step_count=25)
