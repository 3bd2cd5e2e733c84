"""A clerk enters, compiles, signs and seals a month for many at once; a batch taken down without network (AT-031)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gateway import roster
from kernel import decision
from kernel.codec import plain
from kernel.errors import PaizhuError
from kernel.kept import weight_of
from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.attendance.posts import CADRE, COMMITTEE, COUNTY, JUNE, SECRETARY, TOWNSHIP
from tests.kit.attendance.wired import Wired

VILLAGES = [f"{TOWNSHIP}{number}" for number in range(201, 213)]
POSTINGS = [f"LN2018.{village}.1" for village in VILLAGES]
KEEPER = actor("village", areas=(VILLAGES[0],), person="p-keeper")
PAPER = {"document": "六月纸质考勤登记簿"}
ACT = {"month": JUNE, "postings": POSTINGS}


def town() -> Wired:
    """Twelve cadres in the villages of a township."""
    wired = Wired()
    for village, posting in zip(VILLAGES, POSTINGS, strict=True):
        cadre = {"programme": "LN2018", "posting": posting, "person": f"p-{village}", "target": village}
        wired.hear("personnel", "CadreOnPost", {**cadre, "kind": "village", "role": "村党组织第一书记"})
    return wired


def book(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that the gateway reads of a workbook: twenty days each; ``changes`` by posting, its dots left out."""
    plain_row = {str(day): "√" for day in range(1, 21)}
    entries = [{"posting": one, **plain_row, **changes.get(one.replace(".", ""), {})} for one in POSTINGS]
    return roster.rows(roster.filled(roster.month(), entries), roster.month())


def receipt(wired: Wired, by: Actor, name: str, on: str, command_id: str, **data: Any) -> Any:
    wired.today = on
    request = {"command": name, "id": command_id, "occurred_on": on, "actor": plain(by), "data": data}
    return wired.handler.execute(request)


def entered(wired: Wired, rows: list[dict[str, Any]], accept: str, by: Actor = COMMITTEE, key: str = "k-1") -> Any:
    asked = {"area": TOWNSHIP, "month": JUNE, "rows": rows, "accept": accept, "first_row": 2, **PAPER}
    return receipt(wired, by, "RegisterMonth", "2018-07-01", key, **asked)


def act(wired: Wired, by: Actor, name: str, on: str = "2018-07-03", **more: Any) -> Any:
    return receipt(wired, by, name, on, f"{name}-{on}", **{**ACT, **more}).events


def refused_act(wired: Wired, by: Actor, name: str, on: str = "2018-07-03", **more: Any) -> Any:
    return _refused(wired, lambda: receipt(wired, by, name, on, f"{name}-again", **{**ACT, **more}))


def refused_rows(wired: Wired, rows: list[dict[str, Any]], by: Actor = COMMITTEE, **more: Any) -> Any:
    asked = {"area": TOWNSHIP, "month": JUNE, "rows": rows, **PAPER, **more}
    return _refused(wired, lambda: receipt(wired, by, "RegisterMonth", "2018-07-05", f"rows-{more}", **asked))


def _refused(wired: Wired, asking: Callable[[], Any]) -> PaizhuError:
    before = wired.log.head()
    with pytest.raises(PaizhuError) as refused:
        asking()
    assert wired.log.head() == before, "a refusal left an event"
    return refused.value


BAD = {POSTINGS[4].replace(".", ""): {"30": "在岗吧"}}


