"""Synthetic persons, units and offices for the tests of personnel, and the real rules they are judged by."""

from __future__ import annotations

from functools import cache
from typing import Any

from stdnum.cn import ric

from kernel.messages import Actor, Context
from kernel.rules import Rules
from kernel.testing import actor, context, rules_of
from programmes import loader

CHANNEL, UNIT, ENTERPRISE = "省直机关工委", "U01", "鞍钢"
TARGET = "210727101208"
POSTING = f"LN2018.{TARGET}.1"

PROVINCE = actor("province_org", areas=("21",))
CHANNEL_OFFICE = actor("channel", units=(CHANNEL,))
UNIT_OFFICE = actor("unit", units=(UNIT,))
ENTERPRISE_OFFICE = actor("enterprise", units=(ENTERPRISE, "U58"))
COUNTY = actor("county_org", areas=("210727",))
OTHER_COUNTY = actor("county_org", areas=("210726",))
SENDING_CITY = actor("city_org", areas=("2113",))
HOST_CITY = actor("city_org", areas=("2102",))
SYSTEM = actor("system", areas=("21",))
FIRST = actor("security_admin", person="s-1", areas=("21",))
SECOND = actor("security_admin", person="s-2", areas=("21",))


@cache
def rules(programme: str = "LN2018", area: str | None = None) -> Rules:
    """The published rules of a programme, for an area with its supplement."""
    names = ("LN2018", "JZ") if programme == "LN2018" else (programme,)
    return rules_of(*(loader.load(name).published() for name in names), area=area)


def ctx(on: str, by: Actor, programme: str = "LN2018", area: str | None = None, command_id: str = "c-1") -> Context:
    """A context with the published rules."""
    return context(on, by, rules=rules(programme, area), command_id=command_id)


def id_number(n: int) -> str:
    """The n-th synthetic id number; its checksum holds."""
    front = f"2103211980{n % 12 + 1:02d}15{n // 12:03d}"
    return front + str(ric.calc_check_digit(front + "0"))


def mobile(n: int) -> str:
    """The n-th synthetic mobile number."""
    return f"139{n:08d}"


def form(n: int, post: str = "村党组织第一书记 待分配") -> dict[str, Any]:
    """A filled form of the n-th synthetic person, two family members."""
    return {
        "name": f"合成人员{n:04d}",
        "sex": "男" if n // 12 % 2 else "女",
        "birth_month": f"1980-{n % 12 + 1:02d}",
        "photo": f"sha256:{n:064x}",
        "ethnicity": "满族",
        "native_place": "辽宁某县",
        "birthplace": "辽宁某县",
        "party_join_month": "",
        "work_start_month": "2002-08",
        "health": "健康",
        "education_full_time": "大学本科",
        "school_major_full_time": "某大学 农学",
        "education_in_service": "",
        "school_major_in_service": "",
        "sending_unit_and_post": "某单位 科员",
        "intended_unit_and_post": post,
        "career": "2002.08 至今 合成履历",
        "rewards_and_punishments": "无",
        "annual_assessment_results": "2017 优秀",
        "family_relation": "配偶\n子女",
        "family_name": f"合成家属{n:04d}\n合成子女{n:04d}",
        "family_age": "38\n9",
        "family_political_status": "群众\n群众",
        "family_unit_and_post": "某学校 教师\n某小学 学生",
        "reporting_unit_opinion": "同意推荐（盖章）2018-04-18",
        "reviewing_unit_opinion": "",
        "approving_unit_opinion": "",
    }


def row(n: int, **changes: Any) -> dict[str, Any]:
    """The roster row of the n-th synthetic person."""
    beside = {
        "id_number": id_number(n),
        "mobile": mobile(n),
        "origin": "organisation",
        "unit": UNIT,
        "kind": "village",
        "copies": 5,
        "decision": "党委会〔2018〕1号",
        "recipient": CHANNEL,
        "synthetic": True,
    }
    return {**form(n), **beside, **changes}
