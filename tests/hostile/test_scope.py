"""What lies elsewhere is not told: every question of every service is asked by every role that may ask it, in either of
two places that have a row in every table. All that a row says bears the mark of its place, and no mark of the other is
shown; that it would be seen is known from the marks of one's own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

import pytest

from kernel.log.readmodel import changes
from kernel.messages import Actor
from kernel.projection import Table
from kernel.service import Service
from programmes.roles import ROLE_NAMES
from programmes.standing import PLACES, SENDERS
from services import SERVICES
from tests.kit.databases import run
from tests.kit.desk import Desk
from tests.kit.standing import placed

HERE, THERE = "210727101208", "211302007200"
"""A village of Jinzhou and one of Chaoyang."""
UNITS: Final = {HERE: ("甲工委", "甲厅"), THERE: ("乙工委", "乙厅")}
MARK: Final = {HERE: "甲", THERE: "乙"}
EVERYWHERE: Final = {role for role, level in PLACES.items() if level == "province"}
LEVELS: Final[Mapping[int, tuple[str, ...]]] = {
    4: ("city", "sending_city", "host_city", "poor_city", "developed_city", "inspector"),
    6: ("county", "area", "sending", "host", "poor_area", "developed_area", "code", "place", "home"),
    9: ("township",),
    12: ("target", "village"),
}
LENGTH: Final = {name: length for length, names in LEVELS.items() for name in names}


SHARED: Final[Mapping[str, str]] = {
    "areas": "the register of divisions",
    "arranged_groups": "the figures of a programme: what its cities entered, added up",
    "batch_amendments": "the figures of a programme, as notices amended them",
    "batches": "the figures of a programme",
    "calendar_notices": "a notice is published",
    "channels": "the quotas of annex 1, which goes to everybody",
    "division": "the register of divisions",
    "division_changes": "the register of divisions",
    "groups": "the parts of a programme, as its notice lists them",
    "missing_annexes": "a notice is published",
    "notices": "a notice is published",
    "poor_counties": "a list that the programme's notice prints",
    "profiles": "the rules of a programme are published",
    "rules": "the rules of a programme are published",
    "summaries_missing": "to whom a programme's summaries go; whose: integration/evaluation/test_summaries",
    "swap_batches": "the figures of a programme",
    "swap_pairings": "a pairing is drawn for all areas at once, and adopted for all",
}
"""What everybody in the province may know, of whichever place: why."""
SENDING: Final = {"units", "unit_quotas", "unit_names", "unit_changes"}
"""Which units a channel has, under which names, and how many places each: offices of every area may know; units and
channels, their own."""
SHAPED: Final = {
    "placement_plan",
    "plan_rows",
    "swap_composition",
    "swap_pairing",
    "form",
    "personal_data",
    "photo",
    "structure",
    "ledger",
    "ledger_export",
    "cadres_named",
    "ballot_recount",
}
"""Answers worked out from whole rows: of a plan, a pairing, a person, a ballot. Their rows are made by decisions in
tests/integration/allocation/test_plan_rights.py, test_swap_composition_table.py and tests/integration/personnel."""
COUNTED: Final = {
    "figures",
    "outcomes",
    "nearness",
    "reserve_progress",
    "swap_lists",
    "swap_plan_actual",
    "swap_totals",
    "sealed_months",
}
"""Figures, which name no place."""
UNSEEN: Final = {
    *(
        "open_identities",
        "register_looks",
        "swap_exceptions",
        "acknowledgements_lacking",
        "jobs",
        "nominee_pool",
        "organs",
        "reserve_numbers",
        "no_data",
        "shortfalls",
        "support_lacking",
        "reserves_unhelped",
        "leaves_unfiled",
        "scores_missing",
        "delistings",
        "days_without_log",
        "secretary_reviews",
    ),
    *("daily", "days_passed", "refused_on_days", "due"),
    *COUNTED,
}
"""Asked like all others, but no row here is such as they show. Whose obligations ``due`` tells to whom is looked at in
tests/integration/due."""
SEEN: Final = {("personnel", "due")}
"""What waits for a second hand at an erasure is of no programme, so the rows here are such."""
NEEDS: Final[Mapping[str, str]] = {
    "batch": "1",
    "month": "2018-06",
    "cycles": "2",
    "within": "21",
    "year": "2018",
    "quarter": "2018-Q2",
    "as_of": "2018-12-31",
}
LEVEL_ASKED: Final = {"reserve_library": "county"}
"""The level a question is about, where it knows other words than the rows."""
ENDS: Final = {
    *("left_on", "stopped_on", "until", "closed_on", "assessed_on", "replaced_on", "lifted_on", "delisted_on"),
    *("released_on", "followed_on", "solved_on"),
}
"""Days on which something ended; here it goes on."""
Row = Mapping[str, Any]


def told_apart(service: str, table: str, village: str) -> tuple[Row, ...]:
    """What the rows of a table hold that is not told by the columns' names: states, such as some questions show."""
    city = village[:4]
    duties = ("duties_assigned", "managers", "induction")
    known: Mapping[str, tuple[Row, ...]] = {
        "allocation.batch_groups": ({"arranger": "city", "cities": [city]},),
        "allocation.division_changes": ({"old": village},),
        "allocation.notices": ({"annexes": [{"no": 1, "title": f"{MARK[village]}表", "text": "missing"}]},),
        "allocation.office_holders": ({"organ": village[:9]},),
        "allocation.stand_ins": ({"organ": village[:9]},),
        "allocation.unit_changes": ({"kind": "split"},),
        "attendance.appointments": ({"appointed_on": date(2018, 6, 1)},),
        "attendance.group_routines": ({"rhythm": "month"},),
        "attendance.office_holders": ({"organ": village[:9]},),
        "personnel.care_asked": tuple({"duty": duty, "tiers": []} for duty in duties),
        "personnel.care_bundles": ({"kinds": ["project"]},),
        "personnel.legs": ({"status": "reported"},),
        "personnel.postings": ({"status": "on_post", "appointed_on": None, "ended_on": None},),
        "personnel.reserve_exits": ({"left_on": date(2018, 5, 2), "person": f"{MARK[village]}gone"},),
        "personnel.reserve_vacancies": ({"ranking": ["village"]},),
        "personnel.reserves": (
            {"status": "active", "ended_on": None},
            {"status": "active", "ended_on": None, "person": f"{MARK[village]}alone"},
        ),
        # A second village, which has neither a posting nor a row in the ledger.
        "personnel.village_kinds": ({}, {"target": f"{village[:9]}299"}),
        "personnel.work_teams": ({"size": 9, "least": 2, "most": 5},),
    }
    return known.get(f"{service}.{table}", ({},))


