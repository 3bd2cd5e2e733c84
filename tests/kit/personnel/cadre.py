"""A cadre of 2018 by the parts of personnel, from the placement to the end of the posting, as others hear of it."""

from __future__ import annotations

from typing import Any, Literal

from kernel.codec import data_of, plain
from kernel.messages import Command, Context, Event
from kernel.testing import actor
from programmes.readers.organs import POSTS
from services.personnel.parts import POSTING
from services.personnel.postings.handover import HandOver, NotePlacement
from services.personnel.postings.recall import NoteRecallCase, RecallCadre
from services.personnel.postings.withdrawal import WithdrawCadre
from tests.kit.desk import Desk
from tests.kit.personnel.cast import CHANNEL, SYSTEM, UNIT, ctx, rules


class Cadre:
    """Who is placed at ``target``; what personnel decides of the posting is ``said``, and ``desk`` hears of it."""

    def __init__(
        self,
        desk: Desk | None,
        target: str,
        person: str | None = None,
        *,
        unit: str = UNIT,
        channel: str = CHANNEL,
        number: int = 1,
    ) -> None:
        self.desk, self.target, self.unit, self.channel = desk, target, unit, channel
        self.posting = f"LN2018.{target}.{number}"
        self.person = person or f"p-{target}"
        self.county = actor("county_org", areas=(target[:6],))
        self.state: Any = None
        self.said: list[Event] = []

    def arrive(self, on: str, placed_on: str = "2018-04-27") -> Cadre:
        """Placed and handed over."""
        kind: Literal["township", "village"] = "township" if len(self.target) == 9 else "village"
        about: dict[str, Any] = {"person": self.person, "unit": self.unit, "channel": self.channel, "tier": "province"}
        role = rules("LN2018", self.target).entry(POSTS, kind)
        where = {"programme": "LN2018", "target": self.target, "posting": self.posting}
        self._decide(
            NotePlacement(context=self._at(placed_on, SYSTEM), **where, **about, kind=kind, role=role, weak=True)
        )
        self._decide(
            HandOver(context=self._at(on, actor("unit", units=(self.unit,))), items=("party_relation", "escort"))
        )
        self._decide(HandOver(context=self._at(on, self.county), items=("host_contact", "board_lodging")))
        return self

    def serving(self, since: str) -> Cadre:
        """On post, which the desk has heard already."""
        desk, self.desk = self.desk, None
        self.arrive(since)
        self.desk = desk
        return self

    def withdraw(self, on: str) -> Cadre:
        """The posting ends: transferred to another unit."""
        about = {"posting": self.posting, "ground": "transfer", "organ": "县委组织部", "document": "件 9"}
        self._decide(WithdrawCadre(context=self._at(on, self.county), **about))
        return self

    def recall(self, on: str, case: str, trigger: str, interviewed_on: str) -> Cadre:
        """Recalled on a case of which the interview was noted."""
        noting = self._at(interviewed_on, SYSTEM)
        self._decide(NoteRecallCase(context=noting, case=case, trigger=trigger, posting=self.posting))
        self._decide(RecallCadre(context=self._at(on, self.county), posting=self.posting, case=case))
        return self

    def told(self, kind: str) -> dict[str, Any]:
        """What the last event of a kind says, as it is stored."""
        found: dict[str, Any] = plain(data_of(next(one for one in self.said[::-1] if type(one).__name__ == kind)))
        return found

    def _at(self, on: str, by: Any) -> Context:
        return ctx(on, by, "LN2018", self.target)

    def _decide(self, command: Command) -> None:
        rules = command.context.rules
        for event in POSTING.decide(self.state, command):
            self.state = POSTING.evolve(self.state, event)
            self.said.append(event)
            data = plain(data_of(event))
            on = event.occurred_on.isoformat()
            if self.desk is not None:
                self.desk.hear("personnel", type(event).__name__, on, rules.version if rules else None, **data)
