"""Attendance with cadres on post whose money is to be worked out: told by the services that know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from kernel.codec import data_of, plain
from kernel.testing import context, rules_of
from programmes import loader
from services.attendance.wiring import SERVICE
from services.evaluation.quarters.quarter_review import QUARTERS, HoldQuarterReview
from services.personnel.parts import POSTING
from services.personnel.postings.posting import CadreOnPost, PlacementNoted
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast, handover

JINZHOU, NEIGHBOUR, ELSEWHERE = "210727101208", "210727101209", "211321102201"
UNIT, COUNTY = organ("unit", units=(cast.UNIT,)), organ("county_org", "210727")
RATES = [{"since": "2018-05-10", "fen": 8000}, {"since": "2018-06-10", "fen": 10000}]
FUNDS: Mapping[str, Any] = loader.load("SX2015").published()["rules"]


def posting(target: str) -> str:
    return f"LN2018.{target}.1"


def published(version: int, *, rates: Any = RATES) -> dict[str, Any]:
    """Rules of 2018 that pay by the day and ask for work funds, as the notice of Shanxi does."""
    own = loader.load("LN2018").published()
    paths = ("days", "payer", "kinds", "sources")
    taken = {path: FUNDS[path] for path in (*(f"allowance.{name}" for name in paths), "funds.sources", "funds.work")}
    daily = {**FUNDS["allowance.daily"], "value": rates, "origin": "assumed" if rates else "unknown"}
    return {**own, "version": version, "rules": {**own["rules"], **taken, "allowance.daily": daily}}


def settled(partial_month: str) -> dict[str, Any]:
    """The next version of the rules of Jinzhou, which says how a month is paid that was served in part."""
    own = loader.load("JZ").published()
    said = {**own["rules"]["allowance.partial_month"], "value": partial_month, "origin": "assumed"}
    return {**own, "version": 2, "rules": {**own["rules"], "allowance.partial_month": said}}


def open_office(open_desk: Callable[..., Desk]) -> Desk:
    """Attendance that knows the rules."""
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    return desk


def arrive(desk: Desk, target: str, on: str, tier: str = "city") -> None:
    """Personnel puts a cadre on post at ``target`` on a day."""
    noting = handover.placement(target=target, posting=posting(target), person=f"p-{target}", tier=tier)
    placed = PlacementNoted.carrying(noting, occurred_on=date.fromisoformat(on))
    before = handover.given(POSTING, placed)
    county = cast.actor("county_org", areas=(target[:6],))
    steps = (
        handover.items(on, cast.UNIT_OFFICE, "party_relation", "escort"),
        handover.items(on, county, "host_contact", "board_lodging"),
    )
    state = handover.after(before, *steps[:1]).state
    (arrived,) = (event for event in POSTING.decide(state, steps[1]) if isinstance(event, CadreOnPost))
    desk.hear("personnel", "CadreOnPost", on, **plain(data_of(arrived)))


def review(desk: Desk, quarter: str, on: str, county: str = "210727") -> None:
    """Evaluation records a county's meeting on a quarter."""
    rules = rules_of(*(loader.load(name).published() for name in ("LN2018", "JZ")), area=county)
    command = HoldQuarterReview(
        context=context(on, organ("county_org", county), rules=rules),
        programme="LN2018",
        county=county,
        quarter=quarter,
        heard=("progress", "problems", "next_plan"),
        minutes="调度会纪要",
    )
    (meeting,) = QUARTERS.decide({}, command)
    desk.hear("evaluation", "QuarterReviewHeld", on, **plain(data_of(meeting)))


def seal(desk: Desk, target: str, month: str, days: int, on: str) -> None:
    """The first ``days`` of a month registered, compiled, signed and sealed."""
    township, village = organ("township", target[:9]), organ("village", target)
    secretary = {"organ": target[:9], "post": "party_secretary", "since": "2016-01-01", "until": None}
    desk.hear("allocation", "OfficeHolderRecorded", "2018-05-01", **secretary, person=township.person)
    first, about = date.fromisoformat(f"{month}-01"), {"posting": posting(target), "month": month}
    chosen = [(first + timedelta(days=n)).isoformat() for n in range(days)]
    desk.command(village, "RegisterDays", on, **about, days=chosen)
    desk.command(village, "CompileMonth", on, **about)
    desk.command(township, "SignMonth", on, **about)
    desk.command(township, "SealMonth", on, **about)
