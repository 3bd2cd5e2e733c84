"""Fault 4: handlers fail for a minute. One fails by its event's fault, two because a server is not as it should be.

What fails by itself is parked with its reason and replayed by the operator, twice, with one effect; what waits goes
on by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from tests.faults import evidence
from tests.faults.evidence import paizhu
from tests.faults.report import Screen, Verdict
from tests.faults.stage import Stage

COMMANDS = 1_800
RATE = 25.0
FAILING = 60.0
"""Seconds."""

# (database, what breaks it, what mends it). The check makes every row a fault of the data: the event is parked. A
# grant that is gone is no fault of an event: the follower stands and waits.
_CHECK = (
    "attendance",
    "alter table read.office_holders add constraint failing check (false) not valid",
    "alter table read.office_holders drop constraint failing",
)
_GRANTS = (
    ("personnel", "revoke insert, update on read.units from {app}", "grant insert, update on read.units to {app}"),
    ("gateway", "revoke insert on feed.items from {app}", "grant insert on feed.items to {app}"),
)


def run(folder: Path, seed: int, screen: Screen) -> Verdict:
    """Break the three for FAILING seconds under load, mend them, replay what was parked twice."""
    with Stage(folder, seed, screen) as stage:
        sender = stage.load(COMMANDS, RATE)
        stage.reach(sender, 100, "before")
        with _broken(stage):
            meanwhile = stage.go_on(sender, FAILING, "handlers fail")
            waiting = stage.behind()
        stage.answered(sender, 300.0)
        stage.rest()
        parked = evidence.parked(stage.folder)
        places = [f"{follower}/{ident}" for follower, idents in parked.items() for ident in idents]
        screen.say("replay what was parked, twice")
        first = _replay(stage, places)
        again = _replay(stage, places)
        rest = stage.rest()
        broken = []
        if not places:
            broken.append("nothing was parked")
        if not meanwhile:
            broken.append("no command was taken meanwhile")
        if first.count("as before") or again.count("as before") != len(places):
            broken.append("the second replay was not recognised")
        facts = {
            "failing": f"{FAILING:.0f} s: attendance by a check, personnel and feeds by a grant",
            "taken meanwhile": f"{meanwhile} commands; events waiting at the end of it: {waiting}",
            "parked and replayed": f"{len(places)}, then once more: {again.count('as before')} as before",
            "complete": f"{rest:.1f} s after the replays",
            "broken": broken,
        }
        return stage.verdict("handler", sender, facts)


def _replay(stage: Stage, places: list[str]) -> str:
    """What `paizhu bus replay` says."""
    if not places:
        return ""
    return paizhu("bus", "replay", *places, "--reason", "合成：表已修复", "--data", str(stage.folder)).stdout


@contextmanager
def _broken(stage: Stage) -> Iterator[None]:
    """The three are broken within the block."""

    def each(which: int) -> None:
        for fault in (_CHECK, *_GRANTS):
            database = f"paizhu_{fault[0]}"
            with closing(psycopg2.connect(evidence.superuser_url(stage.system, database))) as session:
                session.autocommit = True
                session.cursor().execute(fault[which].format(app=f"{database}_app"))

    each(1)
    try:
        yield
    finally:
        each(2)
