"""The roles of tokens: what officials call them, and the groups of them that commands and questions admit.

Invariant: a sentence never shows the code of a role; a code stands in structured fields alone. A role without a name
here is shown as it came, since only a token of a stranger carries one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

ROLE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "province_org": "省委组织部",
        "city_org": "市委组织部",
        "county_org": "县委组织部",
        "channel": "工委（党委）",
        "enterprise": "企业党委",
        "unit": "派出单位",
        "township": "乡镇党委",
        "village": "村党组织",
        "cadre": "选派干部",
        "system": "系统",
        "calendar": "日程推进",
        "system_admin": "系统管理员",
        "security_admin": "安全管理员",
        "auditor": "审计",
        "witness": "见证方",
    }
)


def called(role: str) -> str:
    """The name of ``role``."""
    return ROLE_NAMES.get(role, role)


_POSTS: Final = {
    "province_org": "干部处",
    "city_org": "组织部",
    "county_org": "组织部",
    "township": "乡镇党委",
    "village": "村党组织",
    "channel": "干部处",
    "enterprise": "干部处",
    "unit": "党委（党组）",
    "cadre": "选派干部",
    "system": "定时任务",
    "witness": "见证",
}


def post_of(role: str) -> str:
    """The post in which ``role`` acts; the role's own name where it has no other."""
    return _POSTS.get(role, ROLE_NAMES[role])


def all_called(roles: Iterable[str]) -> str:
    """The names of ``roles`` in the order of the table, those without a name last."""
    given = set(roles)
    known = [name for role, name in ROLE_NAMES.items() if role in given]
    return "、".join([*known, *sorted(given - set(ROLE_NAMES))])


PROVINCE: Final = frozenset({"province_org"})
CHANNELS: Final = frozenset({"channel", "enterprise"})
CITIES: Final = frozenset({"city_org"})
COUNTIES: Final = frozenset({"county_org"})
MANAGERS: Final = CHANNELS | CITIES | COUNTIES
"""Who manages sending units: a city's or county's department is the channel of the units there."""
UNITS: Final = frozenset({"unit"})
TOWNSHIPS: Final = frozenset({"township"})
VILLAGES: Final = frozenset({"village"})
CADRES: Final = frozenset({"cadre"})
SYSTEM: Final = frozenset({"system"})
CALENDAR: Final = frozenset({"calendar"})
"""The process of the days (``kernel.days``): it gives the commands that a day asks for, and reads nothing else."""
SYSTEM_ADMIN: Final = frozenset({"system_admin"})
SECURITY: Final = frozenset({"security_admin"})
AUDITOR: Final = frozenset({"auditor"})
LEVELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "province_org": "province",
        "city_org": "city",
        "county_org": "county",
        "township": "township",
        "village": "village",
    }
)
"""The level of the areas of a territorial role."""
TIER_NAMES: Final[Mapping[str, str]] = MappingProxyType({"province": "省级", "city": "市级", "county": "县级"})
"""What the tiers of postings are called."""
DIGITS: Final[Mapping[str, int]] = MappingProxyType(
    {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}
)
"""Digits of the division code of each level."""
