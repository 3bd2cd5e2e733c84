"""Read models of the registers: notices and their delivery, profiles, divisions, units, office holders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from kernel import profiles
from kernel.asking import Find, Page, Where, page
from kernel.codec import plain
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.notices import canonical_number
from services.allocation.readers_queries import PLACED, SENDING, SHARED
from services.allocation.registers.area import AreasRegistered
from services.allocation.registers.division_change import DivisionChanged
from services.allocation.registers.notice import NoticeIssued
from services.allocation.registers.notice_delivery import NoticeDelivered, NoticeSent
from services.allocation.registers.office import OfficeHolderRecorded, OfficeLeft, StandInRecorded
from services.allocation.registers.programme import ProfilePublished
from services.allocation.registers.unit import HelpTiesRecorded, UnitRegistered
from services.allocation.registers.unit_change import UnitMerged, UnitMoved, UnitRenamed, UnitSplit
from services.allocation.roles import EVERYONE, OFFICES

NOTICES = Table(
    "notices",
    {"notice": "text"},
    {
        "number": "text",
        "title": "text",
        "issuers": "json",
        "issued_on": "date",
        "scope": "text",
        "addressees": "json",
        "based_on": "json",
        "annexes": "json",
        "entered_on": "date",
    },
)
DELIVERIES = Table(
    "notice_deliveries",
    {"notice": "text", "recipient": "text"},
    {
        "addressee": "text",
        "area": "text",
        "unit": "text",
        "scope": "text",
        "acknowledged": "bool",
        "sent_on": "date",
        "acknowledged_on": "date",
    },
)
PROFILES = Table(
    "profiles",
    {"programme": "text", "version": "int"},
    {"base": "text", "scope": "text", "sha256": "text", "title": "text", "rules": "int", "published_on": "date"},
)
RULES = Table(
    "profile_rules",
    {"programme": "text", "version": "int", "path": "text"},
    {"value": "json", "unit": "text", "origin": "text", "notice": "text", "clause": "text"},
)
AREAS = Table(
    "areas", {"code": "text", "edition": "text"}, {"name": "text", "parent": "text"}, indexes=(("parent", "edition"),)
)
UNITS = Table(
    "units",
    {"unit": "text"},
    {"name": "text", "channel": "text", "level": "text", "helped": "json", "contacts": "json"},
    indexes=(("channel",),),
)
CHANGES = Table(
    "division_changes",
    {"old": "text", "changed_on": "date"},
    {"code": "text", "kind": "text", "name": "text", "document": "text"},
    indexes=(("code",),),
)
UNIT_NAMES = Table("unit_names", {"unit": "text", "since": "date"}, {"name": "text", "channel": "text"})
UNIT_CHANGES = Table(
    "unit_changes",
    {"unit": "text", "changed_on": "date", "kind": "text"},
    {"successors": "json", "document": "text"},
)
OFFICES_HELD = Table(
    "office_holders", {"organ": "text", "post": "text", "since": "date"}, {"person": "text", "until": "date"}
)
STAND_INS = Table(
    "stand_ins",
    {"organ": "text", "post": "text", "since": "date"},
    {"person": "text", "holder": "text", "until": "date"},
)
TABLES = (
    NOTICES,
    DELIVERIES,
    PROFILES,
    RULES,
    profiles.IN_FORCE,
    AREAS,
    CHANGES,
    UNITS,
    UNIT_NAMES,
    UNIT_CHANGES,
    OFFICES_HELD,
    STAND_INS,
)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case NoticeIssued() as e:
            yield NOTICES.of(
                e,
                number=e.number or "",
                issuers=list(e.issuers),
                addressees=list(e.addressees),
                based_on=list(e.based_on),
                annexes=plain(e.annexes),
                entered_on=on,
            )
        case NoticeSent() as e:
            for to in e.recipients:
                yield DELIVERIES.put(
                    e.notice,
                    to.area or to.unit,
                    addressee=to.addressee,
                    area=to.area or "",
                    unit=to.unit or "",
                    # A unit has no area: it is seen by whoever has the notice's.
                    scope=to.area or e.scope,
                    sent_on=on,
                )
        case NoticeDelivered() as e:
            yield DELIVERIES.put(e.notice, e.area or e.unit, acknowledged=True, acknowledged_on=on)
        case ProfilePublished() as e:
            yield profiles.row(e)
            yield PROFILES.of(e, base=e.base or "", rules=len(e.rules), published_on=on)
            for path, rule in e.rules.items():
                yield RULES.of(
                    e,
                    path=path,
                    value={"value": rule["value"]},
                    unit=rule.get("unit") or "",
                    origin=rule["origin"],
                    notice=rule.get("notice") or "",
                    clause=rule.get("clause") or "",
                )
        case AreasRegistered() as e:
            for division in e.divisions:
                yield AREAS.put(division.code, e.edition, name=division.name, parent=parent_of(division.code))
        case DivisionChanged() as e:
            # A change is an edition of its own, of one code, under the number of its document.
            yield AREAS.put(e.code, e.document, name=e.name, parent=parent_of(e.code))
            for old in e.codes:
                yield CHANGES.of(e, old=old, changed_on=on)
        case UnitRegistered() as e:
            yield UNITS.of(e, helped=[], contacts=[])
            yield UNIT_NAMES.of(e, since=on)
        case UnitRenamed() | UnitMoved() as e:
            yield UNITS.of(e)
            yield UNIT_NAMES.of(e, since=on)
            yield UNIT_CHANGES.of(e, changed_on=on, kind="renamed" if isinstance(e, UnitRenamed) else "moved")
        case UnitMerged() as e:
            yield UNIT_CHANGES.of(e, changed_on=on, kind="merged", successors=[e.into])
        case UnitSplit() as e:
            yield UNIT_CHANGES.of(e, changed_on=on, kind="split", successors=list(e.parts))
        case HelpTiesRecorded() as e:
            yield UNITS.put(e.unit, helped=list(e.helped), contacts=list(e.contacts))
        case OfficeHolderRecorded() as e:
            yield OFFICES_HELD.of(e)
        case OfficeLeft() as e:
            yield OFFICES_HELD.put(e.organ, e.post, e.since, until=e.left_on - timedelta(days=1))
        case StandInRecorded() as e:
            yield STAND_INS.of(e, holder=e.holder or "")


def parent_of(code: str) -> str:
    """The code one level up; "" above a province."""
    return code[: {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}[len(code)]]


def notices(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Notices; ``number`` is looked up in whatever brackets it is written (X-010)."""
    where = Where()
    if ask.params.get("number"):
        where.add("notice = %s", canonical_number(ask.params["number"]))
    return page(rows, ask, "notices", where, ("notice",))


