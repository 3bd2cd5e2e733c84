"""The roster of reserves (附件1, 14 columns) and the fact sheet of one (附件2), opened for the organs of the place.

Invariant: an event says who reads whose data before anything is opened; columns and their order are those printed. The
age is worked out for the day of the report (PE-089); four quarters stand on a sheet even where nothing is in them
(PE-090).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kernel.asking import EVER, Find, Page, Where, day, page, single, whole
from kernel.service import Ask, Query
from programmes.areas import registered
from services.personnel.privacy.disclosure_queries import Missing, Opened, opened
from services.personnel.readers import REACH
from services.personnel.reserve_care.care_queries import ON, year
from services.personnel.reserve_care.refusals import SHEET_NOT_SHOWN
from services.personnel.reserves.reserve_plans import years
from services.personnel.reserves.reserve_projection import STAYS

OPENING: Final = frozenset({"county_org", "township"})
"""Who manages reserves and is shown their names."""
_ROSTER = f"""
select r.programme, r.village, r.person, r.active_on, r.ended_on, c.card, c.pool, p.sealed as personal,
       row_number() over (order by r.village, r.person) as row_no
  from {STAYS} r
  join lateral (select card, pool from reserves o where o.programme = r.programme and o.person = r.person) as c on true
  left join (select person, sealed from persons) as p on p.person = r.person
"""
_HELPERS = (
    "select person, sealed from reserve_helpers where programme = %s and person = any(%s) and released_on is null"
)
_CARD: Final = ("name", "sex", "birth_month", "party_join_month", "education", "remark")
_PERSONAL: Final = ("id_number", "mobile")


def roster(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One page of the roster on the day of the report, the fourteen columns by key in their printed order."""
    on = day(ask)
    where = Where().add("programme = %s", ask.params["programme"]).add(ON, on)
    where.reach(ask.actor, REACH, ("village",), ()).under(ask, "area", "village")
    numbered = f"({_ROSTER} where {where.text()}) as numbered"
    found = page(rows, ask, numbered, Where(), ("village", "person"), *where.values)
    items: Sequence[Mapping[str, Any]] = found["items"]
    helped = rows(_HELPERS, ask.params["programme"], [row["person"] for row in items])
    blobs = [(row["person"], row[part]) for row in items for part in ("card", "personal")]
    blobs += [(row["person"], row["sealed"]) for row in helped]
    contents = opened(ask, tools, "reserve_roster", (*_CARD, *_PERSONAL, "helper"), blobs)
    names: dict[str, list[str]] = {}
    for row, helper in zip(helped, contents[2 * len(items) :], strict=True):
        names.setdefault(row["person"], []).append(_helper(helper))
    shown = [
        _row(row, contents[2 * at], contents[2 * at + 1], names.get(row["person"], []), on)
        for at, row in enumerate(items)
    ]
    return {**found, "items": shown}


def _helper(about: Opened) -> str:
    return str(about) if isinstance(about, Missing) else f"{about['name']} {about['post']}"


def _row(row: Mapping[str, Any], card: Opened, personal: Opened, helpers: list[str], on: Any) -> dict[str, Any]:
    if isinstance(card, Missing) or isinstance(personal, Missing):
        gone = card if isinstance(card, Missing) else personal
        own: dict[str, Any] = {"name": str(gone)}
        age: int | None = None
    else:
        own = {**{key: card.get(key, "") for key in _CARD}, **{key: personal[key] for key in _PERSONAL}}
        age = years(card["birth_month"], on) if on != EVER else None
    return {
        "row_no": row["row_no"],
        "township": _name(row["village"][:9]),
        "village": _name(row["village"]),
        "name": own.get("name", ""),
        "sex": own.get("sex", ""),
        "birth_month": own.get("birth_month", ""),
        "party_join_month": own.get("party_join_month", ""),
        "age": age,
        "education": own.get("education", ""),
        "identity_pool": row["pool"],
        "id_number": own.get("id_number", ""),
        "phone": own.get("mobile", ""),
        "helper_name_and_post": "、".join(helpers),
        "remark": own.get("remark", ""),
    }


def _name(code: str) -> str:
    found = registered(code[:2]).find(code)
    return found.name if found is not None else code


_SHEET = """
select r.programme, r.village, r.person, r.status, r.card, p.sealed as personal
  from reserves r left join persons p on p.person = r.person
"""
_RECORDS = "select kind, number, said, done_on from reserve_records where programme = %s and person = %s order by 1, 2"
_OPINIONS = "select quarter, level, opinion from reserve_quarter_opinions where (programme, person) = (%s, %s)"
_KINDS: Final = ("training", "practice", "headship", "front_line", "meeting", "honour", "lost_work")


def sheet(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The fact sheet of one reserve for a year: the card's fields, records by kind, and four quarters."""
    whole(ask)
    of = year(ask)
    where = Where().equal(ask, programme="r.programme", person="r.person").reach(ask.actor, REACH, ("r.village",), ())
    found = rows(f"{_SHEET} where {where.text()}", *where.values)
    if not found:
        raise SHEET_NOT_SHOWN()
    (row,) = found
    blobs = [(row["person"], row["card"]), (row["person"], row["personal"])]
    card, personal = opened(ask, tools, "reserve_sheet", ("card", *_PERSONAL), blobs)
    fields: dict[str, Any]
    if isinstance(card, Missing) or isinstance(personal, Missing):
        fields = {"name": str(card if isinstance(card, Missing) else personal)}
    else:
        kept = {key: value for key, value in card.items() if key != "family"}
        fields = {**kept, "id_number": personal["id_number"], "phone": personal["mobile"]}
    told = rows(_RECORDS, row["programme"], row["person"])
    records = {
        kind: [{"on": one["done_on"].isoformat(), **one["said"]} for one in told if one["kind"] == kind]
        for kind in _KINDS
    }
    talks = [one for one in told if one["kind"] == "helper_talk" and str(one["done_on"].year) == of]
    opinions = {
        (one["quarter"], one["level"]): one["opinion"] for one in rows(_OPINIONS, row["programme"], row["person"])
    }
    quarters = [_quarter(of, number, talks, opinions) for number in range(1, 5)]
    about = {name: row[name] for name in ("programme", "village", "person", "status")}
    return single(ask, {**about, "year": of, "fields": fields, **records, "quarters": quarters, "annual_result": ""})


def _quarter(
    year: str, number: int, talks: Sequence[Mapping[str, Any]], opinions: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    """A quarter's slot: the help given in it, and what village and township said of it, "" where they said nothing."""
    own = [talk for talk in talks if (talk["done_on"].month - 1) // 3 + 1 == number]
    help_given = [
        {"on": talk["done_on"].isoformat(), **{name: talk["said"][name] for name in ("helper", "content", "opinion")}}
        for talk in own
    ]
    said = {f"{level}_opinion": opinions.get((f"{year}-Q{number}", level), "") for level in ("village", "township")}
    return {"quarter": number, "help": help_given, **said}


QUERIES: Mapping[str, Query] = {
    "reserve_roster": Query(
        roster,
        OPENING,
        "村级后备干部名册",
        {"programme": "方案编号", "area": "区划代码，其下各村（社区）", "as_of": "报送日期"},
        ("programme", "as_of"),
        discloses=True,
    ),
    "reserve_sheet": Query(
        sheet,
        OPENING,
        "村级后备干部日常管理纪实表",
        {"programme": "方案编号", "person": "人员编号", "year": "年份"},
        ("programme", "person", "year"),
        discloses=True,
    ),
}
