"""The way of one subject through one procedure, as the published file has it, read as plain data.

What stands here is held against what decides: in memory against the parts, and over HTTP against the whole system. It
knows nothing of ``programmes.procedure``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

NOT_FOR, STRANGER, DONE = "step_not_for", "not_your_business", "duty_done"
OUT_OF_ORDER, TOO_EARLY = "duty_out_of_order", "date_before_ground"
NOT_IN_OFFICE = "not_in_office"


class Acting(Protocol):
    """Who acts: the actor of a command, or the office of a token."""

    @property
    def person(self) -> str: ...
    @property
    def organ(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def areas(self) -> tuple[str, ...]: ...
    @property
    def units(self) -> tuple[str, ...]: ...


@dataclass
class Course:
    """``steps`` are those of the file, ``parties`` and ``attributes`` the subject's, ``printed`` the names of organs.

    ``signers`` are by role the posts in which steps are taken that name none, ``holders`` by post the person who holds
    it; ``done`` is what was taken, and when.
    """

    steps: list[dict[str, Any]]
    parties: dict[str, str]
    attributes: dict[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    signers: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    done: dict[str, date] = field(default_factory=dict)

    @property
    def last(self) -> date | None:
        """The day of the last step."""
        return max(self.done.values(), default=None)

    def named(self, name: str) -> dict[str, Any]:
        """The step of the file."""
        return next(one for one in self.steps if one["step"] == name)

    def own(self, step: Mapping[str, Any]) -> bool:
        """Whether the subject takes the step."""
        when = step.get("when", {})
        return all(self.attributes.get(name) in (None, *accepted) for name, accepted in when.items())

    def reasons(self, name: str, by: Acting, on: date) -> frozenset[str]:
        """Why ``by`` may not take the step on that day; nothing where the file allows it."""
        step = self.named(name)
        before = [one for one in step.get("after", ()) if self.own(self.named(one))]
        found = {
            NOT_IN_OFFICE: not self.seated(step, by),
            NOT_FOR: not self.own(step),
            STRANGER: not self.admits(step, by),
            DONE: name in self.done and not step.get("repeats"),
            OUT_OF_ORDER: any(one not in self.done for one in before),
            TOO_EARLY: any(one in self.done and on < self.done[one] for one in before),
        }
        return frozenset(reason for reason, holds in found.items() if holds)

    def seated(self, step: Mapping[str, Any], by: Acting) -> bool:
        """Whether the actor holds the post in which the step is taken, if there is one."""
        post = step.get("post") or self.signers.get(by.role)
        return post is None or by.person == self.holders.get(post)

    def admits(self, step: Mapping[str, Any], by: Acting) -> bool:
        """Whether the step is the actor's: by role, organ and party."""
        if by.role not in step["by"]:
            return False
        if step.get("organ") and not by.organ.endswith(self.printed[step["organ"]]):
            return False
        parties = [self.parties[party] for party in step.get("of", ()) if self.parties.get(party)]
        own = (*by.areas, *by.units)
        return not step.get("of") or any(
            party in own or any(party.startswith(area) for area in by.areas) for party in parties
        )

    def closed(self) -> bool:
        """Whether what was done has before it what each step asks for, in order of days."""
        return all(
            before in self.done and self.done[before] <= day
            for name, day in self.done.items()
            for before in self.named(name).get("after", ())
            if self.own(self.named(before))
        )