def deliveries(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """To whom a notice went and who has acknowledged it; ``acknowledged=false`` lists whoever has not (X-011)."""
    where = Where().equal(ask, "acknowledged", "area", "unit")
    if ask.params.get("notice"):
        where.add("notice = %s", canonical_number(ask.params["notice"]))
    where.reach(ask.actor, PLACED, ("scope",), ("unit",))
    return page(rows, ask, "notice_deliveries", where, ("notice", "recipient"))


QUERIES = {
    "notices": Query(notices, EVERYONE, "通知登记", {"number": "文号，〔〕与[]等同"}),
    "deliveries": Query(
        deliveries,
        OFFICES,
        "通知签收",
        {"notice": "文号", "acknowledged": "true 或 false", "area": "区划代码", "unit": "单位编号"},
    ),
    **queries(
        profiles=Listing("方案规则版本", PROFILES, EVERYONE, {"programme": "方案编号"}, reach=SHARED),
        # Each value with origin, notice and clause.
        rules=Listing(
            "方案规则",
            RULES,
            EVERYONE,
            {"programme": "方案编号", "version": "版本", "path": "规则路径", "origin": "来源"},
            reach=SHARED,
        ),
        areas=Listing(
            "区划登记",
            AREAS,
            EVERYONE,
            {"code": "区划代码", "parent": "上级代码", "edition": "版本"},
            reach=SHARED,
        ),
        units=Listing(
            "派出单位",
            UNITS,
            OFFICES,
            {"channel": "领域", "unit": "单位编号"},
            units=("channel", "unit"),
            reach=SENDING,
        ),
        office_holders=Listing(
            "任职登记", OFFICES_HELD, OFFICES, {"organ": "机关区划代码", "post": "职务"}, areas=("organ",)
        ),
        stand_ins=Listing("代理登记", STAND_INS, OFFICES, {"organ": "机关区划代码", "post": "职务"}, areas=("organ",)),
    ),
}
