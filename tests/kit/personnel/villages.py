"""Personnel on a real log in 2015: applicants of a provincial unit go the whole way into villages of a county."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from kernel.codec import data_of, plain
from kernel.messages import Event
from programmes import loader
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.demand_state import Demand, VillageKinds
from services.allocation.demand.village_kinds import RecordVillageKinds, VillageKindsRecorded
from services.allocation.registers.office import OFFICE, Holder, KnownPosts, RecordActing, RecordHolder
from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import candidates, cast
from tests.kit.personnel.candidates import CHANNEL, COUNTY, HOST, OFFICES, POVERTY_OFFICE, PROVINCE, SX2015, UNIT

CITY_HEAD, KNOWN = ("1409", "org_head"), KnownPosts(("city_org_head",))
BEGUN: Final = OFFICE.decide(OFFICE.initial, RecordHolder(
    context=candidates.at("2014-01-01", PROVINCE), holder=Holder(*CITY_HEAD, "p-head", date(2014, 1, 1)), known=KNOWN
))  # fmt: skip
"""Who heads the city's department first, as allocation records it."""


def heads(desk: Desk, *orders: RecordHolder | RecordActing) -> None:
    """Personnel hears who heads the city's department after the first, and who stands in, as allocation records it."""
    office = OFFICE.fold(OFFICE.initial, BEGUN)
    for order in orders:
        events = OFFICE.decide(office, order)
        office = OFFICE.fold(office, events)
        for event in events:
            desk.hear("allocation", type(event).__name__, event.occurred_on.isoformat(), **plain(data_of(event)))


def opened(open_desk: Callable[..., Desk], profile: Any = None) -> Desk:
    """Personnel that knows the rules, or those of ``profile``, the unit and who heads the city's department."""
    desk = open_desk(SERVICE, province="14")
    published = (profile or loader.load(SX2015)).published()
    desk.hear("allocation", "ProfilePublished", "2015-06-24", **published)
    desk.hear_of("allocation", said.unit_registered(UNIT, CHANNEL, on="2015-06-24"))
    (head,) = BEGUN
    desk.hear("allocation", type(head).__name__, "2015-06-24", **plain(data_of(head)))
    return desk


def kinds(desk: Desk, *villages: VillageKinds, county: str = COUNTY, on: str = "2015-06-30") -> None:
    """Allocation registers the kinds of villages of a county."""
    by = candidates.host_of(county)
    command = RecordVillageKinds(context=candidates.at(on, by), programme=SX2015, county=county, villages=villages)
    recorded: Event = DEMAND.decide(Demand(), command)[0]
    assert isinstance(recorded, VillageKindsRecorded)
    desk.hear("allocation", "VillageKindsRecorded", on, **dict(plain(data_of(recorded))))


def assign(desk: Desk, numbers: Iterable[int], targets: Iterable[str]) -> list[str]:
    """The persons of these numbers apply, are qualified, filed and assigned to the villages; gives their postings."""
    own, numbers = OFFICES[UNIT], list(numbers)
    before = {row["candidacy"] for row in desk.query(own, "candidacies", programme=SX2015)}
    applicants = [
        {
            "application": f"报名表 {n}",
            "id_number": cast.id_number(n),
            "mobile": cast.mobile(n),
            "form": cast.form(n),
            "synthetic": True,
        }
        for n in numbers
    ]
    desk.receipt(own, "FileApplications", "2015-06-25", programme=SX2015, unit=UNIT, applicants=applicants)
    rows = [row for row in desk.query(own, "candidacies", programme=SX2015) if row["candidacy"] not in before]
    keys = [row["candidacy"] for row in rows]
    for key in keys:
        desk.receipt(own, "PassGates", "2015-06-26", candidacy=key, gates=list(candidates.GATES))
        checked = {"pool": "young_excellent", "party_status": "full", "work_start": "2008-07-01"}
        evidence = [asdict(one) for one in candidates.EVIDENCE]
        desk.receipt(
            own, "QualifyApplicant", "2015-06-27", candidacy=key, **checked, attested=list(candidates.ATTESTED),
            evidence=evidence,
        )  # fmt: skip
    desk.receipt(own, "RecommendNominees", "2015-06-29", nominees=keys, decision="党组会纪要〔2015〕9号")
    desk.receipt(POVERTY_OFFICE, "ApproveNominees", "2015-07-01", nominees=keys, document="审核意见 1")
    desk.receipt(PROVINCE, "FileNominees", "2015-07-02", nominees=keys, document="备案表 1")
    postings = []
    for row, target in zip(rows, targets, strict=True):
        data = candidates.assigned(target, row["person"])
        desk.hear("allocation", "VillageAssigned", "2015-07-10", **data)
        postings.append(str(data["posting"]))
    return postings


def take_up(desk: Desk, *postings: str, on: str = "2015-07-14") -> None:
    """The host county appoints them, and they take up their posts."""
    desk.receipt(HOST, "AppointCadres", "2015-07-12", postings=list(postings))
    desk.receipt(HOST, "TakeUpPosts", on, postings=list(postings), party_status="full")


def of_kind(targets: Iterable[str], weak_party: bool = False, registered_poor: bool = False) -> list[VillageKinds]:
    """Villages of the same kinds."""
    return [VillageKinds(target, weak_party, registered_poor) for target in targets]