@pytest.mark.req("AT-031")
def test_of_twelve_rows_with_one_bad_day_the_row_is_named_and_the_others_are_taken_when_asked_so() -> None:
    wired = town()
    asked = {"area": TOWNSHIP, "month": JUNE, "rows": book(**BAD), "first_row": 2, **PAPER}
    whole = _refused(wired, lambda: receipt(wired, COMMITTEE, "RegisterMonth", "2018-07-01", "k-all", **asked))
    assert (whole.code, whole.field) == ("day_word_unknown", "rows[6].30")
    assert [(one["row"], one["field"]) for one in whole.details] == [(6, "30")]
    before = wired.log.head()
    seen = entered(wired, book(**BAD), "preview", key="k-preview")
    assert [(one["item"], one["code"]) for one in seen.result["refused"]] == [(6, "day_word_unknown")]
    assert seen.events == {}
    assert wired.log.head()[0] == before[0], "a preview left an event"

    good = entered(wired, book(**BAD), "good")
    assert good.events == {"AttendanceRegistered": 11 * 20, "MonthEntered": 11}
    (named,) = good.result["refused"]
    assert (named["item"], named["code"], named["field"]) == (6, "day_word_unknown", "30")
    streams = {line["stream"] for line in wired.lines("AttendanceRegistered")}
    assert streams == {f"register/{one}" for one in POSTINGS if one != POSTINGS[4]}
    told = wired.lines("MonthEntered")[0]["data"]
    assert (told["days"], told["document"]) == (20, PAPER["document"])
    assert wired.lines("AttendanceRegistered")[0]["data"]["registrar"] == f"派驻村党组织（{VILLAGES[0]}）"


@pytest.mark.req("AT-031")
def test_compiling_signing_and_sealing_twelve_sheets_is_one_act_each_with_twelve_events() -> None:
    wired = town()
    entered(wired, book(), "all")
    steps = (("CompileMonths", COMMITTEE, "AttendanceCompiled"), ("SignMonths", SECRETARY, "AttendanceSigned"))
    for name, by, event in (*steps, ("SealMonths", COMMITTEE, "AttendanceSealed")):
        done = act(wired, by, name)
        assert done[event] == 12
        lines = wired.lines(event)
        assert {line["data"]["posting"] for line in lines} == set(POSTINGS)
        assert len({line["command"] for line in lines}) == 1, "one act"
    assessed = wired.lines("MonthlyAttendanceAssessed")
    assert [(line["data"]["days"], line["data"]["met"]) for line in assessed] == [(20, True)] * 12
    again = refused_act(wired, COMMITTEE, "SealMonths")
    assert (again.code, again.field) == ("sheet_sealed", "postings[1].month")
    # After the seal a month is corrected by a new version, not entered again.
    late = [{"posting": POSTINGS[0], "25": "√"}]
    assert refused_rows(wired, late).code == "month_sealed"


def test_what_is_kept_of_a_year_of_acts_is_bounded_and_what_is_decided_hangs_on_it_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def year() -> Iterator[tuple[Wired, int]]:
        wired = town()
        for month in (f"2018-{number:02}" for number in range(6, 13)):
            told = {"area": TOWNSHIP, "month": month, "rows": book(), "accept": "all", **PAPER}
            receipt(wired, COMMITTEE, "RegisterMonth", "2019-01-05", f"rows-{month}", **told)
            yield wired, wired.handler.states.weight
            for name, by in (("CompileMonths", COMMITTEE), ("SignMonths", SECRETARY), ("SealMonths", COMMITTEE)):
                receipt(wired, by, name, "2019-01-05", f"{name}-{month}", month=month, postings=POSTINGS)
                yield wired, wired.handler.states.weight

    whole = list(year())
    rules = weight_of(whole[0][0].handler.states.get(["programme/LN2018"]))
    monkeypatch.setattr(decision, "KEPT", rules + 10_000)
    kept = list(year())
    assert max(weight for _, weight in whole) > rules + 10_000 >= max(weight for _, weight in kept)
    assert kept[-1][0].log.lines(0, 10_000) == whole[-1][0].log.lines(0, 10_000)
    assert len(kept[-1][0].log.lines(0, 10_000)) > 7 * 12 * 25


@pytest.mark.req("AT-031")
@pytest.mark.parametrize(
    ("rows", "more", "code"),
    [
        ([{"posting": POSTINGS[0], "1": "√"}], {"document": None}, "paper_missing"),
        ([{"posting": POSTINGS[0], "1": "√"}, {"posting": POSTINGS[0], "2": "√"}], {}, "posting_twice"),
        ([{"posting": "", "1": "√"}], {}, "posting_missing"),
        ([{"posting": f"LN2018.{TOWNSHIP}299.1", "1": "√"}], {}, "register_unknown"),
        ([{"posting": POSTINGS[0], "31": "√"}], {}, "day_word_unknown"),
        ([{"posting": POSTINGS[0], "1": "√"}], {"area": VILLAGES[1]}, "foreign_area"),
    ],
)
def test_rows_that_cannot_be(rows: list[dict[str, Any]], more: dict[str, Any], code: str) -> None:
    assert refused_rows(town(), rows, **more).code == code


