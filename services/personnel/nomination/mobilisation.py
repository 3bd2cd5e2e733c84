"""The sending unit's mobilisation: held before applications are collected, and recorded (PE-046)."""

from __future__ import annotations

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.duty import Duty, Records
from programmes.readers import duties
from programmes.roles import MANAGERS, UNITS


class UnitMobilised(Event, title="宣传动员"):
    """A unit called for applications, on ``occurred_on``, before ``audience``."""

    rule = "duty.mobilisation"

    programme: Key
    unit: Key
    audience: Line


class RecordMobilisation(Command, title="登记宣传动员", roles=MANAGERS | UNITS, concerns=("unit",)):
    """Record the mobilisation of a unit, held on the command's date."""

    programme: Key
    unit: Key
    audience: Line


class Mobilise(Order):
    """The same, told which channel the unit belongs to."""

    programme: Key
    unit: Key
    channel: Key
    audience: Line


MOBILISATION = Duty("mobilisation", "宣传动员", UnitMobilised, "unit", duties.MOBILISATION)
COLLECTING = "select distinct programme, unit, channel from nominations"


def mobilise(done: Records, command: Mobilise) -> list[UnitMobilised]:
    """The record, once a batch, by the unit or the channel it belongs to.

    Raises:
        Rejected: ``not_your_business`` for a unit of others, and as ``Duty.check``.
    """
    actor = command.context.actor
    if not (actor.manages(command.unit) or actor.manages(command.channel)):
        organ = f"{command.unit} 或 {command.channel}"
        raise NOT_YOUR_BUSINESS(act="宣传动员", organ=organ, field="unit", rule=MOBILISATION.path)
    MOBILISATION.check(command, done, rules_of(command))
    return [UnitMobilised.carrying(command)]
