"""The end of a term and the return to the unit, of a posting or of a leg (PE-033, PE-056, PE-059)."""

from __future__ import annotations

from kernel.messages import Area, Command, Event, Key
from programmes.roles import MANAGERS, PROVINCE, UNITS


class TermEnded(Event, title="任期届满"):
    """The term is over. ``posting`` and ``target`` stand for a posting, the other fields for a leg."""

    rule = "term.months"
    areas = ("target", "sending", "host")

    programme: Key
    person: Key
    leg: Key | None
    posting: Key | None
    target: Area | None
    sending: Area | None
    host: Area | None


class ReturnedToUnit(Event, title="返回原单位"):
    """A cadre is back from a ``posting`` (of ``unit`` at ``target``) or a ``leg`` (``sending`` to ``host``)."""

    rule = "return.unit"
    areas = ("target", "sending", "host")

    programme: Key
    person: Key
    posting: Key | None
    leg: Key | None
    unit: Key | None
    target: Area | None
    sending: Area | None
    host: Area | None

    def rests_on(self) -> tuple[str, ...]:
        """Where the notice does not speak of the return, what lets a posting end."""
        return (self.rule, "withdrawal.grounds")


class RecordReturn(Command, title="记录返回原单位", roles=PROVINCE | MANAGERS | UNITS, concerns=("posting", "leg")):
    """Record that a cadre is back: from a ``posting`` that ended, or from a ``leg`` that ended or was withdrawn."""

    posting: Key | None = None
    leg: Key | None = None
