"""Who holds an office, as allocation records it, heard by another service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kernel.codec import data_of, plain
from kernel.messages import Actor
from kernel.testing import actor, context
from programmes import loader, offices
from programmes.readers.papers import SIGNERS
from programmes.roles import LEVELS
from programmes.signing import Signing
from services.allocation.registers.office import OFFICE, Holder, KnownPosts, RecordActing, RecordHolder
from services.allocation.registers.office import Office as Recorded
from services.allocation.registers.unit_office import UNIT_OFFICE, Officer, RecordUnitActing, RecordUnitHolder
from tests.kit.desk import Desk

RECORDER = actor("province_org", areas=("21",))


class Offices:
    """The offices of allocation, whose events ``desk`` hears."""

    def __init__(self, desk: Desk, programme: str = "LN2018") -> None:
        self.desk = desk
        self.known = KnownPosts(tuple(loader.load(programme).rules[SIGNERS.path]["value"].values()))
        self.states: dict[tuple[str, str], Recorded] = {}

    def holds(self, organ: str, post: str, person: str, since: str, by: Actor = RECORDER) -> None:
        """``person`` holds the post from ``since`` on."""
        holder = Holder(organ, post, person, date.fromisoformat(since))
        self._record(holder, RecordHolder(context=context(since, by), holder=holder, known=self.known))

    def stands_in(self, organ: str, post: str, person: str, since: str, until: str, by: Actor = RECORDER) -> None:
        """``person`` acts in the post from ``since`` to ``until``."""
        acting, last = Holder(organ, post, person, date.fromisoformat(since)), date.fromisoformat(until)
        self._record(acting, RecordActing(context=context(since, by), acting=acting, until=last, known=self.known))

    def sender_holds(self, organ: str, channel: str, post: str, person: str, since: str, by: Actor = RECORDER) -> None:
        """``person`` holds the post of a unit of ``channel``, or of a channel, which is told "", from ``since`` on."""
        officer = Officer(organ, post, person, date.fromisoformat(since))
        known = replace(self.known, level="unit" if channel else "channel")
        order = RecordUnitHolder(context=context(since, by), holder=officer, channel=channel, known=known)
        self._of_sender(officer, order)

    def sender_stands_in(self, organ: str, channel: str, post: str, person: str, since: str, until: str) -> None:
        """``person`` acts in the post of a unit of ``channel`` from ``since`` to ``until``."""
        acting, last = Officer(organ, post, person, date.fromisoformat(since)), date.fromisoformat(until)
        known = replace(self.known, level="unit" if channel else "channel")
        order = RecordUnitActing(
            context=context(since, RECORDER), acting=acting, until=last, channel=channel, known=known
        )
        self._of_sender(acting, order)

    def _of_sender(self, seat: Officer, order: RecordUnitHolder | RecordUnitActing) -> None:
        state = self.states.get((seat.organ, seat.post), UNIT_OFFICE.initial)
        events = UNIT_OFFICE.decide(state, order)
        self.states[seat.organ, seat.post] = UNIT_OFFICE.fold(state, events)
        self.desk.hear_of("allocation", *events)

    def _record(self, seat: Holder, order: RecordHolder | RecordActing) -> None:
        key = (seat.organ, seat.post)
        state = self.states.get(key, OFFICE.initial)
        events = OFFICE.decide(state, order)
        self.states[key] = OFFICE.fold(state, events)
        for event in events:
            self.desk.hear("allocation", type(event).__name__, event.occurred_on.isoformat(), **plain(data_of(event)))


def seated(by: Actor) -> Signing | None:
    """The office that ``by`` has held long since at the first area; None for an organ that is no division."""
    level = LEVELS.get(by.role)
    return None if level is None else signing(loader.load("LN2018").rules[SIGNERS.path]["value"][level], by.areas[0])


def signing(post: str, organ: str, person: str = "p-test", since: str = "2000-01-01") -> Signing:
    """An office that ``person`` has held since a day, as the plan gives it to a decision."""
    return Signing(post, organ, offices.Office((offices.Holder(person, date.fromisoformat(since), None),)))
