"""Any order of the steps of a procedure by anybody, tried on a running system: what is taken is what the file allows.

``Ground`` is one procedure on one system; ``walked`` lets Hypothesis try it. Nothing of the rules stands here: the
``Course`` says what is allowed, the system says what it did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from cli.client import Refused
from tests.kit.procedures.course import STRANGER, Course

ELSEWHERE = frozenset({STRANGER, "role_not_allowed", "out_of_reach", "foreign_area", "programme_elsewhere"})
"""How a system says that something is none of somebody's business, at the door or further in."""


class Subject(Protocol):
    """Somebody on the way through a procedure of a running system."""

    course: Course
    first: date
    tried: Sequence[str]
    codes: Mapping[str, frozenset[str]]
    """By reason, other codes by which the system may say it here."""
    exact: frozenset[str]
    """Steps whose day the system holds against the day of the step before."""

    def meant(self, step: str, by: Any) -> str:
        """The step that the command is; another one than was tried where commands name none and ``by`` has its own."""

    def send(self, step: str, by: Any, on: date) -> None:
        """Try the step. Raises Refused."""

    def taken(self, step: str, on: date) -> None:
        """What else the step changed in the course."""

    def stands(self) -> Mapping[str, date] | None:
        """What the system says was done, None where it keeps no such list."""


class Ground(Protocol):
    """A procedure on a running system."""

    @property
    def actors(self) -> Sequence[Any]:
        """Who tries."""

    def begin(self, number: int) -> Any:
        """A new ``Subject``."""

    def heads(self) -> dict[str, int]:
        """The position of every log, once nothing moves any more."""


class Walk(RuleBasedStateMachine):
    """One subject, from the first step on."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground = ground

    @initialize(number=st.integers(0, 2))
    def begin(self, number: int) -> None:
        self.subject: Subject = self.ground.begin(number)
        self.heads = self.ground.heads()

    @rule(later=st.integers(0, 2))
    def advance(self, later: int) -> None:
        """The first step that somebody may take is taken, so that later ones are tried often."""
        course, on = self.subject.course, self.on(later)
        for step in self.subject.tried:
            for by in self.ground.actors:
                if step not in course.done and not course.reasons(step, by, on):
                    return self.attempt(step, by, later)
        return None

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), later=st.integers(0, 2))
    def again(self, data: st.DataObject, later: int) -> None:
        """A step that was taken is tried once more by one of those who may take it."""
        course = self.subject.course
        step = data.draw(st.sampled_from(self.taken))
        able = [by for by in self.ground.actors if course.admits(course.named(step), by)]
        self.attempt(step, data.draw(st.sampled_from(able)), later)

    @rule(data=st.data(), later=st.integers(0, 2))
    def ahead(self, data: st.DataObject, later: int) -> None:
        """A step that is open still is tried by one of those who may take it, whether its turn has come or not."""
        course = self.subject.course
        step = data.draw(st.sampled_from(self.subject.tried))
        able = [by for by in self.ground.actors if course.admits(course.named(step), by)]
        if able and step not in course.done:
            self.attempt(step, data.draw(st.sampled_from(able)), later)

    @rule(data=st.data(), later=st.integers(-2, 2))
    def stray(self, data: st.DataObject, later: int) -> None:
        """Any step by anybody on any day."""
        step, by = data.draw(st.sampled_from(self.subject.tried)), data.draw(st.sampled_from(self.ground.actors))
        self.attempt(step, by, later if step in self.subject.exact else max(later, 0))

    def attempt(self, step: str, by: Any, later: int) -> None:
        """Taken where the file allows it, else refused for one of the file's reasons, and nothing stored."""
        course, on, step = self.subject.course, self.on(later), self.subject.meant(step, by)
        reasons, said = course.reasons(step, by, on), f"{step} by {by.role} {by.organ} on {on} after {course.done}"
        refusal = self.refusal(step, by, on)
        if refusal is not None:
            assert reasons, f"{said} was refused: {refusal}"
            codes = {code for reason in reasons for code in (reason, *self.subject.codes.get(reason, ()))}
            codes |= ELSEWHERE if STRANGER in reasons else set()
            assert refusal.code in codes, f"{said} was refused with {refusal}, not {sorted(codes)}"
            assert self.ground.heads() == self.heads, f"{said}: a refusal left an event"
            return
        assert not reasons, f"{said} was taken against {sorted(reasons)}"
        course.done[step] = on
        self.subject.taken(step, on)
        self.heads = self.ground.heads()
        stands = self.subject.stands()
        assert stands is None or stands == course.done, f"{said}: the system has {stands}"
        assert course.closed()

    @property
    def taken(self) -> list[str]:
        """What of that which is tried was taken."""
        return [step for step in self.subject.tried if step in self.subject.course.done]

    def refusal(self, step: str, by: Any, on: date) -> Refused | None:
        """What the system refuses the step with, None where it takes it."""
        try:
            self.subject.send(step, by, on)
        except Refused as refused:
            return refused
        return None

    def on(self, later: int) -> date:
        """So many days after the last step."""
        return (self.subject.course.last or self.subject.first) + timedelta(days=later)


def walked(ground: Ground, examples: int, steps: int) -> None:
    """Try ``examples`` subjects, each ``steps`` times, the same at every run."""
    bounds = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    made: Any = lambda: Walk(ground)  # noqa: E731  # a machine for each example
    run_state_machine_as_test(made, settings=bounds)
