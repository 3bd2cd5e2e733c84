"""Which streams the commands of nomination concern, and what each needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kernel.service import Room, Step
from services.personnel.nomination.channel import FileChannelScheme, FileScheme
from services.personnel.nomination.check import CheckNominee, CheckNominees
from services.personnel.nomination.mobilisation import Mobilise, RecordMobilisation
from services.personnel.persons.person import Identify
from services.personnel.persons.refusals import UNIT_NOT_NOTED


def file_channel_scheme(command: FileChannelScheme, room: Room) -> Iterable[Step]:
    """The channel's stream, told which channel manages each named unit."""
    units = room.load_all(f"unit/{unit}" for unit in command.units)
    managed = {state.unit: state.channel for state in units.values() if state is not None}
    order = FileScheme(**vars(command), managed_by=managed)
    return (Step(f"channel/{command.programme}.{command.channel}", order),)


def record_mobilisation(command: RecordMobilisation, room: Room) -> Iterable[Step]:
    """The record of the unit, told its channel. Raises Rejected: ``unit_not_noted``."""
    unit = room.load(f"unit/{command.unit}")
    if unit is None:
        raise UNIT_NOT_NOTED()
    order = Mobilise(**vars(command), channel=unit.channel)
    return (Step(f"unit-record/{command.programme}.{command.unit}", order),)


def check_nominee(command: CheckNominee, room: Room) -> Iterable[Step]:
    """The check, on the roster of the unit."""
    return _checks((command,), room)


def check_nominees(command: CheckNominees, room: Room) -> Iterable[Step]:
    """One check for each nominee, on the roster of its unit."""
    every = (
        CheckNominee(
            context=command.context,
            programme=command.programme,
            unit=one.unit,
            nomination=one.nomination,
            result=one.result,
            conditions=one.conditions,
            tags=one.tags,
        )
        for one in command.checks
    )
    return _checks(tuple(every), room)


def _checks(checks: Sequence[CheckNominee], room: Room) -> Iterator[Step]:
    """The checks, then that it is settled who those are that passed: who may not check is told of the first alone."""
    streams = [f"roster/{one.programme}.{one.unit}" for one in checks]
    rosters = room.load_all(streams)
    for one, stream in zip(checks, streams, strict=True):
        yield Step(stream, one)
    for one, stream in zip(checks, streams, strict=True):
        nominee = rosters[stream].nominees.get(one.nomination) if rosters[stream] else None
        if nominee is not None and one.result == "passed":
            yield Step(f"person/{nominee.person}", Identify(context=one.context, field="nomination"))
