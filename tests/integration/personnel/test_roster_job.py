"""A roster imported by a job: previewed, in whole or in part, once; every finding with its cell, no row in clear."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import orjson
import pytest

from gateway import roster
from gateway.roster_door import KIND
from gateway.roster_reading import packed
from kernel.jobs.store import JobStore
from kernel.jobs.worker import Worker
from kernel.messages import Actor
from kernel.testing import actor
from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.databases import rows_of, run
from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.told import told

ON = "2018-04-18"
FORM = roster.form("LN2018")
ROWS, BAD = 838, (17, 100, 400, 555, 837)
"""Rows of the sheet, and those of them in which a figure of the id number is wrong, by place."""


class Office:
    """Personnel with its worker."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.keys = desk, 0
        opened = desk.opened
        self.worker = Worker(SERVICE, opened.log, opened.handler, JobStore(desk.database.url), threading.Event())

    def start(self, rows: list[dict[str, Any]], accept: str, by: Actor = cast.CHANNEL_OFFICE) -> dict[str, Any]:
        """The answer to a job asked for."""
        self.keys += 1
        data = {"programme": "LN2018", "accept": accept, "first_row": 2, "synthetic": True, **packed(rows)}
        asked = {"act": "start", "kind": KIND, "key": f"k{self.keys}", "occurred_on": ON, "data": data}
        return dict(self.desk.opened.door.jobs({**asked, "actor": asdict(by)}))

    def done(self, rows: list[dict[str, Any]], accept: str) -> dict[str, Any]:
        """The job as it ended."""
        started = self.start(rows, accept)
        assert "job" in started, started
        ident = started["job"]["id"]
        assert self.worker.work_one()
        shown = {"act": "show", "id": ident, "actor": asdict(cast.CHANNEL_OFFICE)}
        return dict(self.desk.opened.door.jobs(shown)["job"])


@pytest.fixture
def office(open_desk: Callable[..., Desk]) -> Office:
    desk = told(open_desk)
    desk.hear_of("allocation", said.unit_quota(cast.UNIT, 1, ROWS))
    scheme: dict[str, Any] = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": [cast.UNIT]}
    desk.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    return Office(desk)


def sheet(bad: tuple[int, ...] = (), count: int = ROWS) -> list[dict[str, Any]]:
    """The rows as the gateway reads them of a workbook: all columns of the form, in its order."""
    made = []
    for number in range(count):
        row = cast.row(number)
        if number in bad:
            row["id_number"] = row["id_number"][:-1] + ("0" if row["id_number"][-1] != "0" else "1")
        made.append({column.key: row[column.key] for column in FORM.columns})
    return made


def test_five_bad_rows_of_838_are_named_by_cell_before_anything_is_entered(office: Office) -> None:
    before = office.desk.log.head()[0]
    previewed = office.done(sheet(BAD), "preview")
    assert (previewed["state"], previewed["done"], previewed["of"]) == ("done", ROWS, ROWS)
    result = previewed["result"]
    assert (result["rows"], result["entered"], result["refused_rows"], result["read"]) == (ROWS, 0, 5, ROWS)
    # The id numbers stand in the 28th column, and the first row of a sheet is its header.
    assert [row["row"] for row in result["refused"]] == [number + 2 for number in BAD]
    assert [[one["cell"] for one in row["errors"]] for row in result["refused"]] == [[f"AB{n + 2}"] for n in BAD]
    assert {one["code"] for row in result["refused"] for one in row["errors"]} == {"id_number_invalid"}
    assert all(one["sentence"] and one["accepted"] for row in result["refused"] for one in row["errors"])
    assert office.desk.log.head()[0] == before

    whole = office.done(sheet(BAD), "all")
    assert (whole["state"], whole["result"]) == ("refused", None)
    assert [one["cell"] for one in whole["problem"]["details"]] == [f"AB{n + 2}" for n in BAD]
    assert "838 行中 5 行不合格，全部未收" in whole["problem"]["sentence"]
    assert office.desk.log.head()[0] == before

    good = office.done(sheet(BAD), "good")
    assert (good["state"], good["result"]["entered"], good["result"]["refused_rows"]) == ("done", ROWS - 5, 5)
    assert office.desk.counts()["CadreNominated"] == office.desk.counts()["FormSubmitted"] == ROWS - 5
    assert office.desk.replays()


def test_what_waits_lies_sealed_and_goes_when_the_job_ends(office: Office) -> None:
    url = office.desk.database.url
    rows = sheet(count=3)
    office.start(rows, "all")
    (kept,) = rows_of(url, "select asked::text from jobs.jobs")
    assert packed(rows)["pack"][0][:40] not in kept[0]
    assert not any(row["name"] in kept[0] or row["id_number"] in kept[0] for row in rows)
    assert office.worker.work_one()
    (kept,) = rows_of(url, "select asked from jobs.jobs")
    assert "pack" not in kept[0]
    assert office.desk.counts()["CadreNominated"] == 3


def test_a_job_worked_again_enters_nobody_twice(office: Office) -> None:
    ident = office.start(sheet(count=3), "all")["job"]["id"]
    (kept,) = rows_of(office.desk.database.url, "select asked::text from jobs.jobs")
    assert office.worker.work_one()
    # As where the worker died between its append and the end of the job.
    again = f"update jobs.jobs set state = 'queued', asked = '{kept[0]}'::jsonb where id = '{ident}'"
    run(office.desk.database.url, again)
    assert office.worker.work_one()
    shown = office.desk.opened.door.jobs({"act": "show", "id": ident, "actor": asdict(cast.CHANNEL_OFFICE)})["job"]
    assert (shown["state"], shown["result"]["entered"], shown["attempts"]) == ("done", 3, 2)
    assert office.desk.counts()["CadreNominated"] == 3


def test_who_may_not_nominate_asks_for_no_job_and_a_stranger_sees_none(office: Office) -> None:
    county = actor("county_org", areas=("210727",), person="p-stranger")
    village = actor("village", areas=("210726102207",), person="p-village")
    assert office.start(sheet(count=1), "all", village)["problem"]["code"] == "role_not_allowed"
    ident = office.start(sheet(count=1), "all")["job"]["id"]
    hidden = office.desk.opened.door.jobs({"act": "show", "id": ident, "actor": asdict(county)})["problem"]
    assert hidden["code"] == "job_unknown"


@pytest.mark.parametrize("pack", ["AAAA", "eJyLjgUAARUAuQ=", "eJwDAAAAAAE="])
def test_a_pack_that_is_none_ends_its_job(office: Office, pack: str) -> None:
    data = {"programme": "LN2018", "columns": ["name"], "pack": [pack]}
    asked = {"act": "start", "kind": KIND, "key": "broken", "occurred_on": ON, "data": data}
    office.desk.opened.door.jobs({**asked, "actor": asdict(cast.CHANNEL_OFFICE)})
    assert office.worker.work_one()
    (row,) = rows_of(office.desk.database.url, "select state, problem from jobs.jobs")
    assert row[0] == "refused"
    assert (row[1] if isinstance(row[1], dict) else orjson.loads(row[1]))["code"] == "roster_pack_broken"
