"""A part: one noun of a service, said once. What its streams are called, what it decides, how its state evolves.

    GATE = Part("gate/{gate}", None, decides=(open_gate, close_gate), evolve=evolve, absent=GATE_UNKNOWN)

It is a decider (Chassaing, "Functional Event Sourcing Decider"): ``decide`` takes the state and a command and gives
events or raises Rejected; ``evolve`` takes the state and an event and gives the next state, totally and without rules.
Which command a function decides and which events may follow stands in its annotations, to which mypy holds it:

    def close_gate(state: Gate, command: CloseGate) -> list[GateClosed | KeyReturned]: ...

Commands, events, contracts and the wiring of a service are derived from its parts.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import Formatter
from typing import Any, Generic, TypeVar, get_args

from kernel.messages import Command, Event
from kernel.refusal import Refusal

S = TypeVar("S")
Decide = Callable[[Any, Any], Sequence[Event]]
Scope = Callable[[str], tuple[str | None, str | None]]


def nowhere(key: str) -> tuple[str | None, str | None]:
    """The scope of streams to which no programme applies."""
    return None, None


def itself(state: Any, event: Event) -> tuple[str, ...]:
    """What an event says itself that it rests on."""
    return event.rests_on()


class Part(Generic[S]):
    """One kind of stream.

    Args:
        stream: how its streams are called, the fields of a command in braces: ``"gate/{road}.{gate}"``. A
            command of the door that no plan takes goes to the stream that its fields name.
        initial: the state of a stream that holds nothing yet.
        decides: a function for each command, ``(state, command) -> events``.
        evolve: ``(state, event) -> state``; see ``each`` for one function an event.
        scope: (programme, host area) of a stream's key, whose rules its decisions obey.
        absent: the refusal where a function wants a state and the stream holds nothing.
        records: event types of these streams that no function here decides.
        rests: the paths of the profile that an event cites, where they hang on the state it was decided in.

    Raises:
        TypeError: for a function whose annotations do not name its command and its events, two functions for one
            command, functions of different states, or a command of the door without a field that ``stream`` names.
    """

    def __init__(
        self,
        stream: str,
        initial: S,
        *,
        evolve: Callable[[S, Event], S],
        decides: Iterable[Decide] = (),
        scope: Scope = nowhere,
        absent: Refusal[Any] | None = None,
        records: Iterable[type[Event]] = (),
        rests: Callable[[S, Event], tuple[str, ...]] = itself,
    ) -> None:
        self.stream = stream
        self.category = stream.split("/", 1)[0]
        self.initial = initial
        self.evolve = evolve
        self.scope = scope
        self.absent = absent
        self.rests = rests
        self.fields = tuple(name for _, name, _, _ in Formatter().parse(stream) if name)
        self._decides: dict[type[Command], tuple[Decide, bool]] = {}
        events: dict[type[Event], None] = dict.fromkeys(records)
        states: set[Any] = set()
        for function in decides:
            state, command, result = _annotations(function)
            wanted = type(None) not in _parts_of(state)
            states |= _parts_of(state) - {type(None)}
            for kind in _parts_of(command):
                if not (isinstance(kind, type) and issubclass(kind, Command)):
                    raise TypeError(f"{_name(function)}: its second argument is no command")
                if kind in self._decides:
                    raise TypeError(f"{self.category}: {kind.__name__} is decided twice")
                self._decides[kind] = function, wanted
            events |= dict.fromkeys(_events(function, result))
        if len(states) > 1:
            raise TypeError(f"{self.category}: its functions take different states: {states}")
        self.events: tuple[type[Event], ...] = tuple(events)
        self.commands: tuple[type[Command], ...] = tuple(self._decides)

    def decide(self, state: S, command: Command) -> Sequence[Event]:
        """What follows from ``command``.

        Raises:
            Rejected: as its function says, and ``absent`` where the function wants a state and there is none.
        """
        if type(command) not in self._decides:
            raise TypeError(f"{self.category} does not decide {type(command).__name__}")
        function, wanted = self._decides[type(command)]
        if wanted and state is None and self.absent is not None:
            raise self.absent()
        return function(state, command)

    def stream_of(self, command: Any) -> str:
        """The stream that the fields of ``command`` name."""
        return self.stream.format_map({name: getattr(command, name) for name in self.fields})

    def fold(self, state: S, events: Iterable[Event]) -> S:
        """The state after ``events``."""
        for event in events:
            state = self.evolve(state, event)
        return state


def each(*functions: Callable[[Any, Any], Any]) -> Callable[[Any, Event], Any]:
    """An ``evolve`` of one function an event, ``(state, event) -> state``; other events change nothing.

    A function whose state is never None is not asked while nothing stands in the stream.

    Raises:
        TypeError: for two functions of one event, and an argument that is no event.
    """
    known: dict[type, tuple[Callable[[Any, Any], Any], bool]] = {}
    for function in functions:
        state, event, _ = _annotations(function)
        for kind in _parts_of(event):
            if not (isinstance(kind, type) and issubclass(kind, Event)) or kind in known:
                raise TypeError(f"{_name(function)}: {kind} is no event, or evolves twice")
            known[kind] = function, type(None) not in _parts_of(state)

    def evolve(state: Any, event: Event) -> Any:
        function, wanted = known.get(type(event), (None, False))
        return state if function is None or (wanted and state is None) else function(state, event)

    return evolve


def _annotations(function: Callable[..., Any]) -> tuple[Any, Any, Any]:
    """The types of a function's two arguments and of its result."""
    hints = typing.get_type_hints(function)
    result = hints.pop("return", None)
    if len(hints) != 2:
        raise TypeError(f"{_name(function)} takes a state and a message, both annotated")
    state, message = hints.values()
    return state, message, result


def _parts_of(annotation: Any) -> set[Any]:
    """The members of a union, or the type alone."""
    return set(get_args(annotation)) if _is_union(annotation) else {annotation}


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (typing.Union, type(int | str))


def _events(function: Decide, result: Any) -> list[type[Event]]:
    found = list(_within(result))
    if Event in found or not found:
        raise TypeError(f"{_name(function)} does not name the events it decides")
    return found


def _within(annotation: Any) -> Iterator[type[Event]]:
    if isinstance(annotation, type) and issubclass(annotation, Event):
        yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
