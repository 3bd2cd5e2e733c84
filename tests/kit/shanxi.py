"""2015 as all its services live it: a county of twelve villages, a provincial unit and its candidates, each by the
steps of the notice. Whatever a service hears was decided by another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from programmes import loader
from programmes.areas import registered
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast
from tests.kit.personnel.candidates import (
    ATTESTED,
    CHANNEL,
    COUNTY,
    GATES,
    HOST,
    OFFICES,
    POVERTY_OFFICE,
    PROVINCE,
    SX2015,
    UNIT,
)
from tests.kit.together import Together

AREAS = registered("14")
VILLAGES = tuple(village.code for village in AREAS.within(COUNTY, "village"))[:12]
SENDERS = organ("channel", units=(CHANNEL, UNIT))
EVIDENCE = [
    {"of": "party_membership", "source": "党员名册 2015", "verifier": "机关党委"},
    {"of": "identity", "source": "干部人事档案", "verifier": "人事处"},
]
BEGUN, ASSIGNED, TOOK_UP = "2015-06-24", "2015-07-10", "2015-07-15"


def with_spans(titles: Mapping[str, str] | None = None, /, **spans: str) -> Any:
    """2015 as it might read with a last day for some steps: by the step, its ``due`` or ``within`` as TOML; or with
    other ``titles``."""
    text = (loader.PROFILES / "sx2015.toml").read_text(encoding="utf-8")
    for step, span in spans.items():
        (line,) = [line for line in text.splitlines() if f'{{ step = "{step}", ' in line]
        text = text.replace(line, line.replace(", clause =", f", {span}, clause ="))
    for step, title in (titles or {}).items():
        text = re.sub(rf'(step = "{step}", title = )"[^"]*"', rf'\1"{title}"', text)
    return loader.parse(text, "sx2015.toml")


def county(open_desk: Callable[..., Desk], profile: Any = None) -> Together:
    """The rules, the divisions, twelve villages registered as poor, and the unit, which talked to the county."""
    together = Together(open_desk, (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION), "14")
    publish(together.desks["allocation"], PROVINCE, SX2015, BEGUN, profile)
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    units = [{"root": COUNTY, "divisions": divisions}]
    together.command(PROVINCE, "RegisterAreas", BEGUN, edition="2023-06", units=units)
    kinds = [{"target": code, "weak_party": False, "registered_poor": True} for code in VILLAGES]
    together.command(HOST, "RecordVillageKinds", BEGUN, programme=SX2015, county=COUNTY, villages=kinds)
    unit = {"unit": UNIT, "name": "某厅", "channel": CHANNEL, "level": "province"}
    together.command(SENDERS, "RegisterUnit", BEGUN, **unit)
    together.command(HOST, "RecordConsultation", BEGUN, programme=SX2015, county=COUNTY, unit=UNIT)
    return together


def applied(together: Together, n: int, on: str) -> str:
    """The candidacy of the n-th person, who applied on that day."""
    form = {"application": f"报名表 {n}", "id_number": cast.id_number(n), "mobile": cast.mobile(n)}
    applicant = {**form, "form": cast.form(n), "synthetic": True}
    together.command(OFFICES[UNIT], "FileApplications", on, programme=SX2015, unit=UNIT, applicants=[applicant])
    return str(together.desks["personnel"].stored("ApplicationFiled")[-1]["candidacy"])


def qualified(together: Together, n: int, on: str = "2015-06-25") -> str:
    """The candidacy of the n-th person, up to the check: a day each step."""
    key, office = applied(together, n, on), OFFICES[UNIT]
    together.command(office, "PassGates", later(on, 1), candidacy=key, gates=list(GATES))
    about = {"pool": "young_excellent", "party_status": "full", "work_start": "2008-07-01"}
    given = {"attested": list(ATTESTED), "evidence": EVIDENCE}
    together.command(office, "QualifyApplicant", later(on, 2), candidacy=key, **about, **given)
    return key


def recommended(together: Together, n: int, on: str = "2015-06-25") -> str:
    """The candidacy of the n-th person, up to the recommendation, on the third day."""
    key = qualified(together, n, on)
    decided = {"nominees": [key], "decision": "党组会纪要〔2015〕9号"}
    together.command(OFFICES[UNIT], "RecommendNominees", later(on, 3), **decided)
    return key


def cleared(together: Together, n: int, on: str = "2015-06-25") -> str:
    """The candidacy of the n-th person, filed five days after the application."""
    key = recommended(together, n, on)
    listed = {"nominees": [key], "document": f"件 {n}"}
    together.command(POVERTY_OFFICE, "ApproveNominees", later(on, 4), **listed)
    together.command(PROVINCE, "FileNominees", later(on, 5), **listed)
    return key


def person_of(key: str) -> str:
    """The person of a candidacy."""
    return key.removeprefix(f"{SX2015}.")


def on_post(together: Together, n: int, village: str) -> tuple[str, str]:
    """Posting and person of the n-th person, on post in a village, with a term of two years."""
    person = person_of(cleared(together, n))
    asked = {"programme": SX2015, "target": village, "unit": UNIT, "person": person, "level": "province"}
    together.command(HOST, "AssignVillage", ASSIGNED, **asked)
    posting = str(together.desks["allocation"].stored("VillageAssigned")[-1]["posting"])
    together.command(HOST, "AppointCadres", TOOK_UP, postings=[posting])
    together.command(HOST, "TakeUpPosts", TOOK_UP, postings=[posting], party_status="full")
    return posting, person


def later(day: str, days: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
