"""The stages of the whole batch in their order: (key in the summary, title on the screen, function of the world)."""

from __future__ import annotations

from collections.abc import Callable

from demo.stages import ending, rules
from demo.subscribers import Subscribers
from demo.whole import placement, quotas, roster
from demo.whole.world import WholeWorld
from deploy.local.system import System

Stage = Callable[[WholeWorld, System, Subscribers], None]


def _alone(act: Callable[[WholeWorld], None]) -> Stage:
    return lambda world, system, subscribers: act(world)


def _settle(world: WholeWorld) -> None:
    world.expect(1)
    ending.settle(world)
    world.advance(1)


STAGES: tuple[tuple[str, str, Stage], ...] = (
    ("rules", "1 notices, profiles, areas 通知与区划", rules.play),
    ("quotas", "2 plan, quotas, units 名额分配", _alone(quotas.play)),
    ("targets", "3 targets of three tiers 派驻点", _alone(quotas.targets)),
    ("roster", "4 rosters 推荐", lambda world, system, subscribers: roster.play(world, system)),
    ("checks", "5 checks 初审", _alone(roster.checks)),
    ("plans", "6 exact plans 分配方案", _alone(placement.plans)),
    ("derivation", "7 plans derived again 重算", _alone(placement.derive_again)),
    ("proposals", "8 proposals 提出", _alone(placement.propose)),
    ("confirmation", "9 review, confirmation 复核确定", _alone(placement.confirm)),
    ("ledgers", "10 ledgers to ten cities 反馈台账", _alone(placement.ledgers)),
    ("handover", "11 hand-over 到岗", _alone(placement.hand_over)),
    ("settle", "12 all services level 收齐", _alone(_settle)),
    ("replay", "13 replay 重放核对", ending.replay),
)
