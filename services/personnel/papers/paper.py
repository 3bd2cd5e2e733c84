"""A paper: its versions, who sealed and signed which of them, and who keeps a copy (X-014, X-031).

Invariant: a version that bears a seal or a signature is never changed; a change is the next version, and what a seal
was put on stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from kernel.messages import Area, Event, Key, Line
from programmes.procedure import Records

FORM: Final = "registration_form"
"""The kind of paper whose document is a nomination, and whose versions are those of its form."""
Stage = Literal["reporting", "reviewing", "approving"]


class PaperRecorded(Event, title="材料登记"):
    """A version of a paper: ``sha256`` is the digest of its text, ``counterpart`` the other area it concerns.

    ``expected`` is how many copies there are to be, 0 where the notice prints none.
    """

    rule = "papers.kinds"
    areas = ("area", "counterpart")

    programme: Key
    document: Key
    kind: Key
    version: int
    sha256: str
    area: Area
    counterpart: Area | None
    expected: int


class PaperSealed(Event, title="材料盖章"):
    """An organ put its seal on a version, on ``occurred_on``, by who held the post or stood in (X-057)."""

    schema = 2
    rule = "papers.kinds"
    areas = ("area",)

    programme: Key
    document: Key
    version: int
    area: Area
    organ: Line
    signer: Line
    post: Line
    stands_in_for: Key | None


class PaperSigned(Event, title="材料签字"):
    """A person signed a version, in the post held on ``occurred_on`` or for who held it (X-057)."""

    schema = 2
    rule = "papers.kinds"
    areas = ("area",)

    programme: Key
    document: Key
    version: int
    area: Area
    signer: Line
    post: Line
    organ: Line
    stands_in_for: Key | None


class OpinionSealed(Event, title="登记表意见盖章"):
    """An organ gave its opinion on the form and sealed it, on ``occurred_on``.

    ``version`` is that of the form as it stood, ``revision`` how often it had been corrected by then; ``signer`` held
    ``post`` that day or stood in (X-057).
    """

    schema = 2
    rule = "procedure.registration_form"

    programme: Key
    document: Key
    person: Key
    stage: Stage
    step: Key
    version: int
    revision: int
    organ: Line
    signer: Line
    post: Line
    stands_in_for: Key | None


class FormStamped(Event, title="登记表核准盖章"):
    """All copies of the form were stamped after the list was confirmed; ``expected`` is how many there are."""

    schema = 2
    rule = "procedure.registration_form"
    areas = ("target",)

    programme: Key
    document: Key
    person: Key
    target: Area
    unit: Key
    step: Key
    version: int
    revision: int
    expected: int
    organ: Line
    signer: Line
    post: Line
    stands_in_for: Key | None


class CopyFiled(Event, title="材料归档"):
    """A holder keeps ``copies`` of a paper, filed by ``organ`` on ``occurred_on``."""

    rule = "papers.kinds"

    programme: Key
    document: Key
    kind: Key
    holder: Line
    organ: Line
    copies: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. ``marks`` are (version, "seal" or "signature", who); ``done`` and ``revision`` are of a form: the
    steps taken on it since it was last corrected. ``areas`` and ``unit`` say where it belongs."""

    kind: str
    version: int
    areas: tuple[str, ...] = ()
    unit: str = ""
    since: date = date.min
    sha256: str = ""
    marks: frozenset[tuple[int, str, str]] = frozenset()
    done: Records = field(default_factory=dict)
    revision: int = 0
    stamped_on: date | None = None
    expected: int = 0
    filed: Mapping[str, int] = field(default_factory=dict)

    @property
    def bound(self) -> bool:
        """True where the present version bears a seal or a signature."""
        return any(version == self.version for version, _, _ in self.marks)

    def done_on(self, revision: int) -> Records:
        """The steps taken on this revision of a form: those on an earlier one do not count for it."""
        return self.done if revision == self.revision else {}


def evolve(state: Paper | None, event: Event) -> Paper | None:
    """The paper after ``event``."""
    match event:
        case PaperRecorded():
            areas = tuple(area for area in (event.area, event.counterpart) if area)
            known = state or Paper(event.kind, event.version, areas, since=event.occurred_on, expected=event.expected)
            return replace(known, version=event.version, sha256=event.sha256)
        case OpinionSealed():
            known = state or Paper(FORM, event.version)
            done = {**known.done_on(event.revision), event.step: event.occurred_on}
            return replace(known, version=event.version, done=done, revision=event.revision)
        case FormStamped() if state is not None:
            done = {**state.done, event.step: event.occurred_on}
            return replace(
                state,
                areas=(event.target,),
                unit=event.unit,
                version=event.version,
                done=done,
                stamped_on=event.occurred_on,
                expected=event.expected,
            )
        case PaperSealed() if state is not None:
            return replace(state, marks=state.marks | {(event.version, "seal", event.organ)})
        case PaperSigned() if state is not None:
            return replace(state, marks=state.marks | {(event.version, "signature", event.signer)})
        case CopyFiled() if state is not None:
            filed = {**state.filed, event.holder: state.filed.get(event.holder, 0) + event.copies}
            return replace(state, filed=filed)
    return state
