"""The photo of a nominee, shown to whom the form is shown, after an event says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, day, single
from kernel.service import Ask, Query
from services.personnel.ledger.form_queries import CAME_OF_IT, ROLES, reached
from services.personnel.ledger.refusals import PHOTO_NOT_SHOWN
from services.personnel.privacy.disclosure_queries import Missing, opened

_PHOTO = """
select sha256, media, size, attached_on from photos where person = %s and attached_on <= %s
 order by attached_on desc, sha256 desc limit 1
"""
_NOMINEE = f"select n.person from nominations n {CAME_OF_IT}"


def photo(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The photo of the person of ``nomination`` as it was on ``as_of``: {sha256, media, size, attached_on, base64}.

    Raises:
        Unknown: there is none, the nomination is not the asker's to see, or the sealed file is not what the log names.
    """
    where = reached(Where().add("n.nomination = %s", ask.params["nomination"]), ask)
    found = rows(f"{_NOMINEE} where {where.text()}", *where.values)
    kept = rows(_PHOTO, found[0]["person"], day(ask)) if found else []
    sealed = tools["attachments"].get([row["sha256"] for row in kept])
    if not sealed:
        raise PHOTO_NOT_SHOWN()
    (content,) = opened(ask, tools, "photo", ("photo",), [(found[0]["person"], sealed[kept[0]["sha256"]])])
    picture = content if isinstance(content, Missing) else content["base64"]
    return single(ask, {**kept[0], "base64": picture})


QUERIES: Mapping[str, Query] = {
    "photo": Query(
        photo,
        ROLES,
        "人选照片",
        {"nomination": "推荐编号", "as_of": "事实日期，缺省为现在"},
        ("nomination",),
        discloses=True,
    )
}
