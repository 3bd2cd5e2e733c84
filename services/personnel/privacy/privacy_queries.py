"""Questions of privacy: all data of one person for who is to hand it over, how erasures stand, and who read what.

Invariant: a security administrator gets a person's data only to hand it over before it is destroyed, on the own request
and approved by another, sealed by the system, which keeps the digest of what it gave; an auditor sees who read what and
no personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page, single, whole
from kernel.service import Ask, Query
from kernel.vault import export
from services.personnel.privacy import privacy
from services.personnel.privacy.disclosure_queries import opened, today
from services.personnel.privacy.refusals import IDENTITY_UNSETTLED, PERSON_UNREADABLE

SECURITY = frozenset({"security_admin"})
AUDITOR = frozenset({"auditor"})
# The records of one person whose keys are not destroyed, the one asked about first.
_RECORDS = """
select r.person, r.sealed, coalesce(e.requester, '') as requester, coalesce(e.approver, '') as approver,
       coalesce((select jsonb_agg(h.hold order by h.hold) from holds h
                  where h.person = r.person and h.lifted_on is null), '[]') as holds,
       exists (select 1 from persons o where o.known = r.person and o.identity = 'open') as open
  from persons p join persons r on r.record_of = p.record_of left join erasures e on e.person = r.person
 where p.person = %s and r.erased_on is null order by r.person <> p.person, r.person
"""
_VERSIONS = """
select person, part, programme, nomination, entered_by, post, organ, entered_on, recorded_at, sealed
  from versions where person = any(%s) order by position
"""
_FORMS = """
select n.person, n.nomination, n.form, n.form_version, v.sealed
  from nominations n join versions v on v.person = n.person and v.nomination = n.nomination and v.part = 'form'
 where n.person = any(%s) order by n.nomination
"""
_PHOTOS = "select person, sha256, attached_on from photos where person = any(%s) order by attached_on, sha256"
_ACCESSES = """
(select a.position, a.reader, a.post, a.organ, a.role, a.purpose, a.correlation, a.persons, a.fields, a.count,
        a.read_on, a.recorded_at, case a.again when 0 then coalesce(o.again, 0) else a.again end as again
   from accesses a left join rereadings.open o on o.first = a.position) as counted
"""


def personal_data(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """All that is kept of ``person``, under whichever id, as one item: {person, file, key}; it is recorded so.

    ``file`` is the text of a sealed file (``export``), ``key`` opens it and is kept nowhere. It holds {person,
    personal, forms, versions, photos}: the data as it stands, and every version ever entered, with who entered it and
    when.

    Raises:
        Unknown: there is no such person, or the data was destroyed.
        Rejected: no approved request of the asker stands, or the data must be kept.
    """
    whole(ask)
    person = ask.params["person"]
    records = rows(_RECORDS, person)
    if not records:
        raise PERSON_UNREADABLE()
    for row in records:
        state = privacy.Privacy(row["requester"], row["approver"], holds=dict.fromkeys(row["holds"], ""))
        privacy.may_export(state, ask.actor)
        if row["open"]:
            raise IDENTITY_UNSETTLED()
    ids = [row["person"] for row in records]
    forms, versions, photos = rows(_FORMS, ids), rows(_VERSIONS, ids), rows(_PHOTOS, ids)
    files = tools["attachments"].get([one["sha256"] for one in photos]) if photos else {}
    photos = [one for one in photos if one["sha256"] in files]
    blobs = [(one["person"], one.pop("sealed")) for one in (records[0], *forms, *versions)]
    blobs += [(one["person"], files[one["sha256"]]) for one in photos]
    personal, *filled = opened(ask, tools, "personal_data", ("personal", "form"), blobs)
    content = {
        "person": person,
        "personal": personal,
        "forms": [
            {"nomination": one["nomination"], "form": one["form"], "version": one["form_version"], "fields": fields}
            for one, fields in zip(forms, filled, strict=False)
        ],
        "versions": [
            {**one, "entered_on": one["entered_on"].isoformat(), "content": entered}
            for one, entered in zip(versions, filled[len(forms) :], strict=False)
        ],
        "photos": [
            {"attached_on": one["attached_on"].isoformat(), "content": picture}
            for one, picture in zip(photos, filled[len(forms) + len(versions) :], strict=True)
        ],
    }
    made = export.sealed(person, content, tools["vault"].cipher)
    handed: dict[str, Any] = {"requester": ask.actor.person, "export": made.sha256, "versions": len(versions)}
    ask.record(
        [(f"privacy/{one}", privacy.PersonalDataExported(occurred_on=today(), person=one, **handed)) for one in ids]
    )
    return single(ask, {"person": person, "file": made.text, "key": made.key})


def erasures(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Requests to destroy personal data and how far each has come."""
    return page(rows, ask, "erasures", Where().equal(ask, "person", "status"), ("person",))


def legal_holds(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What must be kept by law; ``lifted_on`` is empty while it must."""
    return page(rows, ask, "holds", Where().equal(ask, "person"), ("person", "hold"))


def access_log(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Every reading of personal data, oldest first; ``again`` is how often it was repeated, up to now.

    What is counted in a window that is not over, or whose number is not an event yet, is among it.
    """
    where = Where().equal(ask, "reader", "role", "purpose", "read_on")
    if ask.params.get("person"):
        where.add("persons @> jsonb_build_array(%s::text)", ask.params["person"])
    return page(rows, ask, _ACCESSES, where, ("position",))


_PERSON_ID = {"person": "人员编号"}

QUERIES: Mapping[str, Query] = {
    "personal_data": Query(personal_data, SECURITY, "销毁前移交的本人信息", _PERSON_ID, ("person",), discloses=True),
    "erasures": Query(erasures, SECURITY | AUDITOR, "个人信息销毁申请", {**_PERSON_ID, "status": "状态"}),
    "legal_holds": Query(legal_holds, SECURITY | AUDITOR, "依法保存要求", _PERSON_ID),
    "access_log": Query(
        access_log,
        AUDITOR,
        "个人信息查阅记录",
        {
            **_PERSON_ID,
            "reader": "查阅人",
            "role": "查阅人角色",
            "purpose": "查询名称",
            "read_on": "查阅日期 YYYY-MM-DD",
        },
    ),
}
