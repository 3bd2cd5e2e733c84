"""The messages of the system: what is asked (Command), what was decided (Event), what was stored (Recorded).

    Command     asked at the door: it has a title, and the roles that may give it
    Order       a command nobody gives: plans and reactions make it
    Event       a decision that was taken

Pure types. Everything a decision may depend on arrives inside the command: time, ids, actor and rules. A subclass of
any of them is its declaration alone, and what a declaration lacks is found when its module is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha1
from typing import Annotated, Any, ClassVar, Final, NamedTuple, Self, TypeVar, dataclass_transform
from uuid import UUID

import msgspec

from kernel import text
from kernel.carrying import carried
from kernel.errors import Rejected
from kernel.rules import Rules

__all__ = [
    "OWN",
    "Actor",
    "Area",
    "Cells",
    "Command",
    "CommandRefused",
    "Context",
    "Entry",
    "Event",
    "Few",
    "Key",
    "Line",
    "Most",
    "Order",
    "Past",
    "Pattern",
    "Recorded",
    "Rejected",
    "Sealing",
    "Text",
    "title_of",
]

_IDS = UUID("6f1b0f5e-4b5c-5a52-9d2f-0d6f6a1f2c11").bytes


@dataclass(frozen=True, slots=True)
class Pattern:
    """A constraint on a text field: a regular expression for the whole value and a length limit in characters.

    ``code`` brings the text into the stricter form of ``kernel.text.code`` first; every other text has ``normal``.
    """

    regex: str
    longest: int = 400
    accepted: str = ""
    code: bool = False


class Sealing:
    """Marks what is sealed before it is decided upon (``Annotated[str, Sealing]``), so that it may hold the number of a
    person. What a message says in clear stays in the log for ever: no other text of one may hold any, however written
    (``kernel.personal``). An ``Any`` so marked is left as it came, for the reader of the form to judge cell by cell.
    """


@dataclass(frozen=True, slots=True)
class Most:
    """How many values a list of a message may have (``Annotated[tuple[Key, ...], Most(50)]``)."""

    count: int


T = TypeVar("T")
Few = Annotated[tuple[T, ...], Most(100)]
"""A list that a person writes by hand: reasons, organs, tags."""
Area = Annotated[str, Pattern("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", 12, "区划代码，2、4、6、9 或 12 位数字")]
Key = Annotated[
    str, Pattern(r"(?:[^\W\d]|[0-9./:\-\[\]〔〕])+", 200, "编号，不含空格，不得为公民身份号码或手机号码", code=True)
]
# Control characters and the two separators of lines and paragraphs; what names a thing stands on one line everywhere.
Line = Annotated[str, Pattern(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029]+", 400, "一行非空文本，不含控制字符")]
Text = Annotated[str, Pattern(r"[\s\S]*\S[\s\S]*", 20_000, "非空文本")]
Cells = Mapping[Annotated[str, Sealing], Annotated[Any, Sealing]]
"""The cells of one person's row, by key."""


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

    def is_(self, person: str | None) -> bool:
        """True where ``person`` is the id of who acts, however it was written."""
        return text.same_account(self.person, person)

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
        # UUID version 5 (RFC 9562, 5.5), as ``uuid`` makes it but for an object that is not kept.
        made = bytearray(sha1(_IDS + f"{self.command_id}/{n}".encode(), usedforsecurity=False).digest()[:16])
        made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
        text = made.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the door knows of a command: its Chinese title, the roles that may give it, and the fields that say whom it
    concerns (``kernel.concern``)."""

    title: str
    roles: frozenset[str]
    concerns: tuple[str, ...]


OWN: Final = ("",)
"""Concerns of a command that reaches what lies in the actor's own areas and units, and nothing else: its plan chooses,
or judges item by item."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
@dataclass(frozen=True, kw_only=True)
class Command:
    """Something to be decided, asked at the door. Subclasses add their fields; names are imperative.

    A subclass is a frozen dataclass with named fields, without a decorator: ``class CloseGate(Command, title="关门",
    roles=KEEPERS, concerns=("gate",))``; ``concerns`` are paths of fields. Raises TypeError, while it is defined,
    without title or roles, where nothing says whom it concerns, and for a path that starts at no field.
    """

    entry: ClassVar[Entry | None] = None

    context: Context

    def __init_subclass__(cls, *, title: str, roles: frozenset[str], concerns: tuple[str, ...]) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)
        if not title or not roles:
            raise TypeError(f"{cls.__name__} needs a title and the roles that may give it; otherwise it is an Order")
        if not concerns:
            raise TypeError(f"{cls.__name__} does not say whom it concerns: fields of an area or unit, or OWN")
        if unknown := {path.split(".")[0] for path in concerns if path not in OWN} - {f.name for f in fields(cls)}:
            raise TypeError(f"{cls.__name__} has no field {'、'.join(sorted(unknown))} to say whom it concerns")
        cls.entry = Entry(title, roles, concerns)


