"""Why there is no plan: which rules, in which counties, how many waivers at least, and who may sign them.

Invariant: a refusal applies nothing; it names figures, so that whoever may sign knows what would be enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kernel.errors import PaizhuError
from programmes.offices import called_post
from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.waivers import Blocked, Remedy, remedy, wants
from services.allocation.planning.plan_rules import BY_NAME
from services.allocation.solving.plan_arcs import Pairs
from services.allocation.solving.plan_reach import NAMES
from services.allocation.solving.refusals import PLAN_INFEASIBLE

_SHOWN: Final = 100
_NAMED: Final = 12
_MOST: Final = 4_000_000
"""Pairs that are looked through for waivers: some seconds' worth."""


def refusal(pairs: Pairs, arcs: Arcs) -> PaizhuError:
    """The refusal of a situation in which not everybody who must be placed can be.

    ``details`` lists each waiver of a least set (field ``waivers``), each group in want (``wants``) and each cadre whom
    no waiver helps (``stranded``).
    """
    found, proven = _least(pairs, arcs)
    rules = _rules(pairs, found)
    counties = _counties(found)
    signatory = pairs.situation.settings.signatory
    signed = [s for waiver in found.waivers for rule in waiver.rules if (s := signatory(rule))]
    signers = sorted({called_post(one.post) for one in signed})
    named = "、".join(f"{BY_NAME[rule].sentence}（{rule}）" for rule in rules) or "派驻点不足"
    short = sum(want.short for want in found.wants)
    partly = "编制部分方案（partial）"
    if not found.stranded:
        least = "至少 " if proven else ""
        ways = f"{least}{len(found.waivers)} 项豁免，由 {'、'.join(signers)} 签署；或{partly}"
    elif proven:
        ways = f"即使全部豁免仍有 {len(found.stranded)} 名人选无处可派；可{partly}或增设派驻点"
    else:
        ways = f"{partly}或增设派驻点；所需豁免过多，未逐一查找"
    path = BY_NAME[rules[0]].path if rules else "quota.tiers"
    return PLAN_INFEASIBLE(
        short=short,
        rules=named,
        counties=_shown(counties) or "本范围",
        rule=path,
        ways=ways,
        details=list(_details(pairs, found)),
    ).cited(*pairs.situation.rules.basis(path))


def _least(pairs: Pairs, arcs: Arcs) -> tuple[Remedy, bool]:
    """The fewest waivers, and whether they are proven the fewest; looked for where they are likely: first of those in
    want on empty places, then of those in want anywhere, then of everybody.

    Each waiver helps one cadre at most, so as many waivers as cadres are short are the fewest there can be. What would
    take minutes to look through is left out, and then nothing is said to be the least.
    """
    wanting = wants(arcs)
    short = sum(want.short for want in wanting)
    own = sorted({pairs.row_at[person] for want in wanting for person in want.rows})
    rows, columns = range(len(arcs.rows)), range(len(arcs.columns))
    found = remedy(arcs, _waivable(pairs, own, _empty(arcs)), seed=0)
    for looked, places in ((own, columns), (rows, columns)):
        if not found.stranded and len(found.waivers) == short:
            return found, True
        if len(looked) * len(places) > _MOST:
            return found, False
        found = remedy(arcs, _waivable(pairs, looked, places), seed=0)
    return found, True


def _empty(arcs: Arcs) -> list[int]:
    """The columns that a largest matching leaves empty."""
    ones, size = np.ones(len(arcs.cost), np.int8), (len(arcs.rows), len(arcs.columns))
    joined = csr_array((ones, (arcs.row_of, arcs.column_of)), shape=size)
    taken = maximum_bipartite_matching(joined, perm_type="column")
    return sorted(set(range(len(arcs.columns))) - set(taken.tolist()))


def _waivable(pairs: Pairs, rows: Iterable[int], columns: Sequence[int]) -> Iterator[Blocked]:
    """The pairs of ``rows`` and ``columns`` that a signature could bring back."""
    settings, situation = pairs.situation.settings, pairs.situation
    for row in rows:
        cadre = situation.cadres[row]
        for column in columns:
            place = situation.places[column]
            rule = pairs.blocked(row, column)
            if rule and settings.signatory(rule) is not None and cadre.kind == place.kind:
                if place.target in pairs.held or cadre.person in situation.locks:
                    continue  # the lock is in the way too, and a lock is taken off, not waived
                yield Blocked(cadre.person, place.target, settings.cost(pairs.measures(row, column)), (rule,))


def _rules(pairs: Pairs, found: Remedy) -> list[str]:
    """The rules that keep those in want from other places of their kind, most pairs first."""
    counts = np.zeros(len(NAMES), np.int64)
    for want in found.wants:
        others = np.ones(len(pairs.situation.places), np.bool_)
        others[[pairs.column_at[column] for column in want.columns]] = False
        for person in want.rows:
            cadre = pairs.situation.cadres[pairs.row_at[person]]
            breaks = pairs.reach(cadre).breaks[others]
            counts += np.bincount(breaks, minlength=len(NAMES))
    # What no rule forbids and is out of reach all the same is locked.
    counts[NAMES.index("locked_elsewhere")] += counts[0]
    counts[0] = counts[NAMES.index("kind_differs")] = 0
    return [NAMES[at] for at in np.argsort(-counts, kind="stable").tolist() if counts[at]]


def _counties(found: Remedy) -> list[str]:
    """The counties of the places that those in want share, and of those a waiver would open to them."""
    places = {column for want in found.wants for column in want.columns} | {w.column for w in found.waivers}
    return sorted({target[:6] for target in places})


def _shown(counties: list[str]) -> str:
    more = f" 等 {len(counties)} 个县（市、区）" if len(counties) > _NAMED else ""
    return "、".join(counties[:_NAMED]) + more


def _details(pairs: Pairs, found: Remedy) -> Iterator[dict[str, Any]]:
    for waiver in found.waivers[:_SHOWN]:
        for rule in waiver.rules:
            signer = pairs.situation.settings.signatory(rule)
            yield {
                "field": "waivers",
                "code": rule,
                "sentence": f"{waiver.row} → {waiver.column}",
                "accepted": called_post(signer.post) if signer else None,
            }
    for want in found.wants[:_SHOWN]:
        sentence = f"{len(want.rows)} 名人选只有 {len(want.columns)} 处可派，缺 {want.short} 处"
        yield {"field": "wants", "code": "short", "sentence": sentence, "accepted": "、".join(want.rows[:3])}
    for person in found.stranded[:_SHOWN]:
        yield {"field": "stranded", "code": "no_place", "sentence": f"{person} 无处可派", "accepted": None}
