"""``.lrm``: the older file of the appointment form, 33 quoted texts with commas between, in GB 18030 (its writers say
GB 2312). ``@`` stands between what is full-time and what in service, ``#`` between degree and diploma, and ``@`` again
between members of the family. Its photo lies beside it (``.pic``) and is handed in as a photo.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from gateway.appointment.appointment import MEMBER, Appointment
from gateway.appointment.refusals import APPOINTMENT_UNREADABLE

_PLACES: Final = {
    0: "XingMing",
    1: "XingBie",
    2: "ChuShengNianYue",
    3: "MinZu",
    4: "JiGuan",
    5: "RuDangShiJian",
    6: "JianKangZhuangKuang",
    7: "ChuShengDi",
    8: "CanJiaGongZuoShiJian",
    11: "ZhuanYeJiShuZhiWu",
    16: "ShuXiZhuanYeYouHeZhuanChang",
    17: "JianLi",
    18: "JiangChengQingKuang",
    19: "NianDuKaoHeJieGuo",
    25: "XianRenZhiWu",
    26: "NiRenZhiWu",
    27: "NiMianZhiWu",
    28: "RenMianLiYou",
    29: "ChengBaoDanWei",
    30: "JiSuanNianLingShiJian",
    31: "TianBiaoRen",
    32: "TianBiaoShiJian",
}
"""What stands at a place by itself; 12 to 15 are not known to mean anything."""
_EDUCATION: Final = {9: ("_XueLi", "_XueWei"), 10: ("_XueLi_BiYeYuanXiaoXi", "_XueWei_BiYeYuanXiaoXi")}
_FAMILY, _ALL = 20, 33


def read(body: bytes) -> Appointment:
    """The form in a file.

    Raises:
        BadInput: ``appointment_unreadable``.
    """
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError as error:
        raise APPOINTMENT_UNREADABLE(why="文字不是国标编码") from error
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise APPOINTMENT_UNREADABLE(why="引号不成对") from error
    parts = [part.strip() for row in rows for part in row]
    if len(rows) != 1 or len(parts) != _ALL:
        raise APPOINTMENT_UNREADABLE(why=f"应为一行 {_ALL} 项，读出 {len(rows)} 行 {len(parts)} 项")
    said = {name: "\n".join(parts[place].splitlines()) for place, name in _PLACES.items()}
    for place, ends in _EDUCATION.items():
        for way, given in zip(("QuanRiZhiJiaoYu", "ZaiZhiJiaoYu"), _two(parts[place], "@"), strict=True):
            said |= {f"{way}{end}": one for end, one in zip(ends, _two(given, "#"), strict=True)}
    return Appointment(said, _family(parts[_FAMILY : _FAMILY + len(MEMBER)]))


def _family(columns: Sequence[str]) -> tuple[dict[str, str], ...]:
    """A member for each place between the marks; a column left empty says nothing of anybody."""
    apart = [column.split("@") for column in columns]
    many = max(map(len, apart))
    if any(len(column) != many for column in apart if column != [""]):
        raise APPOINTMENT_UNREADABLE(why="家庭成员各栏的人数不一")
    filled = [column if column != [""] else [""] * many for column in apart]
    members = [dict(zip(MEMBER, map(str.strip, row), strict=True)) for row in zip(*filled, strict=True)]
    return tuple(member for member in members if any(member.values()))


def _two(text: str, mark: str) -> tuple[str, str]:
    """Both sides of the mark, the second empty without it; refused where it stands twice: whose it is nobody says."""
    parts = [part.strip() for part in text.split(mark)]
    if len(parts) > 2:
        raise APPOINTMENT_UNREADABLE(why=f"学历学位一项里的“{mark}”多于一个")
    return parts[0], parts[1] if len(parts) == 2 else ""