def value(name: str, kind: str, village: str) -> Any:
    """What a column holds in the row of a place: a code of division by its name, else what bears its mark."""
    if name in ENDS:
        return None if kind == "date" else ""
    if kind != "text":
        return {"int": 1 + (village == THERE), "bool": True, "date": date(2018, 5, 2), "json": {}}[kind]
    plain = {
        "programme": "LN2018",
        "posting": f"LN2018.{village}.1",
        "channel": UNITS[village][0],
        "unit": UNITS[village][1],
        "scope": village[:4],
        "tier": "province",
        "level": "city",
        "kind": "village",
        "edition": "2023-06",
        "state": "confirmed",
        **NEEDS,
    }
    return village[: LENGTH[name]] if name in LENGTH else plain.get(name, f"{MARK[village]}{name}")


def filled(service: str, table: Table, village: str) -> str:
    """The statements that write the rows of a place."""
    known = {**table.key, **table.columns}
    plain = {name: value(name, kind, village) for name, kind in known.items()}
    rows = [{**plain, **apart} for apart in told_apart(service, table.name, village)]
    return ";".join(changes([table.put(*[row.pop(name) for name in table.key], **row) for row in rows]))


def marks(item: Any, village: str) -> list[str]:
    """Every text of an item that tells of the place."""
    if isinstance(item, Mapping | list):
        parts = item.values() if isinstance(item, Mapping) else item
        return [mark for one in parts for mark in marks(one, village)]
    return [item] if isinstance(item, str) and (MARK[village] in item or village[:4] in item) else []


WIRED: dict[str, Service] = {name: importlib.import_module(f"services.{name}.wiring").SERVICE for name in SERVICES}
QUESTIONS = [(name, query) for name, service in WIRED.items() for query in sorted(service.queries)]


