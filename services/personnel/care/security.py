"""Health and insurance of a cadre, by the unit, and the city's policy for the cadres of its own tier.

Sources: 晋组通字〔2015〕41号 五.6 (PE-039); the Jinzhou measures 三.1 (PE-101).
Invariant: a policy covers the whole term or the matter stays open; a city insures its tier alone, at the printed sum.
"""

from __future__ import annotations

from datetime import date

from kernel.calendar import add_months
from kernel.grounds import rules_of
from kernel.messages import Command, Key, Line
from programmes.duty import Duty
from programmes.money import fen, yuan
from programmes.readers import care
from programmes.roles import CITIES, TIER_NAMES
from programmes.texts import impersonal
from services.personnel.care.record import OnPosting, admit
from services.personnel.care.refusals import NOT_ON_CITY_POLICY, POLICY_UPSIDE_DOWN, SUM_INSURED_DIFFERS
from services.personnel.postings.posting import Posting


class InsuranceRecorded(OnPosting, title="人身意外伤害保险"):
    """``policy`` of the organ ``provider`` covers the cadre from ``since`` to ``until``, both days included.

    ``sum_fen`` is None where it was not told. Whether the policies of a cadre cover the whole term is asked of the term
    as it stands (``open_items``), since a term may be extended.
    """

    rule = "duty.insurance"

    provider: Key
    policy: Line
    since: date
    until: date
    sum_fen: int | None


class CheckupRecorded(OnPosting, title="体检"):
    """The unit had the cadre's health checked; ``again_by`` where the profile says how often."""

    rule = "duty.checkup"

    hospital: Line
    again_by: date | None


class RecordInsurance(Command, title="登记人身意外伤害保险", roles=care.SENDERS | CITIES, concerns=("posting",)):
    """Record a policy: its days, both included, and the sum insured in fen where it is told."""

    posting: Key
    policy: Line
    since: date
    until: date
    sum_fen: int | None = None


class RecordCheckup(Command, title="登记体检", roles=care.SENDERS, concerns=("posting",)):
    """Record a check-up on the command's date."""

    posting: Key
    hospital: Line


INSURANCE = Duty("insurance", "人身意外伤害保险", InsuranceRecorded, "posting", care.INSURANCE, repeats=True)
CHECKUP = Duty("checkup", "体检", CheckupRecorded, "posting", care.CHECKUP, repeats=True)


def insure(state: Posting, command: RecordInsurance) -> list[InsuranceRecorded]:
    """The policy (PE-039), the city's for its own tier alone and at the printed sum (PE-101).

    Raises:
        Rejected: ``policy_upside_down``; for a city ``not_on_city_policy``, ``sum_insured_differs``; as ``admit``.
    """
    rules, placed = rules_of(command), state.placed
    terms = admit(INSURANCE, state, command, since="placed")
    if command.until < command.since:
        raise POLICY_UPSIDE_DOWN(since=command.since, until=command.until)
    if command.context.actor.role in CITIES:
        if placed.tier not in terms.tiers:
            tiers = [TIER_NAMES[tier] for tier in terms.tiers] or "无"
            raise NOT_ON_CITY_POLICY(tiers=tiers, tier=TIER_NAMES.get(placed.tier, "层级不明"))
        printed = fen(rules.value(care.SUM_INSURED))
        if command.sum_fen != printed:
            given = "未填" if command.sum_fen is None else yuan(command.sum_fen)
            raise SUM_INSURED_DIFFERS(printed=yuan(printed), fen=printed, given=given)
    return [
        InsuranceRecorded.carrying(
            command,
            placed,
            posting=command.posting,
            policy=impersonal(command.policy, "policy"),
            provider=placed.unit if command.context.actor.role not in CITIES else command.context.actor.organ,
        )
    ]


def check_up(state: Posting, command: RecordCheckup) -> list[CheckupRecorded]:
    """The check-up, and when the next is due where the profile says how often (PE-039). Rejected as ``admit``."""
    admit(CHECKUP, state, command)
    every, on = rules_of(command).find(care.CHECKUP_MONTHS), command.context.occurred_on
    again_by = None if every is None else add_months(on, every.value)
    hospital = impersonal(command.hospital, "hospital")
    return [
        CheckupRecorded.carrying(command, state.placed, posting=command.posting, hospital=hospital, again_by=again_by)
    ]
