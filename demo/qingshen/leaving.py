"""2018 to 2020: the care of one reserve, a removal that is filed, a use with publicities in both villages."""

from __future__ import annotations

from demo.qingshen.world import COUNTY, PROGRAMME, QingshenWorld

_HELPER = {"helper": "h-1", "group": "乡镇领导班子成员", "about": {"name": "合成帮带", "post": "副书记"}}


def cared(world: QingshenWorld) -> None:
    """A helper, a year's plan, one session of five days; of a session of four nothing is met."""
    one = world.reserves[0]
    township, county = world.township(one.village[:9]), world.county(COUNTY)
    world.one(township, "AssignHelper", {"reserve": one.key, **_HELPER}, "2017-11-01")
    plan = {"programme": PROGRAMME, "county": COUNTY, "year": 2018, "sessions": ["2018-1"], "persons": 60}
    world.one(county, "FileTrainingPlan", {**plan, "funds_fen": 6_000_000}, "2018-01-05")
    course = {"reserve": one.key, "kind": "concentrated", "mode": "县委党校", "content": "政策理论"}
    world.one(county, "RecordReserveTraining", {**course, "days": 4}, "2018-05-07")
    world.one(county, "RecordReserveTraining", {**course, "days": 5, "session": "2018-1"}, "2018-06-04")


def removed(world: QingshenWorld) -> None:
    """The village proposes, the township approves, the county files; to remove before that is refused."""
    one = world.reserves[1]
    township, county = world.township(one.village[:9]), world.county(COUNTY)
    ground = {"reserve": one.key, "ground": "现实表现不好", "facts": "评议为差（合成）"}
    world.one(world.village(one.village), "ProposeReserveRemoval", ground, "2019-06-03")
    approved = {"reserve": one.key, "meeting": "党委会纪要（合成）"}
    world.one(township, "ApproveReserveRemoval", approved, "2019-06-04")
    over = {"reserve": one.key}
    world.refused("duty_out_of_order", township, "RemoveReserve", over, "2019-06-05")
    world.one(county, "FileReserveRemoval", {"reserve": one.key, "number": "备案（合成）"}, "2019-06-06")
    world.one(township, "RemoveReserve", over, "2019-06-10")


def used(world: QingshenWorld) -> None:
    """A reserve serves another village of the township: five working days in each, over the holiday of 2020."""
    one = world.reserves[2]
    target = next(v for v in world.villages if v[:9] == one.village[:9] and v != one.village)
    township, county = world.township(one.village[:9]), world.county(COUNTY)
    finding = {"programme": PROGRAMME, "village": target, "stage": "use", "scope": "township"}
    world.one(county, "OpenFallback", {**finding, "finding": "暂无合适人选"}, "2020-09-18")
    asked = {"reserve": one.key, "target": target, "post": "村党组织委员"}
    world.one(world.village(one.village), "ProposeReserveUse", asked, "2020-09-21")
    approved = {"reserve": one.key, "meeting": "党委会纪要（合成）"}
    world.one(township, "ApproveReserveUse", approved, "2020-09-22")
    world.one(county, "FileReserveUse", {"reserve": one.key, "number": "备案（合成）"}, "2020-09-23")
    opinion = {"reserve": one.key, "source": "民政", "position": "support"}
    world.one(county, "CollectReserveOpinion", opinion, "2020-09-24")
    for place in (one.village, target):
        world.refused("duty_out_of_order", township, "AppointReserve", {"reserve": one.key}, "2020-10-10")
        notice = {"reserve": one.key, "stage": "use_public", "place": place}
        world.one(township, "OpenPublicity", notice, "2020-09-25")
        world.one(township, "ClosePublicity", notice, "2020-10-10")
    world.one(township, "AppointReserve", {"reserve": one.key}, "2020-10-12")


def counted(world: QingshenWorld) -> None:
    """Three years after the notice every village that lacks a reserve is told."""
    data = {"programme": PROGRAMME, "as_of": "2020-10-13"}
    world.one(world.county(COUNTY), "CheckReserves", data, "2020-10-13", after=("personnel",))
