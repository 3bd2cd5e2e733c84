"""Organs of a programme, the body a county may have, and the posts by kind of target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.attendance import Post
from programmes.readers.words import NO_TWICE, Kind, Name, Names, Role, Row, each_once

Scope = Literal["province", "city", "county", "township", "village", "channel", "unit", "posting", "host"]


class Organ(Row, frozen=True):
    """An organ of a programme: its code, its printed name, the role of its token ("" where that depends on the host).

    ``scope`` is the level of the area it reaches, or channel, unit, posting, host for those that reach no area.
    """

    organ: Name
    printed: Name
    role: Role | Literal[""]
    scope: Scope


class Body(Row, frozen=True):
    """The post that leads the body of a county, and the organ where its office is."""

    secretary: Name
    office: Name


Organs = Annotated[tuple[Organ, ...], Meta(min_length=1)]

ORGANS = Reader[Organs](
    "organs.list",
    "机构与职责范围",
    each_once("organ"),
    Check(lambda of: all((one.role == "") == (one.scope == "host") for one in of), "只有 host 一级的机构不写角色"),
)
OFFICES = Reader[Annotated[tuple[Post, ...], Meta(min_length=1)]]("organs.offices", "登记任职和代理", NO_TWICE)
"""Posts of which it is recorded who holds them, beside the one that signs sheets of attendance."""
BODY = Reader[Body]("county_committee.body", "登记选派干部工作机构")
DEPARTMENTS = Reader[Names]("organs.departments", "机构与职责范围", NO_TWICE)
MASS = Reader[Names]("organs.mass", "机构与职责范围", NO_TWICE)
"""Departments and mass organisations of each county that support the work; they act by no token."""
POSTS = Reader[Annotated[Mapping[Kind, Name], Meta(min_length=1)]]("post.kinds", "岗位确定、推荐和交接")
