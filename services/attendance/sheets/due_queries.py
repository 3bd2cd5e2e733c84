"""What is owed of a month: the sheet by the registrar, the signature by the post, the seal by the organ that seals.

Source: the Jinzhou measures 一.2. A sheet that a later version took the place of is owed nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.rules import Rules
from programmes.obligation import Obligation
from programmes.readers.attendance import REGISTRAR, SEALER, SIGNER
from programmes.readers.rhythm import STATEMENT, STATEMENT_DAYS
from programmes.roles import LEVELS
from services.attendance.register.authority import ROLES

_DONE: Final = """
select r.programme, s.posting as subject, (s.month || '-01')::date as day, s.compiled_on as met_on
  from sheets s join registers r using (posting) where s.version = 1
"""
_LAST: Final = """(
select r.programme, s.*, r.person, (s.month || '-01')::date + interval '1 month' - interval '1 day' as last
  from sheets s join registers r using (posting)
)"""
_CURRENT: Final = """
not exists (select from sheets later where later.posting = s.posting and later.month = s.month
               and later.version > s.version and later.compiled_on <= now.day)
"""
_DUE: Final = "case when s.replaces = 0 then s.last::date else s.compiled_on end + t.number"


def registrars(rules: Rules) -> Mapping[str, frozenset[str]]:
    """By the kind of the target, who keeps its register."""
    found = rules.find(REGISTRAR)
    return {kind: ROLES[keeper] for kind, keeper in found.value.items()} if found else {}


def signers(rules: Rules) -> Mapping[str, frozenset[str]]:
    """The role of the organ whose post signs."""
    found = rules.find(SIGNER)
    level = found.value.partition("_")[0] if found else None
    return {"": frozenset(role for role, own in LEVELS.items() if own == level)}


def sealers(rules: Rules) -> Mapping[str, frozenset[str]]:
    """Who seals."""
    found = rules.find(SEALER)
    return {"": ROLES[found.value]} if found else {}


OBLIGATIONS: Final = (
    Obligation(
        "month_compiled",
        "汇总月考勤",
        STATEMENT,
        registrars,
        per="s.kind",
        source="registers",
        subject="s.posting",
        area="s.target",
        since="s.opened_on",
        until="s.closed_on",
        every=STATEMENT,
        within=STATEMENT_DAYS,
        done=_DONE,
    ),
    Obligation(
        "month_signed",
        "考勤签字认定",
        SIGNER,
        signers,
        source=_LAST,
        where=_CURRENT,
        subject="s.posting",
        period="s.month",
        area="s.target",
        post="substr(t.said, strpos(t.said, '_') + 1)",
        since="s.compiled_on",
        number=STATEMENT_DAYS,
        due=_DUE,
        met="s.signed_on",
    ),
    Obligation(
        "month_sealed",
        "月考勤盖章",
        SEALER,
        sealers,
        source=_LAST,
        where=_CURRENT,
        subject="s.posting",
        period="s.month",
        area="s.target",
        since="s.signed_on",
        number=STATEMENT_DAYS,
        due=_DUE,
        met="s.sealed_on",
    ),
)
