"""A system of the suite's own: the supervisor of `paizhu up` as a process, with faults put between its parts.

Run as a program it is that supervisor: `python -m tests.faults.supervised DATA`, told by PAIZHU_FAULTS (JSON) which
faults: ``drop`` (a share of what relays publish, with ``seed``) and ``skew`` (a file that holds seconds to add to every
process's clock). Without any it is the ordinary system. Invariant: the processes are started as `paizhu up` starts
them, with their own programs; only addresses and the module search path differ.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from signal import SIGTERM
from typing import Any, Final

from deploy import ROOT, layout
from deploy.local import processes
from deploy.local.child import Child, Command
from deploy.local.supervisor import Supervisor
from deploy.local.system import System
from tests.kit.broker.proxy import Proxy

SKEW: Final = Path(__file__).parent / "skew"
DROPPED: Final = "dropped.ndjson"
_TOLD: Final = ("PATH", "HOME", "LANG", "TZ", "PAIZHU_LOG_LEVEL", "PAIZHU_CHECKPOINT_SECONDS", "PAIZHU_DAYS")


@contextmanager
def supervised(
    data: Path, faults: Mapping[str, Any], progress: Callable[[System], None] = lambda system: None
) -> Iterator[System]:
    """A system in ``data`` with these faults, ready; ended with the block. Raises StartFailed."""
    told = {name: os.environ[name] for name in _TOLD if name in os.environ}
    env = told | {"PYTHONPATH": str(ROOT), "PAIZHU_FAULTS": json.dumps(dict(faults))}
    argv = (sys.executable, "-m", "tests.faults.supervised", str(data))
    supervisor = Child(Command("supervisor", argv, env, ROOT, last_signal=SIGTERM, patience=90.0), data)
    try:
        system = System(data)
        system.wait_ready(progress=progress)
        yield system
    finally:
        supervisor.stop()


def _command(faults: Mapping[str, Any], data: Path) -> Callable[[layout.Part, Mapping[str, str]], Command]:
    proxies: list[Proxy] = []

    def command(part: layout.Part, given: Mapping[str, str]) -> Command:
        env = dict(given)
        if faults.get("drop") and part.arguments[0] in ("relay", "public-relay"):
            if not proxies:
                proxies.append(Proxy(env["PAIZHU_AMQP"], faults["drop"], faults["seed"], data / DROPPED))
            env["PAIZHU_AMQP"] = proxies[0].url
        if faults.get("skew"):
            env |= {"PYTHONPATH": f"{SKEW}{os.pathsep}{env['PYTHONPATH']}", "PAIZHU_SKEW": faults["skew"]}
        return processes.command(part, env)

    return command


def main() -> None:
    """Supervise until SIGTERM."""
    data = Path(sys.argv[1])
    supervisor = Supervisor(data, command=_command(json.loads(os.environ["PAIZHU_FAULTS"]), data))
    signal.signal(signal.SIGTERM, supervisor.stop)
    supervisor.run()


if __name__ == "__main__":
    main()
