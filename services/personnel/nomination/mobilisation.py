"""The sending unit's mobilisation: held before applications are collected, and recorded (PE-046)."""

from __future__ import annotations

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.duty import Duty, Records
from programmes.roles import MANAGERS, UNITS


class UnitMobilised(Event, title="宣传动员"):
    """A unit called for applications, on ``occurred_on``, before ``audience``."""

    rule = "duty.mobilisation"

    programme: Key
    unit: Key
    audience: Line


class RecordMobilisation(Command, title="登记宣传动员", roles=MANAGERS | UNITS):
    """Record the mobilisation of a unit, held on the command's date."""

    programme: Key
    unit: Key
    audience: Line


MOBILISATION = Duty("mobilisation", "宣传动员", UnitMobilised, "unit")
COLLECTING = "select distinct programme, unit, channel from nominations"


def mobilise(done: Records, command: RecordMobilisation) -> list[UnitMobilised]:
    """The record, once a batch. Raises Rejected: ``not_your_business`` for another unit, and as ``Duty.check``."""
    if not command.context.actor.manages(command.unit):
        raise NOT_YOUR_BUSINESS(act="宣传动员", organ=f"{command.unit} 本单位", field="unit", rule=MOBILISATION.path)
    MOBILISATION.check(command, done, rules_of(command))
    return [UnitMobilised.carrying(command)]
