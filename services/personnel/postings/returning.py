"""The return of a cadre to the unit that sent it, from a posting or from a leg (PE-033, PE-059)."""

from __future__ import annotations

from kernel.messages import Area, Command, Event, Key
from programmes.roles import MANAGERS, PROVINCE, UNITS


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


class RecordReturn(Command, title="记录返回原单位", roles=PROVINCE | MANAGERS | UNITS, concerns=("posting", "leg")):
    """Record that a cadre is back: from a recalled ``posting``, or from a ``leg`` that ended or was withdrawn."""

    posting: Key | None = None
    leg: Key | None = None
