"""Procedures: the steps that a notice lays down, in their order, with who takes them and what must be there.

A procedure is one value, the list of its steps. Each step has a verb of the domain (``act``), which gives it its
meaning; order, actors and what is asked are the profile's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check
from programmes.readers.words import NO_TWICE, Name, Names, Number, Role, Row, each_once

StepName = Annotated[str, Meta(pattern=r"^[a-z][a-z_0-9]{0,80}\Z", title="step")]
Attribute = Literal["level", "kind", "unit_kind", "weak", "ground"]
"""What of a subject a step may depend on: level and kind of its unit, kind of its target, ground of its end."""


class Document(Row, frozen=True):
    """A document that is handed in with a step: how many copies, and who holds one each where that is printed."""

    kind: Name
    copies: Number = 1
    holders: tuple[Name, ...] = ()


class Publicity(Row, frozen=True):
    """A publicity: full working days, that of posting not counted, in each of ``places`` (parties of the subject)."""

    working_days: Number
    places: Names
    assumed: bool = False


class Within(Row, frozen=True):
    """A span behind another step, its day not counted."""

    step: StepName
    days: Number | None = None
    working_days: Number | None = None
    months: Number | None = None


class Step(Row, frozen=True):
    """One step of a procedure.

    ``by`` are roles, ``of`` the parties of the subject (unit, channel, host, home, …) of which the actor must be one's
    organ, ``organ`` the one organ of ``organs.list`` where the role alone does not tell. ``after`` are the steps before
    it; those that the subject has not to take are not waited for. ``when`` are the attributes of the subjects that take
    it at all. ``marks`` must each be attested, ``evidence`` each be verified against a source.
    """

    step: StepName
    title: Name
    act: StepName
    by: Annotated[tuple[Role, ...], Meta(min_length=1)]
    clause: Name
    of: tuple[StepName, ...] = ()
    organ: StepName | None = None
    after: tuple[StepName, ...] = ()
    when: Mapping[Attribute, Names] = {}
    documents: tuple[Document, ...] = ()
    marks: tuple[Name, ...] = ()
    evidence: tuple[StepName, ...] = ()
    publicity: Publicity | None = None
    within: Within | None = None
    due: date | None = None
    repeats: bool = False

    def concerns(self, attributes: Mapping[str, str]) -> bool:
        """Whether a subject with these attributes takes the step; one whose attribute is not known does."""
        return all(attributes.get(name) in (None, *accepted) for name, accepted in self.when.items())


Steps = Annotated[tuple[Step, ...], Meta(min_length=1)]


def _in_order(steps: tuple[Step, ...]) -> bool:
    """Whether a step names only steps before it, so that no two wait for each other."""
    before: set[str] = set()
    for one in steps:
        if not before >= {*one.after, *([one.within.step] if one.within else ())}:
            return False
        before.add(one.step)
    return True


def of_acts(*acts: str) -> tuple[Check[tuple[Step, ...]], ...]:
    """The checks of a procedure whose steps are these ``acts`` of the domain."""
    known = frozenset(acts)
    return (
        each_once("step"),
        Check(_in_order, "after、within 只写排在前面的环节"),
        Check(lambda steps: {one.act for one in steps} <= known, f"act 为 {'、'.join(acts)} 之一"),
        Check(lambda steps: all(NO_TWICE.holds(one.after) for one in steps), "after 各项不重复"),
    )
