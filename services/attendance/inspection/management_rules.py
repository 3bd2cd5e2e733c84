"""A county's rules of management: one document a programme, in versions, whose articles findings cite (AT-029).

Invariant: versions follow each other by date, so a finding keeps the version that was in force on its day, whatever
is filed later.
"""

from __future__ import annotations

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line
from programmes.duty import Duty, Records
from programmes.readers import duties
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import COUNTIES
from services.attendance.inspection.refusals import RULES_NOT_IN_FORCE


class ManagementRulesFiled(Event, title="管理办法备案"):
    """A county filed its rules, in force from ``occurred_on``; ``document`` is the digest of their text."""

    rule = "duty.management_rules"
    areas = ("county",)

    programme: Key
    county: Area
    version: int
    title: Line
    document: Key


class ArticleCited(Event, title="援引管理办法条款"):
    """A finding or sanction ``finding``, dated ``occurred_on``, rests on an article of the rules in force then."""

    rule = "duty.management_rules"
    areas = ("county",)

    programme: Key
    county: Area
    version: int
    article: Line
    finding: Key


class FileManagementRules(Command, title="管理办法备案", roles=COUNTIES, concerns=("county",)):
    """File the county's rules, or their next version."""

    programme: Key
    county: Area
    title: Line
    document: Key


class CiteArticle(Command, title="援引管理办法条款", roles=COUNTIES, concerns=("county",)):
    """Say on which article a finding of the command's date rests; ``finding`` is the finding's event id."""

    programme: Key
    county: Area
    article: Line
    finding: Key


MANAGEMENT_RULES = Duty(
    "management_rules", "管理办法备案", ManagementRulesFiled, "county", duties.MANAGEMENT_RULES, repeats=True
)
COUNTY_DIGITS = 6
MANAGING = "select distinct programme, left(target, 6) as county from registers"


def file(done: Records, command: FileManagementRules) -> list[ManagementRulesFiled]:
    """The next version.

    Raises:
        Rejected: ``not_a_county``, ``date_before_ground`` where it is dated before the last version,
            and as ``Duty.check``.
    """
    if len(command.county) != COUNTY_DIGITS:
        raise NOT_A_COUNTY(county=command.county)
    MANAGEMENT_RULES.check(command, done, rules_of(command))
    last = max(done.get(MANAGEMENT_RULES.name, ()), default=None)
    not_before(command, last, "上一版备案", MANAGEMENT_RULES.path)
    return [ManagementRulesFiled.carrying(command, version=MANAGEMENT_RULES.version(done) + 1)]


def cite(done: Records, command: CiteArticle) -> list[ArticleCited]:
    """The citation. Raises Rejected: ``rules_not_in_force`` where the county had none on that day."""
    version = MANAGEMENT_RULES.version(done, command.context.occurred_on)
    if not version:
        raise RULES_NOT_IN_FORCE(county=command.county, on=command.context.occurred_on)
    return [ArticleCited.carrying(command, version=version)]
