"""The appointment form as cells of a programme's registration form, and back.

What one form says in a field of the other's sense is carried over as it stands; six figures of a month get their
hyphen. Nothing is split that was written as one, and what has no place in the printed form is named, not dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gateway.appointment.appointment import FIELDS, Appointment

_SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("XingMing",),
    "sex": ("XingBie",),
    "birth_month": ("ChuShengNianYue",),
    "ethnicity": ("MinZu",),
    "native_place": ("JiGuan",),
    "birthplace": ("ChuShengDi",),
    "party_join_month": ("RuDangShiJian",),
    "work_start_month": ("CanJiaGongZuoShiJian",),
    "health": ("JianKangZhuangKuang",),
    "education_full_time": ("QuanRiZhiJiaoYu_XueLi", "QuanRiZhiJiaoYu_XueWei"),
    "school_major_full_time": ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi"),
    "education_in_service": ("ZaiZhiJiaoYu_XueLi", "ZaiZhiJiaoYu_XueWei"),
    "school_major_in_service": ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi"),
    "sending_unit_and_post": ("XianRenZhiWu",),
    "intended_unit_and_post": ("NiRenZhiWu",),
    "career": ("JianLi",),
    "rewards_and_punishments": ("JiangChengQingKuang",),
    "annual_assessment_results": ("NianDuKaoHeJieGuo",),
    "id_number": ("ShenFenZheng",),
}
"""By key of the registration form what holds it in the appointment form."""
_MEMBER: Final = {
    "family_relation": "ChengWei",
    "family_name": "XingMing",
    "family_political_status": "ZhengZhiMianMao",
    "family_unit_and_post": "GongZuoDanWeiJiZhiWu",
}
_AGE: Final = "family_age"
_PHOTO: Final = "photo"
_ASIDE: Final = frozenset({"Version", "JiSuanNianLingShiJian", "TianBiaoShiJian", "TianBiaoRen"})
"""What is said of the file, not of the person."""
_MONTH: Final = re.compile(r"((?:19|20)\d\d)\.?(0[1-9]|1[0-2])(?:\d\d)?\Z", re.ASCII)
_SIGNS: Final = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True, slots=True)
class Cells:
    """What a form says in another's cells: ``filled`` by key, ``elsewhere`` what has no place there, by its title,
    ``missing`` the keys that nothing was found for."""

    filled: Mapping[str, Any]
    elsewhere: Mapping[str, str]
    missing: tuple[str, ...]


def cells(form: Appointment, keys: Collection[str], on: date) -> Cells:
    """``form`` in the cells ``keys``; ages are full years by the months up to ``on``, as the form counts them."""
    filled: dict[str, Any] = {key: text for key in keys if key in _SAME and (text := _joined(form, _SAME[key]))}
    for key in filled:
        if key.endswith("_month"):
            filled[key] = _month(filled[key])
    if form.family:
        filled |= {key: [one.get(name, "") for one in form.family] for key, name in _MEMBER.items() if key in keys}
        if _AGE in keys:
            filled[_AGE] = [_age(one.get("ChuShengRiQi", ""), on) for one in form.family]
    if form.picture and _PHOTO in keys:
        filled[_PHOTO] = f"sha256:{hashlib.sha256(form.picture).hexdigest()}"
    placed = {name for key in filled for name in _SAME.get(key, ())}
    left = {title: form.said[name] for name, title in FIELDS.items() if form.said.get(name) and name not in placed}
    aside = {FIELDS[name] for name in _ASIDE}
    elsewhere = {title: text for title, text in left.items() if title not in aside}
    return Cells(filled, elsewhere, tuple(key for key in keys if key not in filled))


def appointment(said: Mapping[str, Any], picture: bytes = b"", on: str = "") -> Appointment:
    """What a registration form says, as an appointment form of the day ``on`` (YYYYMMDD): a text that two fields hold
    there stands whole in the first. Dates of birth of a family are not known from ages, and stay empty."""
    fields = {names[0]: _figures(key, str(said.get(key) or "")) for key, names in _SAME.items()}
    family = [{name: str(one.get(key) or "") for key, name in _MEMBER.items()} for one in said.get("family") or ()]
    return Appointment({**fields, "TianBiaoShiJian": on, "JiSuanNianLingShiJian": on}, tuple(family), picture)


def media(picture: bytes) -> str | None:
    """What a picture is by its first bytes; None where it is neither JPEG nor PNG."""
    return next((name for sign, name in _SIGNS.items() if picture.startswith(sign)), None)


def _joined(form: Appointment, names: tuple[str, ...]) -> str:
    return "；".join(dict.fromkeys(text for name in names if (text := form.said.get(name, ""))))


def _month(text: str) -> str:
    """1985-10 for 198510, 1985.10 and 19851003; any other text as it stands, for the owning service to judge."""
    found = _MONTH.match(text)
    return f"{found[1]}-{found[2]}" if found else text


def _figures(key: str, text: str) -> str:
    return text.replace("-", "") if key.endswith("_month") else text


def _age(born: str, on: date) -> str:
    found = _MONTH.match(born)
    return str((on.year * 12 + on.month - int(found[1]) * 12 - int(found[2])) // 12) if found else ""
