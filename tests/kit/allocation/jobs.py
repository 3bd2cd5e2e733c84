"""Planning jobs at a desk with a worker: three units with a cadre each, three free villages."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kernel.config import Config
from kernel.jobs.store import JobStore
from kernel.jobs.worker import Worker
from kernel.messages import Actor
from kernel.opening import open_service
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import LN2018, PROVINCE, Year2018
from tests.kit.desk import Desk, organ
from tests.kit.personnel import said

HOME, NEAR, NEXT, FAR = "210727101201", "210727101202", "210727102201", "211302101201"
CHANNEL = organ("channel", units=("省直机关工委", "U1", "U2", "U3"))
ON = "2018-04-24"


class Office(Desk):
    """A desk with a worker of its own beside it."""

    def __init__(self, database: Any, keys: Path) -> None:
        super().__init__(SERVICE, database, keys)
        self.store = JobStore(database.url)
        config = Config(db=database.url, keys=keys)
        opened = open_service(SERVICE, config)
        self.worker = Worker(SERVICE, opened.log, opened.handler, self.store, threading.Event())
        self.jobs = 0

    def close(self) -> None:
        self.worker.log.close()
        self.store.close()
        super().close()

    def ask(self, kind: str, by: Actor = PROVINCE, on: str = ON, **data: Any) -> dict[str, Any]:
        """What the desk of jobs answers to a new job."""
        self.jobs += 1
        request = {"act": "start", "kind": kind, "key": f"job-{self.jobs}", "occurred_on": on, "data": data}
        answer = self.opened.door.jobs({**request, "actor": asdict(by)})
        job: dict[str, Any] = answer.get("job", answer)
        return job

    def job(self, kind: str, by: Actor = PROVINCE, **data: Any) -> dict[str, Any]:
        """A job that was worked, as it ended."""
        asked = self.ask(kind, by, **data)
        assert asked.get("state") == "queued", asked
        while self.worker.work_one():
            pass
        job: dict[str, Any] = self.shown(asked["id"], by)["job"]
        return job

    def shown(self, ident: str, by: Actor = PROVINCE) -> dict[str, Any]:
        """What the desk of jobs says of one."""
        return self.opened.door.jobs({"act": "show", "id": ident, "actor": asdict(by)})


def prepared(office: Office) -> None:
    divisions = [{"code": code, "name": code} for code in ("21", "2107", "2113")]
    codes = (HOME, NEAR, NEXT, FAR)
    own = sorted({code[:n] for code in codes for n in (6, 9, 12)})
    units = [{"root": "21", "divisions": divisions}]
    for county in sorted({code for code in own if len(code) == 6}):
        below = [{"code": code, "name": code} for code in own if code.startswith(county)]
        units.append({"root": county, "divisions": below})
    office.receipt(PROVINCE, "RegisterAreas", "2002-01-01", edition="2023-06", units=units)
    for unit, ties in (("U1", [HOME]), ("U2", [NEXT]), ("U3", [FAR])):
        office.receipt(CHANNEL, "RegisterUnit", ON, unit=unit, name=unit, channel="省直机关工委", level="province")
        office.receipt(CHANNEL, "RecordHelpTies", ON, unit=unit, helped=ties, contacts=[])
    targets = [{"target": code, "kind": "village", "weak": True} for code in (NEAR, NEXT, FAR)]
    Year2018(office).quotas()
    office.receipt(PROVINCE, "OpenTargets", ON, programme=LN2018, tier="province", synthetic=True, targets=targets)
    listed = [nominee(unit, f"p-{unit}") for unit in ("U1", "U2", "U3")]
    office.hear_all("personnel", "InitialCheckPassed", "2018-04-23", listed)


def nominee(unit: str, person: str) -> dict[str, Any]:
    return said.checked(unit, person)
