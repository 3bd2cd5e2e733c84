"""Candidates of 2015: what personnel decides from the application to the post, by its own parts, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.codec import data_of, plain
from kernel.messages import Actor, Command, Context, Event
from kernel.service import Received
from kernel.testing import Given, actor, given
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.demand_state import Demand
from services.allocation.demand.village_assignment import (
    AssignTo,
    AssignVillage,
    NoteConsultation,
    RecordConsultation,
)
from services.allocation.placement.nominee import Nominee
from services.personnel.candidacy.application import Apply
from services.personnel.candidacy.candidacy import Evidence
from services.personnel.candidacy.qualification import PassGates, QualifyApplicant, RejectApplicant
from services.personnel.candidacy.route import Approve, Determine, FileNominee, Recommend
from services.personnel.parts import CANDIDACY, POSTING
from services.personnel.postings.appointment import AppointTo, TakeUp
from services.personnel.postings.handover import NotePlacement
from services.personnel.postings.posting import CadreOnPost
from services.personnel.postings.withdrawal import AdjustCadre, NoteConsequence, WithdrawCadre
from tests.kit.foreign import foreign
from tests.kit.personnel.cast import ctx

SX2015 = "SX2015"
COUNTY = "140928"
VILLAGE = "140928100201"
CHANNEL = "山西省直"
UNIT, OTHER_UNIT, CENTRAL_UNIT, CITY_UNIT, COUNTY_UNIT = "SX01", "SX02", "SX90", "SX91", "SX92"
CHANNELS = {UNIT: CHANNEL, OTHER_UNIT: CHANNEL, CENTRAL_UNIT: CHANNEL, CITY_UNIT: "1409", COUNTY_UNIT: "140928"}
LEVELS = {UNIT: "province", OTHER_UNIT: "province", CENTRAL_UNIT: "central", CITY_UNIT: "city", COUNTY_UNIT: "county"}
GATES = ("政治关", "品行关", "廉政关", "能力关")
ATTESTED = ("politics", "ability", "diligence", "health")
EVIDENCE = (
    Evidence(of="party_membership", source="党员名册 2015", verifier="机关党委"),
    Evidence(of="identity", source="干部人事档案", verifier="人事处"),
)

OFFICES = {unit: actor("unit", units=(unit,), person=f"p-{unit}") for unit in CHANNELS}
PROVINCE = Actor("p-14", "干部处", "中共山西省委组织部", "province_org", ("14",))
POVERTY_OFFICE = Actor("p-fpb", "社会扶贫处", "山西省扶贫开发办公室", "province_org", ("14",))
CITY = actor("city_org", areas=("1409",))
HOST = actor("county_org", areas=(COUNTY,))
SYSTEM = actor("system", areas=("14",))
FILING = {**dict.fromkeys((UNIT, OTHER_UNIT, CENTRAL_UNIT), PROVINCE), CITY_UNIT: CITY, COUNTY_UNIT: HOST}


def at(on: str, by: Actor) -> Context:
    """A context under the rules of 2015."""
    return ctx(on, by, SX2015, COUNTY)


def key(person: str = "p-1") -> str:
    return f"{SX2015}.{person}"


def apply(person: str = "p-1", unit: str = UNIT, on: str = "2015-06-25", **changes: Any) -> Apply:
    fields: dict[str, Any] = {
        "programme": SX2015,
        "candidacy": key(person),
        "person": person,
        "unit": unit,
        "channel": CHANNELS[unit],
        "level": LEVELS[unit],
        "province": "14",
        "application": "报名表 1",
        "on_behalf": False,
        "consent": "",
        "form": "LN2018-A2",
        "sealed": "AQ==",
        "at": "applicants[1]",
    }
    by = changes.pop("by", OFFICES[unit])
    return Apply(context=at(on, by), **{**fields, **changes})


def gates(person: str = "p-1", unit: str = UNIT, *names: str, on: str = "2015-06-26") -> PassGates:
    return PassGates(context=at(on, OFFICES[unit]), candidacy=key(person), gates=names or GATES)


def qualify(person: str = "p-1", unit: str = UNIT, on: str = "2015-06-27", **changes: Any) -> QualifyApplicant:
    fields: dict[str, Any] = {
        "pool": "young_excellent",
        "party_status": "full",
        "work_start": date(2008, 7, 1),
        "attested": ATTESTED,
        "evidence": EVIDENCE,
    }
    by = changes.pop("by", OFFICES[unit])
    return QualifyApplicant(context=at(on, by), candidacy=key(person), **{**fields, **changes})


def reject(person: str = "p-1", unit: str = UNIT, *conditions: str, on: str = "2015-06-27") -> RejectApplicant:
    return RejectApplicant(context=at(on, OFFICES[unit]), candidacy=key(person), conditions=conditions or ("正式党员",))


def recommend(unit: str = UNIT, on: str = "2015-06-29", by: Actor | None = None) -> Recommend:
    return Recommend(context=at(on, by or OFFICES[unit]), decision="党组会纪要〔2015〕9号", at="nominees[1]")


def approve(on: str = "2015-07-01", by: Actor = POVERTY_OFFICE) -> Approve:
    return Approve(context=at(on, by), document="审核意见 1", at="nominees[1]")


def file(unit: str = UNIT, on: str = "2015-07-02", by: Actor | None = None) -> FileNominee:
    return FileNominee(context=at(on, by or FILING[unit]), document="备案表 1", at="nominees[1]")


def way(person: str = "p-1", unit: str = UNIT, **checked: Any) -> list[Command]:
    """The commands of a candidate's way up to the filing, in order."""
    approval = [approve()] if LEVELS[unit] == "province" else []
    return [
        apply(person, unit),
        gates(person, unit),
        qualify(person, unit, **checked),
        recommend(unit),
        *approval,
        file(unit),
    ]


