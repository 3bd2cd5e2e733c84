"""Steps 20 to 26: ideas, the trigger of one year, interview, recall, and the same unit's successor on post."""

from __future__ import annotations

from typing import Any

from demo.stages import planted
from demo.stages.placement import PROGRAMME, feed_back, hand_over, postings, propose, solve
from demo.stages.roster import nominate
from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System

COUNTY = planted.WITHOUT_IDEA[:6]


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """One village first secretary without an idea after a year is recalled and replaced."""
    posts = {p["target"]: p for p in postings(world)}
    ideas(world, posts)
    raised = {"as_of": "2019-05-02"}
    world.one(world.system(), "RaiseDueTriggers", raised, "2019-05-02", after=("personnel",))
    case = triggered(world)
    posting = posts[planted.WITHOUT_IDEA]
    county = world.county(COUNTY)
    recall = {"posting": posting["posting"], "case": case["case"]}
    world.refused("interview_missing", county, "RecallCadre", recall, "2019-05-03", after=("evaluation",))
    interview = {"posting": posting["posting"], "case": case["case"], "note": "约谈记录（合成）"}
    world.one(county, "HoldInterview", interview, "2019-05-06")
    world.one(county, "RecallCadre", recall, "2019-05-13", after=("evaluation",))
    world.one(world.unit(unit_of(world, posting)), "RecordReturn", {"posting": posting["posting"]}, "2019-05-14")
    world.notes["on post between"] = on_post(world, "2019-05-20")
    replace(world, posting)
    record = {"posting": posting["posting"], "case": case["case"], "document": "召回调换记录（合成）"}
    world.one(county, "FileRecallRecord", record, "2019-06-04", after=("personnel",))


def unit_of(world: World, posting: dict[str, Any]) -> Any:
    """The sending unit of a posting."""
    return next(u for u in world.units if u.id == posting["unit"])


def ideas(world: World, posts: dict[str, dict[str, Any]]) -> None:
    """County departments of 2107 accept ideas: one too few, and one on the last day in time."""
    villages = [p for t, p in posts.items() if t.startswith("2107") and len(t) == 12 and t != planted.WITHOUT_IDEA]

    def accept(posting: dict[str, Any], on: str) -> None:
        data = {"posting": posting["posting"], "title": "发展思路（合成）"}
        office = world.county(posting["target"][:6])
        world.gateway.command(office, "AcceptIdea", data, on, after=("personnel", "allocation"))

    early = [p for p in villages if p["target"] != planted.LAST_DAY_IDEA]
    world.each(lambda posting: accept(posting, "2018-10-15"), early)
    world.each(lambda posting: accept(posting, "2019-05-01"), [posts[planted.LAST_DAY_IDEA]])


def triggered(world: World) -> dict[str, Any]:
    """The only case that was raised."""
    cases = world.gateway.query(world.county(COUNTY), "evaluation", "cases")
    (case,) = [c for c in cases if c["target"] == planted.WITHOUT_IDEA]
    return dict(case)


def on_post(world: World, on: str) -> int:
    """How many places are filled, from the coverage of the provincial tier."""
    rows = world.gateway.query(world.province(), "allocation", "coverage", after=("personnel",), programme=PROGRAMME)
    return sum(row["on_post"] for row in rows)


def replace(world: World, posting: dict[str, Any]) -> None:
    """The same unit nominates; check, placement, review, confirmation, ledger, hand-over."""
    unit = unit_of(world, posting)
    nominate(world, unit, "village", "2019-05-15", checked_on="2019-05-16")
    plan = solve(world)
    propose(world, plan, "2019-05-17")
    review = {"programme": PROGRAMME, "channel": unit.channel}
    world.one(world.province(), "OpenReview", review, "2019-05-17")
    confirm = {"programme": PROGRAMME, "targets": [planted.WITHOUT_IDEA]}
    world.one(world.province(), "ConfirmPlacements", confirm, "2019-05-20")
    feed_back(world, [planted.WITHOUT_IDEA[:4]], "2019-05-20")
    every = postings(world, after=("allocation",))
    successor = [p for p in every if p["target"] == planted.WITHOUT_IDEA and p["posting"] != posting["posting"]]
    hand_over(world, successor, "2019-06-03", "2019-06-03")
