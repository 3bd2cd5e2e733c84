"""`paizhu audit as-of`, `diff` and `trail` as typed, on a bundle: what they print, and how they end."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.cli import audit
from services.attendance.register.register import AttendanceRegistered, RegisterOpened
from services.attendance.sheets.sheet import AttendanceCompiled
from services.attendance.wiring import SERVICE
from tests.kit.audit.annals import Annals, moment
from tests.kit.audit.bundles import bundle

POSTING, TARGET = "LN2018.210726102207.1", "210726102207"
STREAM = f"register/{POSTING}"
OPENED = {"programme": "LN2018", "kind": "village", "role": "first_secretary", "person": "3f0c9a52-7c1e"}
OPENED |= {"unit": "U1", "tier": "city"}


def run(*asked: str | Path) -> Result:
    return CliRunner().invoke(audit, [str(word) for word in asked])


def answer(*asked: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*asked, "--json").output)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of one log: a register opened in May, a day of May entered in June, the month compiled twice."""
    annals = Annals(SERVICE)
    annals.record(
        "2018-05-02",
        STREAM,
        RegisterOpened(occurred_on=date(2018, 5, 2), posting=POSTING, target=TARGET, **OPENED),
        causation="personnel:481",
    )
    fact = date(2018, 5, 31)
    registered = AttendanceRegistered(occurred_on=fact, posting=POSTING, target=TARGET, day=fact, registrar="村委会")
    annals.record("2018-06-02", STREAM, registered)
    for on, days in (("2018-06-03", 1), ("2018-06-04", 2)):
        sheet = AttendanceCompiled(
            occurred_on=date.fromisoformat(on),
            posting=POSTING,
            target=TARGET,
            month="2018-05",
            version=1,
            days=days,
            leave_days=0,
            registrar="村委会",
        )
        annals.record(on, STREAM, sheet)
    return bundle(tmp_path_factory.mktemp("bundle"), {"attendance": annals.log.lines(0, 100)})


def test_as_of_counts_every_table_and_shows_the_rows_of_those_named(folder: Path) -> None:
    done = run("as-of", "2018-05-31", "--bundle", folder)
    assert done.exit_code == 0
    assert "attendance: 2 events up to 2018-05-31 by date of fact" in done.output
    assert "  registers: 1 row\n" in done.output
    assert "  sheets: 0 rows" in done.output
    shown = run("as-of", "2018-06-03", "--bundle", folder, "--table", "sheets").output
    assert f"  sheets  {POSTING} 2018-05 1 target={TARGET} days=1 leave_days=0 " in shown
    assert " registrar=村委会 compiled_on=2018-06-03 " in shown
    assert "registers" not in shown


def test_as_of_json_holds_every_row_by_either_date(folder: Path) -> None:
    fact = answer("as-of", "2018-05-31", "--bundle", folder, "--table", "attendance.days_on_post")
    assert fact == {
        "as_of": "2018-05-31",
        "by": "fact",
        "city": None,
        "services": [
            {
                "service": "attendance",
                "events": 2,
                "tables": [
                    {
                        "table": "days_on_post",
                        "rows": [
                            {
                                "posting": POSTING,
                                "day": "2018-05-31",
                                "target": TARGET,
                                "month": "2018-05",
                                "work": "",
                                "night": "",
                                "registrar": "村委会",
                                "captured": "",
                                "late": False,
                                "recorded_at": moment("2018-06-02 12:00"),
                            }
                        ],
                    }
                ],
            }
        ],
    }
    record = answer("as-of", "2018-05-31", "--recorded", "--bundle", folder, "--table", "days_on_post")
    assert (record["by"], record["services"][0]["tables"][0]["rows"]) == ("record", [])


def test_where_takes_rows_by_the_text_of_their_values(folder: Path) -> None:
    for condition, count in (
        ("days=2", 1),
        ("days=1", 0),
        ("compiled_on=2018-06-04", 1),
        ("signer=", 1),
        ("met=true", 0),
    ):
        asked = answer("as-of", "2018-06-30", "--bundle", folder, "--table", "sheets", "--where", condition)
        assert len(asked["services"][0]["tables"][0]["rows"]) == count, condition
    every = answer("as-of", "2018-06-30", "--bundle", folder, "--where", "month=2018-05")
    monthly = {table["table"] for table in every["services"][0]["tables"]}
    assert {"days_on_post", "sheets", "allowances"} <= monthly  # the tables that have such a column
    assert "registers" not in monthly


