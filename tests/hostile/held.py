"""What held before and must go on holding, counted again on the running system."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from cli.office import Office, token
from deploy import ROOT
from deploy.local.system import System, running
from kernel.auth import Issuer
from kernel.switchboard import Switchboard
from services import SERVICES
from tests.faults.report import Screen
from tests.hostile import doors, probes, statements
from tests.hostile.ground import DAY, Ground
from tests.hostile.known import Known
from tests.hostile.report import Held
from tests.kit.canaries import canaries, found_in, spelled
from tests.kit.samples import sample

STRANGERS: Final = 10_000
DOORS: Final = 10_000
CURSORS: Final = 60_000
COMMANDS: Final = 24_000
UNHINDERED: Final = {"PAIZHU_RATES": "commands=100000/100000,reads=100000/100000,disclosures=100000/100000"}
PROVINCE: Final = Office("p-province", "干部处", "中共辽宁省委组织部", "province_org", ("21",))
EXAMPLES: Final = 300
"""Of each of some two hundred operations, beside those that cover what their descriptions say."""


def counted(
    ground: Ground,
    services: Switchboard,
    stands: Known,
    screen: Screen,
    wanted: Collection[str],
    seed: int,
    share: float,
) -> Iterator[Held]:
    """What is asked of the running system; ``share`` of the full counts."""
    queries = probes.described(services)
    kinds = {
        "probes": ("scope probes", "foreign", lambda: probes.strangers(stands, queries, seed, int(STRANGERS * share))),
        "cursors": (
            "tampered cursors and filters",
            "foreign rows",
            lambda: probes.neighbours(stands, queries, seed, int(CURSORS * share)),
        ),
        "commands": (
            "command probes",
            "server errors",
            lambda: probes.spoiled(_samples(), seed, int(COMMANDS * share)),
        ),
    }
    for name, (what, told, make) in kinds.items():
        if name in wanted:
            made = make()
            tally = probes.run(services, made, partial(shown, screen, what, len(made)))
            yield Held(what, tally.asked, tally.wrong, told, dict(tally.answers))
    if "doors" in wanted:
        tally = doors.run(ground, stands, queries, seed, int(DOORS * share))
        yield Held("probes at the front door", tally.asked, tally.wrong, "foreign", dict(tally.answers))
    if "statements" in wanted:
        screen.say("statements as every database role")
        refused, let = statements.attempts(ground.system)
        told = f"did harm, as {len(refused)} roles"
        yield Held("statements as database roles", refused.total() + len(let), let, told, dict(refused))


def shown(screen: Screen, what: str, of: int, done: int) -> None:
    """How far a count is."""
    screen.progress(what, done, of, {})


def _samples() -> list[tuple[str, str, Mapping[str, Any]]]:
    found: list[tuple[str, str, Mapping[str, Any]]] = []
    for service in SERVICES:
        wired = importlib.import_module(f"services.{service}.wiring").SERVICE
        found += [(service, name, sample(handles.command)) for name, handles in sorted(wired.commands.items())]
    return found


def described(folder: Path, examples: int) -> Held:
    """Cases that schemathesis makes of the API's description, as an officer with every right of the province.

    The system of ``folder`` is started again with rates that no office has, or they would be what is tested.
    """
    with running(folder, told=UNHINDERED) as system:
        return _made(system, token(Issuer(system.keys), PROVINCE, DAY), examples)


def _made(system: System, bearer: str, examples: int) -> Held:
    argv = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{system.gateway_url}/api/openapi.json",
        "--checks", "not_a_server_error", "--max-examples", str(examples), "--phases", "fuzzing,coverage",
        "--header", f"Authorization: Bearer {bearer}",
        "--header", "Idempotency-Key: hostile", "--seed", "1", "--no-color", "--workers", "2",
        "--exclude-path-regex", "rosters", "--continue-on-failure",  # a workbook is no JSON: attacks.py sends those
    ]  # fmt: skip
    done = subprocess.run(argv, cwd=ROOT / "var", capture_output=True, text=True, check=False)
    cases = re.search(r"Test cases:\D*([\d,]+) generated", done.stdout)
    wrong = [line.strip() for line in done.stdout.splitlines() if re.search(r"Server error|status code: 5\d\d", line)]
    tried = int(cases[1].replace(",", "")) if cases else 0
    return Held("cases of the API's own description", tried, wrong, "server errors")


def files(folder: Path) -> Held:
    """Whether anything unmistakable of any person stands in any file of the system, its keys aside."""
    found = found_in(folder, spelled(canaries()))
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    wrong = [f"{Path(file).relative_to(folder)}: {len(words)} of them" for file, words in found.items()]
    return Held("personal data in files", count, wrong, "files with it")