@pytest.fixture(scope="module")
def desks(open_desk: Callable[..., Desk]) -> dict[str, Desk]:
    """Every service with two rows in each of its tables."""
    found = {name: open_desk(service) for name, service in WIRED.items()}
    for name, desk in found.items():
        if name != "allocation":
            desk.hear_profiles("LN2018")
        rows = [filled(name, table, village) for table in WIRED[name].tables for village in (HERE, THERE)]
        run(desk.database.url, ";".join(rows))
    return found


def misplaced(role: str) -> list[Actor]:
    """Actors of ``role`` in no place, in places of every other level, in other provinces, with units beside an area."""
    fitting = placed(role, HERE, *UNITS[HERE])
    areas = [(), ("45",), ("14",), ("2",), ("210",), ("",), *((HERE[:length],) for length in (2, 4, 6, 9, 12))]
    wrong = [replace(fitting, areas=one, units=units) for one in areas for units in ((), UNITS[HERE])]
    return [one for one in wrong if (one.areas, one.units) != (fitting.areas, fitting.units)]


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_out_of_its_place_asks_and_changes_nothing(desks: dict[str, Desk], service: str) -> None:
    door, log, asked = desks[service].opened.door, desks[service].log, WIRED[service]
    before, command = log.head(), {"id": "c", "occurred_on": "2018-06-01", "data": {}}
    for by in (one for role in sorted(ROLE_NAMES) for one in misplaced(role)):
        actor = {"actor": asdict(by)}
        answers = [
            *(door.query({"query": query, "params": {}, **actor}) for query in asked.queries),
            *(door.execute({"command": name, **command, **actor}) for name in asked.commands),
            door.parked({"act": "list", **actor}),
            door.proofs({"ask": "checkpoint", **actor}),
            door.jobs({"act": "show", "id": "j", **actor}),
        ]
        assert {answer["problem"]["code"] for answer in answers} <= {"role_misplaced", "job_kind_unknown"}, by
    assert log.head() == before


def told(desk: Desk, by: Actor, query: str, params: Mapping[str, str]) -> list[Any]:
    """The items of one page; nothing where it is refused, which must have a reason."""
    request = {"query": query, "params": params, "actor": asdict(by), "limit": 1000}
    answer = desk.opened.door.query(request)
    assert answer.get("problem", {"code": ""})["code"] not in ("internal", "role_misplaced"), answer
    return list(answer.get("items", ()))


OF_ONESELF = [(service, query) for service, query in QUESTIONS if "cadre" in WIRED[service].queries[query].roles]


@pytest.mark.parametrize(("service", "query"), [one for one in OF_ONESELF if one[1] not in {*SHARED, *COUNTED}])
def test_a_cadre_is_told_what_is_the_own_and_nothing_of_another_person(
    desks: dict[str, Desk], service: str, query: str
) -> None:
    needs = {name: value(name, "text", HERE) for name in WIRED[service].queries[query].needs}
    own, stranger = (placed("cadre", HERE, person=f"{mark}person") for mark in (MARK[HERE], "丙"))
    found = told(desks[service], own, query, needs)
    assert bool(found) == (query not in UNSEEN)
    assert [marks(one, THERE) for one in found] == [[] for _ in found]
    assert told(desks[service], stranger, query, needs) == []


@pytest.mark.parametrize(("service", "query"), QUESTIONS)
def test_of_another_place_nothing_is_told(desks: dict[str, Desk], service: str, query: str) -> None:
    asked, seen = WIRED[service].queries[query], False
    if query in SHAPED:
        return
    for role in sorted(asked.roles):
        free = role in EVERYWHERE or query in SHARED or (query in SENDING and role not in SENDERS)
        for own, other in ((HERE, THERE), (THERE, HERE)):
            by = placed(role, own, *UNITS[own], person=f"{MARK[own]}person")
            needs = {name: value(name, "text", own) for name in asked.needs}
            if query in LEVEL_ASKED:
                needs["level"] = LEVEL_ASKED[query]
            aimed = [
                {**needs, name: value(name, "text", other)} for name in asked.params if name not in ("as_of", "by")
            ]
            for params in (needs, *(() if free else aimed)):
                items = told(desks[service], by, query, params)
                seen = seen or bool(marks(items, own))
                assert free or marks(items, other) == [], f"{by} asked for {params}"
    unseen = query in UNSEEN and (service, query) not in SEEN
    assert seen != unseen, "nobody saw the row of its own place"
