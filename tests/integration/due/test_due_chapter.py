"""The chapter on what is due runs: its questions are answered, its command lists them, its obligation is one."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
from click.testing import CliRunner

from cli import due
from cli.main import main
from gateway.due_door import DueDoor
from gateway.exchange import Request
from kernel.messages import Actor
from kernel.service import Service
from programmes.obligation import Obligation
from programmes.readers import duties
from programmes.roles import COUNTIES
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.postings.due_queries import OBLIGATIONS as OF_POSTINGS
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

CHAPTER = (Path(__file__).parents[3] / "docs" / "due.md").read_text(encoding="utf-8")
(SHELL,) = re.findall(r"```bash\n(.*?)```", CHAPTER, re.DOTALL)
(PYTHON,) = re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL)
QUESTIONS = re.findall(r"^    GET (\S+)$", CHAPTER, re.MULTILINE)
TARGETS = ("210727101208", "210727102213")
VILLAGE = organ("village", TARGETS[0])


class Gateway:
    """Answers as the gateway does to the holder of a token."""

    def __init__(self, desks: Mapping[str, Desk], by: Actor) -> None:
        self.desks, self.by = desks, by
        self.pages = 0

    def services(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        return self.desks[service].opened.door.query(request)

    def get(self, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        assert path == "due"
        self.pages += 1
        asked = Request("GET", "/api/v1/due", query={name: str(value) for name, value in params.items()})
        reply = DueDoor(self.services, lambda header: self.by).due(asked, "c-1")
        found: dict[str, Any] = orjson.loads(reply.body)
        assert "items" in found, found
        return found


@pytest.fixture(scope="module")
def desks(open_desk: Callable[[Service], Desk]) -> Mapping[str, Desk]:
    """Two cadres on post in two villages of Jinzhou since May; nothing was compiled."""
    found = {one.name: open_desk(one) for one in (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION)}
    found["attendance"].hear_profiles("LN2018", "JZ")
    for target in TARGETS:
        paid.arrive(found["attendance"], target, "2018-05-01")
    return found


def run(monkeypatch: pytest.MonkeyPatch, gateway: Gateway, line: str) -> str:
    monkeypatch.setattr(due, "reached", lambda *given, **more: gateway)
    program, *words = shlex.split(line, comments=True)
    assert program == "paizhu"
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_lists_what_the_own_post_owes_overdue_first(
    desks: Mapping[str, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, below = SHELL.splitlines()
    head, *lines = run(monkeypatch, Gateway(desks, VILLAGE), own).splitlines()
    assert head.split() == ["期限", "情况", "区划", "事项", "所涉", "期别", "依据"]
    compiled = [line.split() for line in lines if "汇总月考勤" in line]
    about = [TARGETS[0], "汇总月考勤", paid.posting(TARGETS[0])]
    assert [row[:7] for row in compiled] == [
        ["2018-06-10", "逾期", "31", "天", *about],
        ["2018-07-10", "逾期", "1", "天", *about],
    ]
    assert [row[7] for row in compiled] == ["2018-05", "2018-06"]
    assert all("一.2" in row for row in compiled)
    assert TARGETS[1] not in " ".join(lines)
    # The county sees both villages' under --all-in-area, row by row as the gateway has them.
    rows = json.loads(run(monkeypatch, Gateway(desks, organ("county_org", "210727")), below))
    assert [(row["area"], row["period"]) for row in rows] == [
        (TARGETS[0], "2018-05"), (TARGETS[1], "2018-05"), (TARGETS[0], "2018-06"), (TARGETS[1], "2018-06"),
    ]  # fmt: skip


def test_the_command_turns_the_pages_and_says_where_nothing_is_owed(
    desks: Mapping[str, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "paizhu due --as-of 2018-07-11 --json"
    whole = json.loads(run(monkeypatch, Gateway(desks, VILLAGE), line))
    paging = Gateway(desks, VILLAGE)
    monkeypatch.setattr(due, "_PAGE", 1)
    assert json.loads(run(monkeypatch, paging, line)) == whole
    assert paging.pages >= len(whole) > 1
    nobody = Gateway(desks, organ("village", paid.ELSEWHERE))
    assert run(monkeypatch, nobody, "paizhu due --as-of 2018-07-11") == "没有应办事项\n"


def test_what_was_met_late_says_so_in_the_table() -> None:
    row = {"met_on": "2018-06-14", "delay": 4, "overdue": None}
    assert due._standing(row) == "2018-06-14 已办，迟 4 天"
    assert due._standing({**row, "delay": 0}) == "2018-06-14 已办"
    assert due._standing({"met_on": None, "overdue": 0, "delay": None}) == "待办"


def test_a_command_without_a_token_is_told_what_it_wants() -> None:
    done = CliRunner().invoke(main, ["due", "--gateway", "http://127.0.0.1:1"], env={"PAIZHU_TOKEN": ""})
    assert done.exit_code == 2
    assert "PAIZHU_TOKEN" in done.output


def test_the_questions_of_the_chapter_are_answered(desks: Mapping[str, Desk]) -> None:
    assert len(QUESTIONS) == 2
    county = organ("county_org", "210727")
    answers = []
    for question in QUESTIONS:
        where = urlsplit(question)
        params = dict(parse_qsl(where.query))
        if where.path == "/api/v1/due":
            answers.append(Gateway(desks, county).get("due", params)["items"])
        else:
            assert where.path == "/api/v1/attendance/due"
            answers.append(desks["attendance"].query(county, "due", **params))
    every, own = answers
    assert own
    assert [{**row, "service": "attendance"} for row in own] == [row for row in every if row["service"] == "attendance"]


def test_the_obligation_of_the_chapter_is_one_of_the_code() -> None:
    made = eval(PYTHON, {"Obligation": Obligation, "duties": duties, "COUNTIES": COUNTIES})  # noqa: S307  # our own text
    (real,) = [one for one in OF_POSTINGS if one.name == made.name]
    for name in ("title", "reader", "by", "source", "where", "subject", "area"):
        assert getattr(made, name) == getattr(real, name)