def test_what_is_not_there_is_answered_with_what_is(folder: Path) -> None:
    for asked, said in (
        (("--table", "sheet"), "there is no read model sheet; attendance: absences, "),
        (("--table", "registers", "--where", "days=1"), "no table has the column days; attendance.registers: posting,"),
        (("--where", "days"), "--where takes column=value, not 'days'"),
        (("--service", "personnel"), "there is no log of personnel; attendance"),
    ):
        done = run("as-of", "2018-06-30", "--bundle", folder, *asked)
        assert (done.exit_code, said in done.output) == (2, True), done.output
    day = run("as-of", "30.6.2018", "--bundle", folder)
    assert (day.exit_code, "write it as 2018-06-30" in day.output) == (2, True)


def test_diff_names_columns_and_ends_with_one_where_something_changed(folder: Path) -> None:
    done = run("diff", "2018-06-03", "2018-06-04", "--bundle", folder)
    assert done.exit_code == 1
    assert (
        f"~ sheets  {POSTING} 2018-05 1\n    days: 1 -> 2\n    compiled_on: 2018-06-03 -> 2018-06-04\n" in done.output
    )
    back = run("diff", "2018-06-04", "2018-06-03", "--bundle", folder).output
    assert "    days: 2 -> 1\n" in back
    same = run("diff", "2018-06-04", "2018-06-30", "--bundle", folder)
    assert (same.exit_code, "0 rows changed" in same.output) == (0, True)


def test_diff_json_tells_what_was_added(folder: Path) -> None:
    found = answer("diff", "2018-05-31", "2018-06-02", "--recorded", "--bundle", folder)
    assert (found["from"], found["to"], found["by"], found["changed"]) == ("2018-05-31", "2018-06-02", "record", 1)
    (change,) = found["services"][0]["changes"]
    assert (change["table"], change["what"]) == ("days_on_post", "added")
    assert change["key"] == {"posting": POSTING, "day": "2018-05-31"}
    assert change["row"]["registrar"] == "村委会"
    (sheet,) = answer("diff", "2018-06-03", "2018-06-04", "--bundle", folder)["services"][0]["changes"]
    assert sheet["columns"]["days"] == {"from": 1, "to": 2}


def test_trail_is_printed_and_drawn(folder: Path, tmp_path: Path) -> None:
    done = run("trail", POSTING, "--bundle", folder, "--picture", tmp_path / "trail.svg")
    assert done.exit_code == 0
    assert f"{POSTING}: 4 events in attendance" in done.output
    assert "RegisterOpened" in (tmp_path / "trail.svg").read_text(encoding="utf-8")
    events = answer("trail", TARGET, "--bundle", folder)["events"]
    assert [e["id"] for e in events] == [f"attendance:{n}" for n in (1, 2, 3, 4)]
    assert (events[0]["because"], events[0]["relation"]) == ("personnel:481", "about")


def test_trail_of_nobody_says_where_it_looked(folder: Path, tmp_path: Path) -> None:
    done = run("trail", "U99", "--bundle", folder)
    assert done.exit_code == 2
    assert (
        "no event knows U99: looked at streams and fields of every event of attendance (to position 4)" in done.output
    )
    wide = run("trail", "LN2018", "--bundle", folder, "--most", "3")
    assert (wide.exit_code, "name something narrower" in wide.output) == (2, True)
    nowhere = run("trail", POSTING, "--bundle", folder, "--picture", tmp_path / "none" / "trail.svg")
    assert (nowhere.exit_code, "the picture cannot be written" in nowhere.output) == (2, True)
    pixels = run("trail", POSTING, "--bundle", folder, "--picture", tmp_path / "trail.png")
    assert (pixels.exit_code, "a picture is drawn as SVG" in pixels.output) == (2, True)
    assert not (tmp_path / "trail.png").exists()


def test_a_bundle_of_one_city_is_read_with_its_gaps_and_called_one(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "events" / "attendance.ndjson").read_bytes().splitlines()
    part = bundle(tmp_path / "part", {"attendance": [lines[0], *lines[2:]]}, city="2107")
    done = run("as-of", "2018-06-30", "--bundle", part, "--table", "sheets")
    assert done.exit_code == 0
    assert done.output.startswith("from a bundle limited to city 2107: other events are not seen here\n")
    assert "attendance: 3 events up to 2018-06-30 by date of fact" in done.output
    assert answer("trail", POSTING, "--bundle", part)["city"] == "2107"


def test_a_log_that_cannot_be_read_ends_with_two_and_names_the_place(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "events" / "attendance.ndjson").read_bytes().splitlines()
    cut = bundle(tmp_path / "cut", {"attendance": [lines[0], *lines[2:]]})
    done = run("as-of", "2018-06-30", "--bundle", cut)
    assert done.exit_code == 2
    assert "attendance: position 2: is missing, 3 stands there; `paizhu audit verify`" in done.output
