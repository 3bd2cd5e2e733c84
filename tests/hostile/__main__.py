"""`make hostile`: a hostile day on a system of its own. Ends with 1 where somebody without right got anywhere."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from deploy import ROOT
from deploy.local import servers
from kernel.switchboard import Switchboard
from tests.faults.report import Screen
from tests.hostile import held
from tests.hostile.attacks import SECONDS, Attack, attacks, bystander
from tests.hostile.bystander import watching
from tests.hostile.crowd import attacking
from tests.hostile.ground import Ground, laid
from tests.hostile.known import known
from tests.hostile.report import Endured, Held, endured_table, held_table, plain
from tests.hostile.superuser import CHANGES, changed

PARTS = ("attacks", "probes", "doors", "cursors", "commands", "described", "statements", "files", "changes")


@click.command("hostile")
@click.option("--seed", type=int, default=20261122, show_default=True, help="The same seed, the same probes.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Only this part (repeatable).")
@click.option("--point", multiple=True, help="Of the attacks only those of this point (repeatable).")
@click.option("--seconds", type=float, default=SECONDS, show_default=True, help="How long each attack lasts.")
@click.option("--share", type=click.FloatRange(0.0, 1.0), default=1.0, show_default=True, help="Of the full counts.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write everything there as JSON.")
@click.option("--keep", is_flag=True, help="Keep the data directory of a run that passed, too.")
def main(
    seed: int,
    only: tuple[str, ...],
    point: tuple[str, ...],
    seconds: float,
    share: float,
    path: Path | None,
    keep: bool,
) -> None:
    """Attack a running system from all sides, and count who else was served, who learnt what, and what was named."""
    console = Console() if sys.stdout.isatty() else Console(width=160)
    wanted, begun = only or PARTS, time.monotonic()
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="hostile-", dir=ROOT / "var"))
    endured: list[Endured] = []
    kept: list[Held] = []
    console.print(f"seed {seed}")
    with Screen(console) as screen:
        screen.begin("hostile")
        with laid(folder, screen) as ground:
            if "attacks" in wanted:
                chosen = [one for one in attacks(ground, seconds) if not point or one.point in point]
                endured += _endured(ground, screen, chosen, seconds)
            with closing(Switchboard(ground.system.amqp_url, name="hostile")) as services:
                stands = known(ground, services)
                for row in held.counted(ground, services, stands, screen, wanted, seed, share):
                    kept.append(row)
        if "described" in wanted:
            screen.say("the API's own description")
            kept.append(held.described(folder, int(held.EXAMPLES * share) or 1))
        if "files" in wanted:
            screen.say("look for persons in files")
            kept.append(held.files(folder))
        if "changes" in wanted:
            kept.append(_changed(folder, screen, seed, int(CHANGES * share) or 1))
    if endured:
        console.print(endured_table(endured))
    if kept:
        console.print(held_table(kept))
    for row in kept:
        for line in row.wrong[:20]:
            console.print(f"{row.what}: {line}", highlight=False, markup=False)
    if path is not None:
        path.write_text(json.dumps(plain(endured, kept), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    failed = any(row.failed for row in (*endured, *kept))
    if failed or keep:
        console.print(f"kept in {folder.relative_to(ROOT)}")
    else:
        shutil.rmtree(folder)
    console.print(f"seed {seed}, {time.monotonic() - begun:.0f} s")
    sys.exit(1 if failed else 0)


def _changed(folder: Path, screen: Screen, seed: int, count: int) -> Held:
    """What a superuser changes, on a server and databases beside the system's."""
    beside = folder / "beside"
    with servers.own_postgres(beside) as server:
        told = partial(held.shown, screen, "changes by a superuser", count)
        return changed(server.url, beside / "keys", seed, count, told)


def _endured(ground: Ground, screen: Screen, chosen: Sequence[Attack], seconds: float) -> Iterator[Endured]:
    """The bystander alone first, then under each attack."""
    bearer, asked = ground.bearer(ground.world.province()), bystander(ground)
    screen.say("the bystander alone")
    with watching(ground.system.gateway_url, bearer, asked) as alone:
        time.sleep(seconds)
    yield Endured("", "nobody", {}, alone.answers, alone.unserved, alone.at(0.5), alone.at(0.99), alone.at(1))
    for attack in chosen:
        screen.say(attack.title)
        before = ground.restarts()
        with watching(ground.system.gateway_url, bearer, asked) as seen, attacking(attack.act, *attack.given) as found:
            pass  # it ends by itself
        ground.system.wait_ready()
        again = [name for name, count in ground.restarts().items() if count > before.get(name, 0)]
        times = (seen.at(0.5), seen.at(0.99), seen.at(1), seen.slowest)
        yield Endured(attack.point, attack.title, dict(found), seen.answers, seen.unserved, *times, again)


if __name__ == "__main__":
    main()
