"""Steps 16 to 19: June 2018 registered, compiled, signed, sealed; a leave, an unsealed month, a correction."""

from __future__ import annotations

from typing import Any

from cli.office import Office
from demo.stages import planted
from demo.stages.placement import postings
from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System

MONTH = planted.MONTH


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """The month of every cadre, and what the auditor will look at later: the log's position before the correction."""
    posts = {p["target"]: p for p in postings(world)}
    leave(world, posts[planted.ON_LEAVE])
    world.each(lambda post: register(world, *post), posts.items())
    subscribers.kill("2113")  # half-way: it comes back when the month is sealed
    world.each(lambda post: compile_month(world, *post), posts.items())
    world.each(lambda post: sign(world, *post, "2018-07-03"), posts.items())
    sealed = [t for t in posts if t not in planted.PLANTED or planted.PLANTED[t].sealed]
    world.each(lambda target: seal(world, target, posts[target], "2018-07-04"), sealed)
    world.notes["position before the correction"] = world.gateway.seen["attendance"]
    subscribers.start("2113")
    correct(world, planted.CORRECTED, posts[planted.CORRECTED])


def registrar(world: World, target: str) -> Office:
    """Who keeps the register: the village's party organisation or the township committee."""
    return world.township(target) if len(target) == 9 else world.village(target)


def leave(world: World, posting: dict[str, Any]) -> None:
    """The cadre asks on 11 June, the township committee approves."""
    target = posting["target"]
    cadre = Office(posting["person"], "选派干部", "选派干部", "cadre")
    first, last = planted.LEAVE[0].isoformat(), planted.LEAVE[-1].isoformat()
    data = {"posting": posting["posting"], "kind": "事", "first": first, "last": last}
    world.one(cadre, "RequestLeave", data, "2018-06-11", after=("personnel",))
    (asked,) = world.gateway.query(world.township(target[:9]), "attendance", "leaves", posting=posting["posting"])
    approved = {"posting": posting["posting"], "leave": asked["leave"]}
    world.one(world.township(target[:9]), "ApproveLeave", approved, "2018-06-11")


def register(world: World, target: str, posting: dict[str, Any]) -> None:
    """All days of the month in one command."""
    days = [day.isoformat() for day in planted.days_of(target)]
    data = {"posting": posting["posting"], "month": MONTH, "days": days}
    world.gateway.command(registrar(world, target), "RegisterDays", data, "2018-06-30", after=("personnel",))


def compile_month(world: World, target: str, posting: dict[str, Any]) -> None:
    """The registrar compiles the statement."""
    data = {"posting": posting["posting"], "month": MONTH}
    world.gateway.command(registrar(world, target), "CompileMonth", data, "2018-07-02")


def sign(world: World, target: str, posting: dict[str, Any], on: str) -> None:
    """The township's party secretary signs."""
    data = {"posting": posting["posting"], "month": MONTH}
    world.gateway.command(world.secretary(target[:9]), "SignMonth", data, on)


def seal(world: World, target: str, posting: dict[str, Any], on: str) -> None:
    """The township committee seals."""
    data = {"posting": posting["posting"], "month": MONTH}
    world.gateway.command(world.township(target[:9]), "SealMonth", data, on)


def correct(world: World, target: str, posting: dict[str, Any]) -> None:
    """A day was forgotten: corrected, signed and sealed anew on 16 July."""
    on = "2018-07-16"
    reason = "漏登 6 月 29 日，经核实在岗（合成）"
    data = {"posting": posting["posting"], "month": MONTH, "reason": reason, "add": [planted.FRIDAY.isoformat()]}
    world.one(registrar(world, target), "CorrectMonth", data, on)
    world.each(lambda post: sign(world, target, post, on), [posting])
    world.each(lambda post: seal(world, target, post, on), [posting])