def after(*commands: Command) -> Given:
    """A candidacy that these commands led to."""
    made = given(CANDIDACY)
    for command in commands:
        made.state = CANDIDACY.fold(made.state, CANDIDACY.decide(made.state, command))
    return made


def decided(*commands: Command) -> list[Event]:
    """All events that these commands of one candidate lead to."""
    state: Any = None
    events: list[Event] = []
    for command in commands:
        made = CANDIDACY.decide(state, command)
        state = CANDIDACY.fold(state, made)
        events += made
    return events


def heard(event: Event, **named: Any) -> Received:
    """An event that personnel decided, as another service gets it."""
    on = event.occurred_on.isoformat()
    return foreign("personnel", type(event).__name__, on, plain(data_of(event)), schema=event.schema, **named)


def filed(person: str = "p-1", unit: str = UNIT, **checked: Any) -> Received:
    """NomineeCleared of a candidate, as personnel comes to it."""
    return heard(decided(*way(person, unit, **checked))[-1])


def place(assigned: dict[str, Any], on: str = "2015-07-10") -> NotePlacement:
    """The order that personnel makes of VillageAssigned, given by its data."""
    names = ("programme", "target", "posting", "person", "unit", "channel", "tier")
    facts = {name: assigned[name] for name in names}
    return NotePlacement(context=at(on, SYSTEM), **facts, kind="village", role="村党组织第一书记", weak=False)


def assigned(target: str = VILLAGE, person: str = "p-1", unit: str = UNIT) -> dict[str, Any]:
    """What VillageAssigned says of a village, as allocation comes to it: the unit has talked to the county."""
    by, channel, tier = host_of(target), CHANNELS[unit], LEVELS[unit]
    talk = RecordConsultation(context=at("2015-07-03", by), programme=SX2015, county=target[:6], unit=unit)
    choice = AssignVillage(
        context=at("2015-07-10", by), programme=SX2015, target=target, unit=unit, person=person, level=tier
    )
    nominee = Nominee(key(person), person, channel, "village", tier)
    order = AssignTo(context=choice.context, asked=choice, channel=channel, helps=False, owed_by=None, nominee=nominee)
    spoken = DEMAND.decide(Demand(), NoteConsultation(context=talk.context, asked=talk, channel=channel))
    (event,) = DEMAND.decide(DEMAND.fold(Demand(), spoken), order)
    return dict(plain(data_of(event)))


