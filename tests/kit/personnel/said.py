"""What personnel says of nominees and legs, each decided by its own part, for the desks of those who hear it."""

from __future__ import annotations

from typing import Any

from kernel.codec import data_of, plain
from kernel.messages import Command, Event
from kernel.testing import actor
from programmes.readers.organs import POSTS
from services.personnel.legs.pairing import NominateLeg
from services.personnel.legs.secondment import NoteSecondmentPost, Report, WithdrawLeg
from services.personnel.nomination.check import CheckNominee
from services.personnel.nomination.nomination import Nominate
from services.personnel.nomination.roster import NOBODY, NoteUnitQuota
from services.personnel.parts import LEG, ROSTER
from tests.kit.personnel.cast import CHANNEL, SYSTEM, ctx, rules
from tests.kit.personnel.nomination import entry


def checked(
    unit: str, person: str, kind: Any = "village", channel: str = CHANNEL, nomination: str = "", on: str = "2018-04-23"
) -> dict[str, Any]:
    """InitialCheckPassed: the unit nominated the person for one of its places, and the channel checked."""
    key, manages = nomination or f"n-{person}", actor("channel", units=(channel, unit))
    quota: dict[str, Any] = {"programme": "LN2018", "unit": unit, "channel": channel, "townships": 1, "villages": 1}
    recipient = channel if channel.endswith("委") else "省委组织部"
    post = f"{rules().entry(POSTS, kind)} 待分配"
    one = entry(nomination=key, person=person, kind=kind, recipient=recipient, post=post)
    state: Any = ROSTER.initial
    for order in (
        NoteUnitQuota(context=ctx("2018-04-17", SYSTEM), **quota),
        Nominate(context=ctx("2018-04-18", manages), unit=unit, entries=(one,), scheme_filed=True, vacated=NOBODY),
        CheckNominee(context=ctx(on, manages), programme="LN2018", unit=unit, nomination=key, result="passed"),
    ):
        made = ROSTER.decide(state, order)
        state = ROSTER.fold(state, made)
    return data(made[-1])


class Leg:
    """A leg of 2002: named by the sending city, its post agreed, reported or lost."""

    def __init__(
        self, pair: int, way: str, level: str, seat: int, number: int, sending: str, host: str, person: str = ""
    ) -> None:
        key = f"LN2002.{pair}.{way}.{level}.{seat}.{number}"
        self.state: Any = LEG.initial
        self.city = actor("city_org", areas=(sending[:4],))
        about: dict[str, Any] = {"pair": pair, "direction": way, "level": level, "seat": seat, "programme": "LN2002"}
        on = "2002-06-27" if number == 1 else "2002-11-11"
        more: dict[str, Any] = {"leg": key, "person": person or f"p-{key}", "sending": sending, "host": host}
        self.named = self._decide(NominateLeg(context=ctx(on, self.city, "LN2002"), **about, **more))

    def reported(self, on: str) -> dict[str, Any]:
        """SecondmentReported, after the post was agreed."""
        self._decide(NoteSecondmentPost(context=ctx("2002-07-05", SYSTEM, "LN2002"), post="挂职副职"))
        return self._decide(Report(context=ctx(on, self.city, "LN2002")))

    def withdrawn(self, on: str) -> dict[str, Any]:
        """SecondmentWithdrawn."""
        leg = str(self.named["leg"])
        return self._decide(WithdrawLeg(context=ctx(on, self.city, "LN2002"), leg=leg, reason="另有任用"))

    def _decide(self, order: Command) -> dict[str, Any]:
        made = LEG.decide(self.state, order)
        self.state = LEG.fold(self.state, made)
        return data(made[0])


def data(event: Event) -> dict[str, Any]:
    """What the event says, as it is stored."""
    found: dict[str, Any] = plain(data_of(event))
    return found
