"""A unit tries to learn who is registered, and to put its own data over those of another's person.

Invariant: whether an id number is registered elsewhere changes nothing of what a unit is answered, and nothing of what
it can look at afterwards; what is registered changes by the word of who has the person alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.testing import actor
from services.personnel.wiring import SERVICE
from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.others import (
    BACK,
    ENGAGED,
    FAILED,
    FRESH,
    GONE,
    NEIGHBOUR,
    NO_PLACES,
    ON,
    OTHERS,
    nominee,
    peopled,
    seat,
)

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    return peopled(open_desk)


OWN = re.compile(r"00\d[\dX]|1980-\d\d|139\d{8}|sha256:\w+|男|女")
"""What tells the synthetic persons apart."""


def looks(office: Desk, by: Actor, nomination: dict[str, Any]) -> list[Any]:
    """All that ``by`` can look at of a nomination, and of what it may count, ids and places taken out."""
    seen: list[Any] = []
    for name, query in SERVICE.queries.items():
        if by.role in query.roles and name != "figures":
            asked = {key: nomination[key] for key in ("person", "nomination") if key in query.params}
            if name == "photo":  # nobody attached one, which must be said alike too
                seen.append((name, office.asked(by, name, **asked)))
            elif set(query.needs) <= set(asked):
                seen.append((name, office.query(by, name, **asked)))
    return [re.sub(r"(village|township)-\d+|\d{4}-\d\d-\d\dT\S+", "#", _ID.sub("#", repr(one))) for one in seen]


def entered(office: Desk, n: int, **changes: Any) -> dict[str, Any]:
    """The receipt of a nomination by U01, with how far the log went on, what can be looked at of it, and its row."""
    before, persons = office.log.head()[0], office.query(cast.UNIT_OFFICE, "figures", programme="LN2018")[0]["persons"]
    receipt = office.receipt(cast.UNIT_OFFICE, "NominateCadre", ON, **nominee(n, **changes))
    rows = office.query(cast.UNIT_OFFICE, "nominations", programme="LN2018")
    (row,) = (one for one in rows if one["nomination"] == office.stored("CadreNominated")[-1]["nomination"])
    after = office.query(cast.UNIT_OFFICE, "figures", programme="LN2018")[0]["persons"]
    told = {name: value for name, value in receipt.items() if name in ("events", "result")}
    return {
        "told": told, "moved": receipt["position"] - before, "persons": after - persons,
        "seen": [OWN.sub("#", one) for one in looks(office, cast.UNIT_OFFICE, row)],
        "row": row,
    }  # fmt: skip


def looks_of(office: Desk, by: Actor) -> tuple[int, int]:
    """How many numbers ``by`` looked up, and how many of them others hold."""
    rows = office.query(cast.FIRST, "register_looks", person=by.person, role=by.role)
    return sum(row["looked"] for row in rows), sum(row["others"] for row in rows)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("told", "moved", "persons", "seen"))


def test_who_has_no_place_is_told_of_the_place_alone_and_nothing_is_looked_up(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []
    find = office.opened.handler.find
    assert find is not None

    def finding(sql: str, *params: Any) -> list[dict[str, Any]]:
        looked.extend(params[0] if "id_digest" in sql else ())
        return find(sql, *params)

    monkeypatch.setattr(office.opened.handler, "find", finding)
    rows = [cast.row(n, unit="U03") for n in (*OTHERS, *FRESH)]
    given = office.refused(NO_PLACES, "ImportNominees", ON, programme="LN2018", rows=rows)
    assert {detail["code"] for detail in given["details"]} == {"unit_without_quota"}
    foreign = office.refused(NO_PLACES, "ImportNominees", ON, programme="LN2018", rows=[cast.row(n) for n in OTHERS])
    assert {detail["code"] for detail in foreign["details"]} == {"not_your_business"}
    assert looked == []
    assert looks_of(office, NO_PLACES) == (0, 0)


@pytest.mark.parametrize("accept", ["all", "good"])
def test_a_roster_of_numbers_is_answered_alike_whoever_is_registered(office: Desk, accept: str) -> None:
    """Refused for another reason: each row says that reason and nothing of the register."""
    bad = {"programme": "LN2018", "accept": accept}

    before = looks_of(office, cast.UNIT_OFFICE)

    def answer(*numbers: int) -> list[Any]:
        rows = [cast.row(n, copies=1) for n in numbers]
        given = office.refused(cast.UNIT_OFFICE, "ImportNominees", ON, **bad, rows=rows)
        return [given["code"], given["sentence"], given["field"], given["details"]]

    assert answer(*OTHERS) == answer(*FRESH[:5])
    single = [office.refused(cast.UNIT_OFFICE, "NominateCadre", ON, **nominee(n, copies=1)) for n in (*OTHERS, 60)]
    assert all(one == single[-1] for one in single)
    # Nothing was told and nothing stored, and who tried how many is to be seen all the same.
    after = looks_of(office, cast.UNIT_OFFICE)
    assert (after[0] - before[0], after[1] - before[1]) == (4 * len(OTHERS) + 1 - len(OTHERS), 2 * len(OTHERS))


@pytest.fixture(scope="module")
def taken(office: Desk) -> dict[int, dict[str, Any]]:
    """U01 enters one whom nobody has, then those of others under another name, then another whom nobody has."""
    names = {"name": "伪造姓名", "mobile": "13900009999"}
    first = {FRESH[0]: entered(office, FRESH[0], **names)}
    return first | {n: entered(office, n, **names) for n in OTHERS} | {FRESH[1]: entered(office, FRESH[1], **names)}


@pytest.mark.parametrize("n", [*OTHERS, FRESH[1]])
def test_whoever_is_entered_is_answered_and_shown_alike(office: Desk, taken: dict[int, dict[str, Any]], n: int) -> None:
    assert taken[n]["told"]["events"] == {"PersonRegistered": 1, "CadreNominated": 1, "FormSubmitted": 1}
    assert same(taken[n], taken[FRESH[0]]), (taken[n], taken[FRESH[0]])


def test_the_own_roster_once_more_is_told_of_the_own_persons_whoever_else_has_them(
    office: Desk, taken: dict[int, dict[str, Any]]
) -> None:
    rows = [cast.row(n) for n in (FRESH[0], *OTHERS)]
    given = office.refused(cast.UNIT_OFFICE, "ImportNominees", ON, programme="LN2018", rows=rows)
    assert [(d["row"], d["code"]) for d in given["details"]] == [
        (row, "person_registered_before") for row in range(1, len(rows) + 1)
    ]


def test_what_is_registered_stays_and_each_probe_is_recorded_with_who_and_when(
    office: Desk, taken: dict[int, dict[str, Any]]
) -> None:
    persons = {one["person"]: one for one in office.query(cast.PROVINCE, "persons")}
    probes = {n: persons[taken[n]["row"]["person"]] for n in OTHERS}
    assert {one["identity"] for one in probes.values()} == {"open"}
    assert len({one["known"] for one in probes.values()}) == len(OTHERS)
    assert "PersonEnteredAgain" not in office.counts()
    listed = {one["entered"]: one for one in office.query(cast.PROVINCE, "open_identities")}
    assert {persons[key]["known"] for key in listed} == {one["known"] for one in probes.values()}
    for n in (ENGAGED, BACK, FAILED, NEIGHBOUR):
        one = listed[taken[n]["row"]["person"]]
        assert (one["entered_by"], one["entered_on"]) == (cast.UNIT_OFFICE.organ, ON)
        assert one["differs"] == {
            "name": [f"合成人员{n:04d}", "伪造姓名"], "mobile": [cast.mobile(n), "13900009999"],
        }  # fmt: skip
    assert listed[taken[GONE]["row"]["person"]]["differs"] == "已销毁"
    read = office.query(actor("auditor", areas=("21",)), "access_log", purpose="open_identities")
    # Two records of each, but one is of a person whose key is destroyed: of that nothing can be opened.
    assert (read[-1]["reader"], read[-1]["count"]) == (cast.PROVINCE.person, 2 * len(OTHERS) - 1)
    lines = office.log.rows("select string_agg(line, ' ') as lines from log.events")[0]["lines"]
    assert not [n for n in OTHERS if cast.id_number(n) in lines or cast.mobile(n) in lines]
    assert "伪造姓名" not in lines


def test_a_city_that_names_legs_is_answered_alike_too(office: Desk, taken: dict[int, dict[str, Any]]) -> None:
    def named(at: int, n: int, city: str = "2102") -> dict[str, Any]:
        leg = {**seat(n, at), "direction": "back", "sending": f"{city}13", "host": "211381"}
        return {"programme": "LN2002", "city": "2102", "legs": [leg]}

    stranger = {"person_registered_before", "person_still_engaged"}
    for n in OTHERS:
        wrong = office.refused(cast.HOST_CITY, "NominateLegs", "2002-06-27", **named(1, n, "2107"))
        assert not stranger & {detail["code"] for detail in wrong["details"]}
    numbers = (FRESH[2], *OTHERS, FRESH[3])
    given = [
        office.receipt(cast.HOST_CITY, "NominateLegs", "2002-06-27", **named(*one)) for one in enumerate(numbers, 1)
    ]
    assert [one["events"] for one in given] == [
        {"PersonRegistered": 1, "SwapLegNominated": 1, "SwapConditionsJudged": 1}
    ] * len(numbers)
    for at, n in enumerate(numbers, 21):
        again = office.refused(cast.HOST_CITY, "NominateLegs", "2002-06-27", **named(at, n))
        assert again["code"] == "person_registered_before"


def test_replay_gives_the_same_read_models(office: Desk, taken: dict[int, dict[str, Any]]) -> None:
    assert office.replays()
