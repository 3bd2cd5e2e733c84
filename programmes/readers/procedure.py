"""Procedures: the steps that a notice lays down, in their order, with who takes them and what must be there.

A procedure is one value, the list of its steps. Each step has a verb of the domain (``act``), which gives it its
meaning; order, actors and what is asked are the profile's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check
from programmes.readers.words import NO_TWICE, Days, Months, Name, Names, Number, Role, Row, each_once

StepName = Annotated[str, Meta(pattern=r"^[a-z][a-z_0-9]{0,80}\Z", title="step")]
StepPost = Annotated[
    str,
    Meta(
        pattern=r"^(province|city|county|township|village|unit|channel)_[a-z][a-z_]{0,80}\Z",
        title="(province|city|county|township|village|unit|channel)_…",
    ),
]
"""A post by the level of its organ, or of a unit or channel."""
Attribute = Literal["level", "kind"]
"""What of a subject a step may depend on: the level of its unit, the kind of its target."""
Origin = Literal["printed", "derived", "assumed"]


class Document(Row, frozen=True):
    """A document that is handed in with a step, in so many copies; who holds them stands in ``papers.kinds``."""

    kind: Name
    copies: Number = 1


class Publicity(Row, frozen=True):
    """A publicity: full working days, that of posting not counted, in each of ``places`` (parties of the subject)."""

    working_days: Days
    places: Names
    assumed: bool = False


class Within(Row, frozen=True):
    """A span behind the step ``after``, in days or in months; the last day is in time."""

    after: StepName
    days: Days | None = None
    months: Months | None = None


class Step(Row, frozen=True):
    """One step of a procedure.

    ``by`` are roles, ``of`` the parties of the subject (unit, channel, host, home, …) of which the actor must be one's
    organ, ``organ`` the one organ of ``organs.list`` where the role alone does not tell, ``post`` the post whose holder
    of that day alone takes the step. ``after`` are the steps before
    it; those that the subject has not to take are not waited for. ``when`` are the attributes of the subjects that take
    it at all. ``marks`` must each be attested, ``evidence`` each be verified against a source. ``due`` is the last day,
    ``within`` a span that gives it; a step taken behind it counts, and is late. ``origin`` stands where it is not that
    of the procedure.
    """

    step: StepName
    title: Name
    act: StepName
    by: Annotated[tuple[Role, ...], Meta(min_length=1)]
    clause: Name
    of: tuple[StepName, ...] = ()
    organ: StepName | None = None
    post: StepPost | None = None
    after: tuple[StepName, ...] = ()
    when: Mapping[Attribute, Names] = {}
    documents: tuple[Document, ...] = ()
    marks: tuple[Name, ...] = ()
    evidence: tuple[StepName, ...] = ()
    publicity: Publicity | None = None
    repeats: bool = False
    due: date | None = None
    within: Within | None = None
    origin: Origin | None = None

    def assumed(self, origin: str) -> bool:
        """Whether the step is a setting, in a procedure of this ``origin``."""
        return (self.origin or origin) == "assumed"

    def concerns(self, attributes: Mapping[str, str]) -> bool:
        """Whether a subject with these attributes takes the step; one whose attribute is not known does."""
        return all(attributes.get(name) in (None, *accepted) for name, accepted in self.when.items())


Steps = Annotated[tuple[Step, ...], Meta(min_length=1)]


def _in_order(steps: tuple[Step, ...]) -> bool:
    """Whether a step names only steps before it, so that no two wait for each other."""
    before: set[str] = set()
    for one in steps:
        if not before >= {*one.after, *((one.within.after,) if one.within else ())}:
            return False
        before.add(one.step)
    return True


def _with_publicity(steps: tuple[Step, ...]) -> bool:
    return all((one.publicity is not None) == (one.act == "publicise") for one in steps)


def _only_of(part: str, acts: Collection[str]) -> Check[tuple[Step, ...]]:
    """Steps of other acts than these do not ask for ``part``."""
    accepted = f"{part} 只写在 act 为 {'、'.join(acts)} 的环节" if acts else f"没有写 {part} 的环节"
    return Check(lambda steps: all(one.act in acts or not getattr(one, part) for one in steps), accepted)


def _spans(steps: tuple[Step, ...]) -> bool:
    return all(
        one.within is None or (one.due is None and (one.within.days is None) != (one.within.months is None))
        for one in steps
    )


@dataclass(frozen=True, slots=True)
class Sees:
    """What acts know of their subject: its ``parties`` and ``attributes``, names with blanks between."""

    parties: str
    attributes: str = ""


def _seen(sees: Sees, other: Mapping[str, Sees]) -> tuple[Check[tuple[Step, ...]], ...]:
    """A step depends on nothing that its subject never has: nobody could take it, or everybody would."""

    def parties(one: Step) -> set[str]:
        return {*one.of, *(one.publicity.places if one.publicity else ())}

    def of(one: Step) -> Sees:
        return other.get(one.act, sees)

    whose = "、".join(dict.fromkeys(f"{one.parties} {one.attributes}".strip() for one in (sees, *other.values())))
    return (
        Check(
            lambda steps: all(parties(one) <= set(of(one).parties.split()) for one in steps),
            f"of 和 places 只写该环节对象具有的各方（{whose}）",
        ),
        Check(
            lambda steps: all(set(one.when) <= set(of(one).attributes.split()) for one in steps),
            f"when 只写该环节对象具有的属性（{whose}）",
        ),
    )


def of_acts(
    *acts: str,
    sees: Sees,
    other: Mapping[str, Sees] = {},
    marks: Collection[str] = (),
    evidence: Collection[str] = (),
    documents: Collection[str] = (),
    posts: Collection[str] = (),
    timed: bool = False,
) -> tuple[Check[tuple[Step, ...]], ...]:
    """The checks of a procedure whose steps are these ``acts`` of the domain.

    ``sees`` is what the acts know of their subject, ``other`` what some of them know instead. ``marks``, ``evidence``
    and ``documents`` are the acts whose command brings them: asked of another act, they could never be given, and the
    step never be taken. ``posts`` are the acts that look up who holds a post.
    ``timed`` where somebody reads the last days.
    """
    known = frozenset(acts)
    return (
        each_once("step"),
        Check(_in_order, "after 只写排在前面的环节"),
        Check(lambda steps: {one.act for one in steps} <= known, f"act 为 {'、'.join(acts)} 之一"),
        Check(lambda steps: all(NO_TWICE.holds(one.after) for one in steps), "after 各项不重复"),
        *_seen(sees, other),
        Check(_spans, "due 和 within 只写一项，within 只写 days 或 months"),
        Check(lambda steps: timed or not any(one.due or one.within for one in steps), "没有写 due 和 within 的环节"),
        Check(_with_publicity, "publicity 写在 act 为 publicise 的环节，且只写在那里"),
        _only_of("marks", marks),
        _only_of("evidence", evidence),
        _only_of("documents", documents),
        _only_of("post", posts),
        Check(lambda steps: not any(one.post and not one.of for one in steps), "post 写在写明 of 的环节"),
    )