class Order(Command, title="-", roles=frozenset({"-"}), concerns=OWN):
    """A command that plans and reactions make, and nobody gives at the door.

    Raises TypeError, while it is defined, for a title, roles or concerns.
    """

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True)(cls)
        cls.entry = None


Order.entry = None


@dataclass_transform(kw_only_default=True, frozen_default=True)
class _Kind(msgspec.StructMeta):
    """Makes every event class a frozen struct with named fields that takes no field it does not know."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], title: str | None = None, base: bool = False
    ) -> Any:
        # Without gc: what a frozen struct holds was there before it, so it cannot be part of a cycle.
        made: Any = super().__new__(
            cls, name, bases, namespace, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
        )
        made.__title__ = None if base else title or made.__title__
        if not base and not made.__title__:
            raise TypeError(f"{name} needs a title, or base=True where it is only what events share")
        if unknown := set(made.areas) - set(made.__struct_fields__):
            raise TypeError(f"{name} has no field {'、'.join(sorted(unknown))} to hold an area")
        return made


class Event(msgspec.Struct, metaclass=_Kind, base=True):
    """A decision that was taken. Subclasses add their fields; names are in the past tense.

    ``class GateClosed(Event, title="关门")``: the Chinese title is what people read (``title_of``); what several events
    share stands in a class with ``base=True``. Raises TypeError, while it is defined, without either.

    ``occurred_on`` is the date of the fact. Class variables tell the log what no field can: the ``schema`` version, the
    ``rule`` (path in the profile) the decision rests on, the fields that hold area codes, and the names it claims.
    A subclass is a struct made in C, since a replay makes one of each line: no decorator, no constructor of its own.
    """

    __title__: ClassVar[str | None] = None
    schema: ClassVar[int] = 1
    rule: ClassVar[str | None] = None
    areas: ClassVar[tuple[str, ...]] = ()

    occurred_on: date

    @classmethod
    def carrying(cls, *sources: Any, **named: Any) -> Self:
        """The event, its fields taken over by name from ``sources``: the command, the state, an earlier event.

        A command gives ``occurred_on`` too. A field that no source or more than one could give is to be ``named``;
        mypy refuses every other call (``kernel.mypy_plugin``), with the types of all fields.

        Raises:
            TypeError: where mypy was not asked.
        """
        return cls(**carried(cls, sources, named))

    def rests_on(self) -> tuple[str, ...]:
        """Paths of the profile, of which the first that a programme has is cited: its ``rule``, and nothing else unless
        notices say the same at different places."""
        return (self.rule,) if self.rule else ()

    def claims(self) -> tuple[str, ...]:
        """Names that only one stream of the log may ever hold; a second claim is refused while appending."""
        return ()


def title_of(kind: type[Event]) -> str:
    """The Chinese title of an event type."""
    return kind.__title__ or kind.__name__


class CommandRefused(Event, title="事件引起的命令被拒绝"):
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