def determine(data: dict[str, Any], on: str = "2015-07-10") -> Determine:
    """The order that personnel makes of VillageAssigned for the candidacy."""
    return Determine(context=at(on, SYSTEM), target=data["target"], posting=data["posting"], unit=data["unit"])


def posting(data: dict[str, Any], on: str = "2015-07-10") -> Given:
    """The posting that VillageAssigned begins."""
    return given(POSTING, *POSTING.decide(None, place(data, on)))


def host_of(target: str) -> Actor:
    return actor("county_org", areas=(target[:6],))


def appoint(target: str = VILLAGE, on: str = "2015-07-14") -> AppointTo:
    return AppointTo(context=at(on, host_of(target)))


def take_up(target: str = VILLAGE, on: str = "2015-07-18", **changes: Any) -> TakeUp:
    fields: dict[str, Any] = {"party_status": "full", "excepted": False}
    by = changes.pop("by", host_of(target))
    return TakeUp(context=at(on, by), **{**fields, **changes})


def served(data: dict[str, Any], on: str, *commands: Command) -> list[Event]:
    """The events of a posting that was taken up, and of these commands behind that."""
    begun = posting(data)
    events: list[Event] = []
    for command in (appoint(data["target"]), take_up(data["target"], on), *commands):
        made = POSTING.decide(begun.state, command)
        begun.state = POSTING.fold(begun.state, made)
        events += made
    return events


def on_post(data: dict[str, Any], on: str = "2015-07-18") -> Event:
    """CadreOnPost of a posting, as personnel comes to it."""
    return next(event for event in served(data, on) if isinstance(event, CadreOnPost))


def withdrawn(target: str, tier: str, person: str | None = None, on: str = "2015-09-01") -> Event:
    """CadreWithdrawn of a cadre who was on post there: transferred to another unit."""
    data = assigned(target, person or f"p-{target}", sent_by(tier))
    about = {"posting": data["posting"], "ground": "transfer", "organ": "县委组织部", "document": "件 9"}
    return served(data, "2015-07-18", WithdrawCadre(context=at(on, host_of(target)), **about))[-1]


def adjusted(target: str, tier: str, person: str | None = None, on: str = "2015-09-01") -> Event:
    """PostAdjusted of a cadre whose bad consequences are on record."""
    data = assigned(target, person or f"p-{target}", sent_by(tier))
    about = {"posting": data["posting"], "ground": "consequence", "organ": "县委组织部", "document": "件 9"}
    note = NoteConsequence(context=at(on, SYSTEM), posting=data["posting"], consequence="后果-1")
    adjust = AdjustCadre(context=at(on, host_of(target)), **about, reason="造成不良后果", consequence="后果-1")
    return served(data, "2015-07-18", note, adjust)[-1]


def tell(desk: Any, *events: Event) -> None:
    """Let the service of ``desk`` hear what personnel decided."""
    for event in events:
        desk.hear("personnel", type(event).__name__, event.occurred_on.isoformat(), **plain(data_of(event)))


def sent_by(tier: str) -> str:
    """A unit of that level."""
    return next(unit for unit, level in LEVELS.items() if level == tier)


def came(target: str, tier: str, on: str = "2015-07-18", person: str | None = None) -> Event:
    """CadreOnPost in a village, of a cadre from that level, as both services come to it."""
    return on_post(assigned(target, person or f"p-{target}", sent_by(tier)), on)
