"""Why there is no plan: which rules, in which counties, how many waivers at least, and who may sign them.

Invariant: a refusal applies nothing; it names figures, so that whoever may sign knows what would be enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kernel.messages import Rejected
from services.allocation.assignment.arcs import Arcs
from services.allocation.assignment.waivers import Blocked, Remedy, remedy, wants
from services.allocation.plan_arcs import Pairs
from services.allocation.plan_rules import BY_NAME

_SHOWN: Final = 100


def refusal(pairs: Pairs, arcs: Arcs) -> Rejected:
    """The refusal of a situation in which not everybody who must be placed can be.

    ``details`` lists each waiver of a least set (field ``waivers``), each group in want (``wants``) and each cadre whom
    no waiver helps (``stranded``).
    """
    found = _least(pairs, arcs)
    rules = _rules(pairs, found)
    counties = sorted({county for want in found.wants for county in _counties(pairs, want.rows)})
    signatory = pairs.situation.settings.signatory
    signed = [s for waiver in found.waivers for rule in waiver.rules if (s := signatory(rule))]
    signers = sorted({f"{one.role} {one.post}" for one in signed})
    named = "、".join(f"{BY_NAME[rule].sentence}（{rule}）" for rule in rules) or "派驻点不足"
    short = sum(want.short for want in found.wants)
    sentence = f"有 {short} 名人选无处可派：{named}；涉及 {'、'.join(counties) or '本范围'}。"
    if found.stranded:
        accepted = f"即使全部豁免仍有 {len(found.stranded)} 名人选无处可派；可编制部分方案（partial）或增设派驻点"
    else:
        accepted = f"至少 {len(found.waivers)} 项豁免，由 {'、'.join(signers)} 签署；或编制部分方案（partial）"
    path = BY_NAME[rules[0]].path if rules else "quota.tiers"
    notice, clause = pairs.situation.rules.basis(path)
    return Rejected(
        "plan_infeasible",
        sentence,
        rule=path,
        notice=notice,
        clause=clause,
        field="placements",
        accepted=accepted,
        details=list(_details(pairs, found)),
    )


def _least(pairs: Pairs, arcs: Arcs) -> Remedy:
    """The fewest waivers, looked for among those in want first.

    Each waiver helps one cadre at most, so where as many waivers do as cadres are short, fewer cannot; only where those
    in want cannot be helped so cheaply by pairs of their own is everybody's looked at.
    """
    wanting = wants(arcs)
    own = {pairs.row_at[person] for want in wanting for person in want.rows}
    found = remedy(arcs, _waivable(pairs, own), seed=0)
    if found.stranded or len(found.waivers) > sum(want.short for want in wanting):
        found = remedy(arcs, _waivable(pairs, range(len(pairs.situation.cadres))), seed=0)
    return found


def _waivable(pairs: Pairs, rows: Iterable[int]) -> Iterator[Blocked]:
    """The pairs of ``rows`` that a signature could bring back."""
    settings, situation = pairs.situation.settings, pairs.situation
    for row in rows:
        cadre = situation.cadres[row]
        for column, place in enumerate(situation.places):
            rule = pairs.blocked(row, column)
            if rule and settings.signatory(rule) is not None and cadre.kind == place.kind:
                if place.target in pairs.held or cadre.person in situation.locks:
                    continue  # the lock is in the way too, and a lock is taken off, not waived
                yield Blocked(cadre.person, place.target, settings.cost(pairs.measures(row, column)), (rule,))


def _rules(pairs: Pairs, found: Remedy) -> list[str]:
    """The rules that keep those in want from other places, most pairs first."""
    counts: Counter[str] = Counter()
    for want in found.wants:
        reach = {pairs.column_at[column] for column in want.columns}
        for person in want.rows:
            row = pairs.row_at[person]
            own = pairs.situation.cadres[row].kind
            for column, place in enumerate(pairs.situation.places):
                if column not in reach and place.kind == own:
                    counts[pairs.blocked(row, column)] += 1
    counts.pop("", None)
    return [rule for rule, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _counties(pairs: Pairs, persons: tuple[str, ...]) -> set[str]:
    """Counties of the places that a rule keeps these persons from."""
    found = set()
    for person in persons:
        row = pairs.row_at[person]
        for column, place in enumerate(pairs.situation.places):
            if pairs.blocked(row, column) not in ("", "kind_differs"):
                found.add(place.target[:6])
    return found


def _details(pairs: Pairs, found: Remedy) -> Iterator[dict[str, Any]]:
    for waiver in found.waivers[:_SHOWN]:
        for rule in waiver.rules:
            signer = pairs.situation.settings.signatory(rule)
            yield {
                "field": "waivers",
                "code": rule,
                "sentence": f"{waiver.row} → {waiver.column}",
                "accepted": f"{signer.role} {signer.post}" if signer else None,
            }
    for want in found.wants[:_SHOWN]:
        sentence = f"{len(want.rows)} 名人选只有 {len(want.columns)} 处可派，缺 {want.short} 处"
        yield {"field": "wants", "code": "short", "sentence": sentence, "accepted": "、".join(want.rows[:3])}
    for person in found.stranded[:_SHOWN]:
        yield {"field": "stranded", "code": "no_place", "sentence": f"{person} 无处可派", "accepted": None}
