"""Personnel opened on a database of the test module's own, as its process and its reactor would reach it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.config import Config
from kernel.messages import Actor, Recorded
from kernel.opening import Opened, open_service
from kernel.service import Received
from programmes import loader
from services.personnel.wiring import SERVICE
from tests import personnel_cast as cast
from tests.conftest import LogDatabase, run

MIGRATION = Path(__file__).parents[3] / "services/personnel/migrations/0001_vault.sql"


class Office:
    """The service as the gateway and the reactor reach it."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.positions = {"allocation": 0, "evaluation": 0}
        self.count = 0

    def command(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The receipt, or the problem where the command was refused."""
        self.count += 1
        request = {"command": name, "id": f"c-{self.count}", "occurred_on": on, "data": data, "actor": plain(by)}
        answer = self.opened.door.execute(request)
        return dict(answer.get("receipt") or answer["problem"])

    def query(self, by: Actor, name: str, /, **params: str) -> list[dict[str, Any]]:
        """The items of a question, or the problem as the only item."""
        answer = self.opened.door.query({"query": name, "params": params, "actor": plain(by), "limit": 1000})
        return list(answer["items"]) if "items" in answer else [answer["problem"]]

    def hear(self, source: str, kind: str, on: str, /, **data: Any) -> None:
        """An event of another service arrives."""
        self.positions[source] += 1
        recorded = Recorded(
            self.positions[source], "s", 1, kind, 1, date.fromisoformat(on), 1, {}, (), None, None, None, None,
            "k", "", "c", data,
        )  # fmt: skip
        self.opened.handler.react([Received(source, recorded)])


def plain(by: Actor) -> dict[str, Any]:
    return {
        "person": by.person, "post": by.post, "organ": by.organ, "role": by.role, "areas": by.areas, "units": by.units
    }  # fmt: skip


@pytest.fixture(scope="module")
def office(log_database: LogDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    run(log_database.owner_url, MIGRATION.read_text(encoding="utf-8").replace("{app}", log_database.app))
    config = Config(db=log_database.url, keys=tmp_path_factory.mktemp("keys"))
    opened = open_service(SERVICE, config)
    made = Office(opened)
    for name in ("LN2018", "JZ", "LN2002"):
        made.hear("allocation", "ProfilePublished", "2018-04-16", **loader.load(name).published())
    made.hear(
        "allocation", "UnitRegistered", "2018-04-17", unit="U01", name="某厅", channel=cast.CHANNEL, level="province"
    )
    made.hear(
        "allocation", "UnitQuotaSet", "2018-04-17", programme="LN2018", unit="U01", channel=cast.CHANNEL, townships=1,
        villages=2, basis="synthetic",
    )  # fmt: skip
    yield made
    opened.log.close()
