"""The stages of the main job in their order: (key in the summary, title on the screen, function of the world)."""

from __future__ import annotations

from collections.abc import Callable

from demo.stages import attendance, ending, placement, quotas, recall, roster, rules, swap
from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System

Stage = Callable[[World, System, Subscribers], None]

STAGES: tuple[tuple[str, str, Stage], ...] = (
    ("rules", "1 notices, profiles, areas 通知与区划", rules.play),
    ("quotas", "2 plan, quotas, targets 名额分配", quotas.play),
    ("roster", "3 roster and checks 推荐与初审", roster.play),
    ("placement", "4 placement, hand-over 分配与到岗", placement.play),
    ("attendance", "5 attendance of June 考勤", attendance.play),
    ("recall", "6 recall, replacement 召回调换", recall.play),
    ("swap", "7 swap of 2002 对口互派", swap.play),
    ("subscribers", "8 city subscribers 城市订阅", ending.subscribers),
    ("replay", "9 replay 重放核对", ending.replay),
)
