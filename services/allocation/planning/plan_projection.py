"""Read models of plans: their heads, who was planned where, what was left, and the terms and needs plans rest on."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.planning.plan_needs import TargetNeedsRecorded
from services.allocation.planning.plan_record import PlacementPlanned, PlacementPlanPart
from services.allocation.planning.plan_terms import PlacementLocked, PlacementUnlocked, RuleWaived

PLANS = Table(
    "placement_plans",
    {"plan": "text"},
    {
        "programme": "text",
        "tier": "text",
        "area": "text",
        "number": "int",
        "position": "int",
        "recorded": "int",
        "input": "text",
        "seed": "int",
        "solver": "text",
        "cadres": "int",
        "unplaced": "int",
        "vacant": "int",
        "total": "int",
        "moves": "int",
        "replaces": "text",
        "head": "json",
        "parts": "int",
        "planned_on": "date",
    },
    indexes=(("programme", "tier", "area", "number"),),
)
PLAN_ROWS = Table(
    "plan_rows",
    {"plan": "text", "person": "text"},
    {
        "programme": "text",
        "recorded": "int",
        "target": "text",
        "nomination": "text",
        "unit": "text",
        "channel": "text",
        "kind": "text",
        "nearness": "int",
        "need_match": "int",
        "first_batch": "int",
        "level_emphasis": "int",
        "tie": "text",
        "reason": "text",
        "u": "int",
        "v": "int",
        "locked": "bool",
        "waived": "json",
        "next_target": "text",
        "priced": "bool",
        "price": "int",
        "displaces": "json",
    },
    indexes=(("programme", "person", "recorded"), ("programme", "target", "recorded"), ("plan", "target")),
)
PLAN_LEFT = Table(
    "plan_left",
    {"plan": "text", "person": "text", "target": "text"},
    {"programme": "text", "unit": "text", "kind": "text", "rule": "text", "price": "int"},
)
LOCKS = Table(
    "placement_locks",
    {"programme": "text", "person": "text"},
    {"target": "text", "unit": "text", "reason": "text", "organ": "text", "locked_on": "date"},
)
WAIVERS = Table(
    "rule_waivers",
    {"programme": "text", "rule": "text", "person": "text", "target": "text"},
    {"reason": "text", "signer": "text", "post": "text", "organ": "text", "signed_on": "date"},
)
TARGET_NEEDS = Table(
    "target_needs",
    {"programme": "text", "target": "text"},
    {"needs": "json", "first_batch": "int", "entered_on": "date"},
)
TABLES = (PLANS, PLAN_ROWS, PLAN_LEFT, LOCKS, WAIVERS, TARGET_NEEDS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case PlacementPlanned() as e:
            head = e.head
            yield PLANS.put(
                head.plan,
                programme=head.programme,
                tier=head.tier,
                area=head.area or "",
                number=head.number,
                position=head.position,
                recorded=recorded.position,
                input=head.input,
                seed=head.seed,
                solver=head.solver,
                cadres=head.rows,
                unplaced=head.left,
                vacant=head.vacant,
                total=head.total,
                moves=head.moves,
                replaces=head.replaces,
                head=plain(head),
                parts=e.parts,
                planned_on=on,
            )
        case PlacementPlanPart() as e:
            yield from _part(e, recorded)
        case PlacementLocked() as e:
            lock = {"target": e.target, "unit": e.unit, "reason": e.reason, "organ": recorded.actor["organ"]}
            yield LOCKS.put(e.programme, e.person, **lock, locked_on=on)
        case PlacementUnlocked() as e:
            yield LOCKS.drop(e.programme, e.person)
        case RuleWaived() as e:
            signed = {"signer": e.signer, "post": e.post, "organ": e.organ, "signed_on": on}
            yield WAIVERS.put(e.programme, e.waived, e.person, e.target, reason=e.reason, **signed)
        case TargetNeedsRecorded() as e:
            for need in e.targets:
                yield TARGET_NEEDS.put(
                    e.programme,
                    need.target,
                    needs=list(need.needs),
                    first_batch=need.first_batch,
                    entered_on=on,
                )


def _part(e: PlacementPlanPart, recorded: Recorded) -> Iterable[Op]:
    programme = e.plan.split(".", 1)[0]
    for row in e.rows:
        yield PLAN_ROWS.put(
            e.plan,
            row.person,
            programme=programme,
            recorded=recorded.position,
            target=row.target,
            nomination=row.nomination,
            unit=row.unit,
            channel=row.channel,
            kind=row.kind,
            **row.measures(),
            tie=row.tie,
            reason=row.reason,
            u=row.u,
            v=row.v,
            locked=row.locked,
            waived=list(row.waived),
            next_target=row.next_target,
            priced=row.price is not None,
            price=row.price or 0,
            displaces=list(row.displaces),
        )
    for left in e.left:
        yield PLAN_LEFT.put(
            e.plan,
            left.person,
            left.target,
            programme=programme,
            unit=left.unit,
            kind=left.kind,
            rule=left.rule,
            price=left.price,
        )