@pytest.mark.req("AT-031")
def test_a_clerk_enters_for_others_only_where_the_profile_says_so_and_a_registrar_for_itself() -> None:
    row = [{"posting": POSTINGS[0], "1": "√住", "2": "√外"}]
    wired = town()
    found = receipt(wired, KEEPER, "RegisterMonth", "2018-07-05", "k", area=VILLAGES[0], month=JUNE, rows=row)
    assert found.events == {"AttendanceRegistered": 2, "DayPlacesRecorded": 2}
    nights = [(line["data"]["night"], line["data"]["days"]) for line in wired.lines("DayPlacesRecorded")]
    assert nights == [("township", ["2018-06-01"]), ("elsewhere", ["2018-06-02"])]
    assert entered(town(), book(), "all", by=COUNTY).events["AttendanceRegistered"] == 240
    strict = Wired({"attendance.entered_by": ["county_org"]})
    cadre = {"programme": "LN2018", "posting": POSTINGS[0], "person": "p-1", "target": VILLAGES[0]}
    strict.hear("personnel", "CadreOnPost", {**cadre, "kind": "village", "role": "村党组织第一书记"})
    assert refused_rows(strict, row).code == "not_registrar"


BATCH = {
    "postings": [POSTINGS[0]] * 3,
    "days": ["2018-06-11", "2018-06-12", "2018-06-13"],
    "captured": ["2018-06-11T18:02:00+08:00", "2018-06-12T17:30:00+08:00", "2018-06-13T07:55:00+08:00"],
}


@pytest.mark.req("AT-031")
def test_a_batch_taken_down_without_network_comes_days_later_once_and_says_which_entries_are_late() -> None:
    wired = town()
    first = receipt(wired, KEEPER, "HandInDays", "2018-06-13", "phone-1", **BATCH)
    assert first.events == {"AttendanceRegistered": 3, "DaysHandedIn": 1}
    told = wired.lines("DaysHandedIn")[0]["data"]
    assert told["captured"] == BATCH["captured"]
    assert told["late"] == ["2018-06-11", "2018-06-12"]
    # The same batch again, under its own number or another, adds nothing; with one entry more, that one alone.
    assert receipt(wired, KEEPER, "HandInDays", "2018-06-13", "phone-1", **BATCH).repeated
    assert receipt(wired, KEEPER, "HandInDays", "2018-06-14", "phone-2", **BATCH).events == {}
    more = {
        name: [*values, new]
        for (name, values), new in zip(
            BATCH.items(), (POSTINGS[0], "2018-06-14", "2018-06-14T08:00:00+08:00"), strict=True
        )
    }
    assert receipt(wired, KEEPER, "HandInDays", "2018-06-14", "phone-3", **more).events == {
        "AttendanceRegistered": 1,
        "DaysHandedIn": 1,
    }
    assert wired.lines("DaysHandedIn")[-1]["data"]["late"] == []


@pytest.mark.parametrize(
    "captured",
    [
        *("gestern", "2018-06-11T18:02:00", "2018-06-10T18:02:00+08:00", "2018-06-14T00:00:00+08:00"),
        *("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"),  # in China these lie in no calendar
    ],
)
def test_an_entry_has_a_time_of_its_own_between_its_day_and_the_day_it_is_handed_in(captured: str) -> None:
    one = {"postings": [POSTINGS[0]], "days": ["2018-06-11"], "captured": [captured], "accept": "all"}
    refused = _refused(wired := town(), lambda: receipt(wired, KEEPER, "HandInDays", "2018-06-13", "p", **one))
    assert refused.code == "captured_unreadable"
    cadre = _refused(wired, lambda: receipt(wired, CADRE, "HandInDays", "2018-06-13", "q", **one))
    assert cadre.code == "role_not_allowed"
