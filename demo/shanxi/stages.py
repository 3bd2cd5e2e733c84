"""The stages of 2015 in their order: (key in the summary, title on the screen, function of the world)."""

from __future__ import annotations

from collections.abc import Callable

from demo.shanxi import early, ledger, nomination, posts
from demo.shanxi.world import ShanxiWorld
from demo.stages import ending
from demo.subscribers import Subscribers
from deploy.local.system import System

Stage = Callable[[ShanxiWorld, System, Subscribers], None]


def _alone(act: Callable[[ShanxiWorld], None]) -> Stage:
    return lambda world, system, subscribers: act(world)


def _settle(world: ShanxiWorld) -> None:
    world.expect(1)
    ending.settle(world)
    world.advance(1)


STAGES: tuple[tuple[str, str, Stage], ...] = (
    ("rules", "1 notice, profile, villages 通知与村", _alone(nomination.rules)),
    ("table", "2 table of places, units 名额", _alone(nomination.table)),
    ("applications", "3 applications 个人报名", _alone(nomination.applications)),
    ("checks", "4 gates and conditions 资格审查", _alone(nomination.checks)),
    ("route", "5 recommended, approved, filed 推荐备案", _alone(nomination.route)),
    ("villages", "6 villages by the counties 分配到村", _alone(posts.villages)),
    ("posts", "7 appointed, on post 履岗任职", _alone(posts.take_up)),
    ("ledger", "8 rows by the counties 填报台账", _alone(ledger.written)),
    ("filed", "9 signed, sealed, filed 台账报送", _alone(ledger.filed)),
    ("sanction", "10 criticism, consequence 调整", _alone(early.sanction)),
    ("withdrawal", "11 withdrawn for illness 退出", _alone(early.withdrawal)),
    ("ends", "12 an extension, the ends of terms 期满", _alone(posts.ends)),
    ("settle", "13 all services level 收齐", _alone(_settle)),
    ("replay", "14 replay 重放核对", ending.replay),
)
