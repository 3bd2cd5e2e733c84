"""The messages of the system: what is asked (Command), what was decided (Event), what was stored (Recorded).

Pure types. Everything a decision may depend on arrives inside the command: time, ids, actor and rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, NamedTuple, dataclass_transform
from uuid import UUID, uuid5

import msgspec

from kernel.errors import Rejected
from kernel.rules import Rules

__all__ = [
    "Actor",
    "Area",
    "Command",
    "CommandRefused",
    "Context",
    "Event",
    "Key",
    "Line",
    "Past",
    "Pattern",
    "Recorded",
    "Rejected",
    "Text",
]

_IDS = UUID("6f1b0f5e-4b5c-5a52-9d2f-0d6f6a1f2c11")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A constraint on a text field: a regular expression for the whole value and a length limit in characters."""

    regex: str
    longest: int = 400
    accepted: str = ""


Area = Annotated[str, Pattern("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", 12, "区划代码，2、4、6、9 或 12 位数字")]
# What a message says in clear stays in the log for ever, so no text of one may carry the number of a person: an
# identity number or a mobile number, whole, and not merely as digits inside a hash or a UUID.
_PERSONAL = r"(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})"
_IMPERSONAL = Pattern(
    rf"(?![\s\S]*(?<![0-9A-Fa-f-]){_PERSONAL}(?![0-9A-Fa-f-]))[\s\S]*", 20_000, "不含公民身份号码和手机号码的文本"
)
Key = Annotated[
    str, Pattern(rf"(?!{_PERSONAL}\Z)[\w./:\-\[\]〔〕]+", 200, "编号，不含空格，不得为公民身份号码或手机号码")
]
# Control characters and the two separators of lines and paragraphs; what names a thing stands on one line everywhere.
Line = Annotated[
    str, Pattern(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029]+", 400, "一行非空文本，不含控制字符"), _IMPERSONAL
]
Text = Annotated[str, Pattern(r"[\s\S]*\S[\s\S]*", 20_000, "非空文本"), _IMPERSONAL]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: person, post and organ, with the areas and units the role reaches."""

    person: str
    post: str
    organ: str
    role: str
    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def covers(self, area: str) -> bool:
        """True where the division code ``area`` lies inside one of the actor's areas (codes nest by prefix)."""
        return any(area.startswith(own) for own in self.areas)

    def manages(self, unit: str) -> bool:
        """True where ``unit`` (a unit's or a channel's id) is among the actor's own; an office's area is its own id."""
        return unit in self.units or unit in self.areas


@dataclass(frozen=True, slots=True)
class Context:
    """What comes with every command besides its own fields."""

    command_id: str
    actor: Actor
    occurred_on: date
    correlation: str = ""
    causation: str = ""
    rules: Rules | None = None

    def new_id(self, n: int | str = 0) -> str:
        """The n-th id this command gives out: the same command, sent again, gives the same ids."""
        return str(uuid5(_IDS, f"{self.command_id}/{n}"))


@dataclass(frozen=True, kw_only=True)
class Command:
    """An order to decide something. Subclasses add their fields; names are imperative."""

    context: Context


@dataclass_transform(kw_only_default=True, frozen_default=True)
class _Kind(msgspec.StructMeta):
    """Makes every event class a frozen struct with named fields that takes no field it does not know."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        # Without gc: what a frozen struct holds was there before it, so it cannot be part of a cycle.
        return super().__new__(
            cls, name, bases, namespace, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
        )


class Event(msgspec.Struct, metaclass=_Kind):
    """A decision that was taken. Subclasses add their fields; names are in the past tense.

    ``occurred_on`` is the date of the fact. Class variables tell the log what no field can: the ``schema`` version, the
    ``rule`` (path in the profile) the decision rests on, the fields that hold area codes, and the names it claims.
    A subclass is a struct made in C, since a replay makes one of each line: no decorator, no constructor of its own.
    """

    schema: ClassVar[int] = 1
    rule: ClassVar[str | None] = None
    areas: ClassVar[tuple[str, ...]] = ()

    occurred_on: date

    def claims(self) -> tuple[str, ...]:
        """Names that only one stream of the log may ever hold; a second claim is refused while appending."""
        return ()


class CommandRefused(Event):
    """A command that an event of another service caused was refused: nobody can be answered, so it is recorded."""

    cause: str
    reaction: str
    code: str
    sentence: str
    refused_field: str | None = None


class Past(NamedTuple):
    """What folding an event into a state takes: where it stands, and itself."""

    position: int
    stream: str
    version: int
    event: Event


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as the log holds it: the envelope and the decoded event (``data`` where its type is foreign)."""

    position: int
    stream: str
    version: int
    type: str
    schema: int
    occurred_on: date
    recorded_at: int
    actor: Mapping[str, str]
    areas: tuple[str, ...]
    programme: str | None
    profile: str | None
    notice: str | None
    clause: str | None
    correlation: str
    causation: str
    command: str
    data: Mapping[str, Any] = field(default_factory=dict)
    event: Event | None = None
