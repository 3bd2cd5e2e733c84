"""The stages of 2017 in their order: (key in the summary, title on the screen, function of the world)."""

from __future__ import annotations

from collections.abc import Callable

from demo.qingshen import leaving, pool
from demo.qingshen.world import QingshenWorld
from demo.stages import ending
from demo.subscribers import Subscribers
from deploy.local.system import System

Stage = Callable[[QingshenWorld, System, Subscribers], None]


def _alone(act: Callable[[QingshenWorld], None]) -> Stage:
    return lambda world, system, subscribers: act(world)


def _settle(world: QingshenWorld) -> None:
    world.expect(1)
    ending.settle(world)
    world.advance(1)


STAGES: tuple[tuple[str, str, Stage], ...] = (
    ("rules", "1 notice, profile, divisions 通知", _alone(pool.rules)),
    ("recommended", "2 announced, recommended 三推", _alone(pool.recommended)),
    ("selected", "3 checked, evaluated 两选", _alone(pool.selected)),
    ("determined", "4 publicity, determined 公示、研究", _alone(pool.determined)),
    ("active", "5 publicity, active 列入名册", _alone(pool.active)),
    ("cared", "6 helper, training 培育", _alone(leaving.cared)),
    ("removed", "7 a removal filed 动态管理", _alone(leaving.removed)),
    ("used", "8 a use, two publicities 择优使用", _alone(leaving.used)),
    ("counted", "9 after three years 储备人数", _alone(leaving.counted)),
    ("settle", "10 all services level 收齐", _alone(_settle)),
    ("replay", "11 replay 重放核对", ending.replay),
)
