"""The library of reserves: a named keeper at each of its levels (PE-085), and what townships report by the deadlines.

Invariant: the views of the three levels are questions over the same events; nothing is kept twice. A deadline that does
not exist holds on the last real day of its month (PE-070).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.duty import Duty, Records, duties
from programmes.readers.reserve import LIBRARY, ROSTER_DUE, SCHEME_DUE
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserve_care.refusals import LIBRARY_LEVEL_UNKNOWN
from services.personnel.scopes import programme_of

LEVELS = {6: "county", 9: "township", 12: "village"}


class NameReserveKeeper(
    Command, title="明确后备干部库管理人", roles=COUNTIES | TOWNSHIPS | VILLAGES, concerns=("area",)
):
    """Name who keeps the library of a county, township or village: ``keeper`` is the id of an account."""

    programme: Key
    area: Area
    keeper: Key


class FileReserveScheme(Command, title="报送后备干部工作方案", roles=TOWNSHIPS, concerns=("township",)):
    """File the township's scheme with the county's department; ``scheme`` is its title or number."""

    programme: Key
    township: Area
    scheme: Line


class SubmitReserveRoster(Command, title="报送后备干部名册", roles=TOWNSHIPS, concerns=("township",)):
    """Hand in the township's roster as it stands on the day."""

    programme: Key
    township: Area


class SubmitRoster(Order):
    """The same, told who stands on it: the active reserves of the township."""

    programme: Key
    township: Area
    persons: tuple[Key, ...]


class ReserveKeeperNamed(Event, title="明确后备干部库管理人"):
    """Who keeps the library of the area from this day on."""

    rule = LIBRARY.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    level: Key
    keeper: Key


class ReserveSchemeFiled(Event, title="报送后备干部工作方案"):
    """The township's scheme is with the county; ``late`` after ``due``."""

    rule = SCHEME_DUE.path
    areas: ClassVar[tuple[str, ...]] = ("township",)

    programme: Key
    township: Area
    scheme: Line
    due: date
    late: bool


class ReserveRosterSubmitted(Event, title="报送后备干部名册"):
    """The township's roster is with the county: the ``version``-th, the first one ``late`` after ``due``."""

    rule = ROSTER_DUE.path
    areas: ClassVar[tuple[str, ...]] = ("township",)

    programme: Key
    township: Area
    version: int
    persons: tuple[Key, ...]
    due: date
    late: bool


SCHEME = Duty("reserve_scheme", "报送后备干部工作方案", ReserveSchemeFiled, "township")
ROSTER = Duty("reserve_roster", "报送后备干部名册", ReserveRosterSubmitted, "township", repeats=True)


def name(keeper: str, command: NameReserveKeeper) -> list[ReserveKeeperNamed]:
    """The keeper; one who is named already is not named again. Raises Rejected: ``level_unknown``, ``foreign_area``."""
    levels = rules_of(command).value(LIBRARY)
    level = LEVELS.get(len(command.area), "")
    if level not in levels:
        raise LIBRARY_LEVEL_UNKNOWN(area=command.area, levels=levels)
    must_cover(command.context.actor, command.area, field="area", rule=LIBRARY.path)
    return [] if keeper == command.keeper else [ReserveKeeperNamed.carrying(command, level=level)]


def file(done: Records, command: FileReserveScheme) -> list[ReserveSchemeFiled]:
    """The scheme, once (PE-070). Source: 青委组〔2017〕57号 印发通知. Raises Rejected: ``duty_done``."""
    rules = rules_of(command)
    SCHEME.check(command, done, rules)
    due = rules.value(SCHEME_DUE)
    late, scheme = command.context.occurred_on > due, impersonal(command.scheme, "scheme")
    return [ReserveSchemeFiled.carrying(command, scheme=scheme, due=due, late=late)]


def submit(done: Records, command: SubmitRoster) -> list[ReserveRosterSubmitted]:
    """The roster (PE-070): the deadline is that of the first one. Source: 青委组〔2017〕57号 印发通知."""
    rules = rules_of(command)
    ROSTER.check(command, done, rules)
    due, version = rules.value(ROSTER_DUE), ROSTER.version(done) + 1
    late = version == 1 and command.context.occurred_on > due
    return [ReserveRosterSubmitted.carrying(command, version=version, due=due, late=late)]


def _evolve(keeper: str, event: Event) -> str:
    return event.keeper if isinstance(event, ReserveKeeperNamed) else keeper


KEEPER = Part("reserve-keeper/{programme}.{area}", "", decides=(name,), evolve=_evolve, scope=programme_of)
"""Who keeps the library of one area."""
REPORTS = duties("reserve-report/{programme}.{township}", (SCHEME, ROSTER), file, submit, scope=programme_of)
"""What one township reports."""
