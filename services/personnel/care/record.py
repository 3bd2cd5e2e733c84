"""A record about a posting: one command and one event each, kept in the posting's own stream, in order.

The profile says at ``duty.<name>`` who records it, after what and for which tiers; each verb adds what is its own.
Invariant: nothing is recorded of a time outside the posting, nor by an organ that neither sent the cadre nor hosts it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.duty import Duty, Records
from programmes.readers.care import SENDERS
from programmes.readers.duties import Terms
from programmes.roles import called
from services.personnel.care.refusals import POSTING_NOT_RUNNING
from services.personnel.postings.posting import Posting


class OnPosting(Event, base=True):
    """What every record of a posting says: whose it is and where."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area

    @property
    def lacking(self) -> str:
        """What of the matter is still open after this record, for officials; "" where nothing is."""
        return ""


def admit(
    duty: Duty, state: Posting, command: Command, *, since: str = "on_post", before: Records | None = None
) -> Terms:
    """Check that the actor may record it of this posting, on this day; gives what the profile asks.

    ``since`` is "placed" where it may be recorded before the cadre is on post; ``before`` is what was done about others
    than the posting.

    Raises:
        Rejected: ``not_your_business``, ``posting_not_running``, ``date_before_ground``, and as ``Duty.check``.
    """
    terms = duty.check(command, {**(before or {}), **done_of(state)}, rules_of(command))
    actor, placed = command.context.actor, state.placed
    sends = actor.role in SENDERS
    if not (actor.manages(placed.unit) or actor.manages(placed.channel) if sends else actor.covers(placed.target)):
        organ = f"{called(actor.role)}（{f'{placed.unit} 或 {placed.channel}' if sends else placed.target}）"
        raise NOT_YOUR_BUSINESS(act=duty.title, organ=organ, field=duty.subject, rule=duty.path)
    if since == "placed":
        not_before(command, placed.occurred_on, "确定人选", duty.path)
    elif state.on_post_since is None:
        raise POSTING_NOT_RUNNING(duty=duty.title, rule=duty.path, state="尚未到岗", accepted="到岗之后")
    else:
        not_before(command, state.on_post_since, "到岗", duty.path)
    if state.ended_on is not None and command.context.occurred_on > state.ended_on:
        raise POSTING_NOT_RUNNING(
            duty=duty.title,
            rule=duty.path,
            state=f"已于 {state.ended_on} 结束",
            accepted=f"不晚于 {state.ended_on}",
        )
    return terms


def done_of(state: Posting) -> Records:
    """The days on which each duty was done, as ``Duty.check`` wants them."""
    return {name: tuple(event.occurred_on for event in events) for name, events in state.records.items()}


def recording(
    known: Mapping[type[Event], str], evolve: Callable[[Posting | None, Event], Posting | None]
) -> Callable[[Posting | None, Event], Posting | None]:
    """``evolve``, which keeps the events of ``known`` ({event: duty}) beside."""

    def recorded(state: Posting | None, event: Event) -> Posting | None:
        name = known.get(type(event))
        if name is None or state is None:
            return evolve(state, event)
        return replace(state, records={**state.records, name: (*state.records.get(name, ()), event)})

    return recorded
