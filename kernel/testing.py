"""Given, when, then: the sentences in which a part is tested.

given(COUNTER, Counted(...)).when(Reset(...)).then(WasReset(...))
given(COUNTER).when(Reset(...)).rejected("nothing_counted", field="…")
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kernel.messages import Actor, Command, Context, Event, Rejected
from kernel.part import Part
from kernel.rules import Profile, Rule, RuleBook, Rules


def actor(role: str, *, areas: tuple[str, ...] = (), units: tuple[str, ...] = (), person: str = "p-test") -> Actor:
    """An actor of a role, for tests."""
    return Actor(person, f"{role} post", f"{role} organ", role, areas, units)


def rules(programme: str, values: Mapping[str, Any], *, origin: str = "printed") -> Rules:
    """Rules with the given values, all of one origin, each with the notice "N" and its own path as clause."""
    return Rules(programme, f"{programme}:1", {p: Rule(p, v, origin, "N", p) for p, v in values.items()})


def rules_of(*profiles: Mapping[str, Any], area: str | None = None) -> Rules:
    """The effective rules of profiles as published: plain data with programme, version, base, scope, sha256, rules."""
    book = RuleBook()
    for p in profiles:
        book = book.adding(Profile.of(p["programme"], p["version"], p["base"], p["scope"], p["sha256"], p["rules"]))
    found = book.effective(next(p["programme"] for p in profiles if not p["base"]), area)
    if found is None:
        raise ValueError("no base among the profiles")
    return found


def context(
    on: str | date, by: Actor, *, rules: Rules | None = None, command_id: str = "c-1", correlation: str = "k-1"
) -> Context:
    """A command's context on the day ``on``."""
    day = on if isinstance(on, date) else date.fromisoformat(on)
    return Context(command_id, by, day, correlation, "", rules)


class When:
    """A decision that was taken or refused."""

    def __init__(self, events: list[Event] | None, refusal: Rejected | None, state: Any) -> None:
        self.events, self.refusal, self.state = events, refusal, state

    def then(self, *expected: Event) -> When:
        """Exactly these events were decided, in this order."""
        assert self.refusal is None, f"refused: {self.refusal.code} {self.refusal.sentence}"
        assert self.events == list(expected), f"\ndecided  {self.events}\nexpected {list(expected)}"
        return self

    def types(self, *names: str) -> When:
        """Events of exactly these types were decided, in this order."""
        assert self.refusal is None, f"refused: {self.refusal.code} {self.refusal.sentence}"
        assert [type(e).__name__ for e in self.events or []] == list(names)
        return self

    def rejected(self, code: str, **attributes: Any) -> When:
        """The command was refused with ``code`` and the given attributes (field, accepted, rule, kind)."""
        assert self.refusal is not None, f"not refused, decided {self.events}"
        assert self.refusal.code == code, f"refused with {self.refusal.code}: {self.refusal.sentence}"
        for name, value in attributes.items():
            assert getattr(self.refusal, name) == value, f"{name} is {getattr(self.refusal, name)!r}"
        return self


class Given:
    """A stream that holds some events."""

    def __init__(self, part: Part[Any], *events: Event) -> None:
        self.part = part
        self.state = part.fold(part.initial, events)

    def when(self, command: Command) -> When:
        """Put ``command`` to the stream."""
        try:
            events = list(self.part.decide(self.state, command))
        except Rejected as refusal:
            return When(None, refusal, self.state)
        return When(events, None, self.part.fold(self.state, events))


def given(part: Part[Any], *events: Event) -> Given:
    """A stream of ``part`` that holds ``events``."""
    return Given(part, *events)
