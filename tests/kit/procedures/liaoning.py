"""Two procedures of Liaoning on a running system: the sealed form of 2018 and the commendation of 2003."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, repeat
from typing import Any, Final

from cli.office import Office
from demo import workbook
from demo.cast import Unit
from demo.stages import quotas, rules
from demo.stages.commendation import COLLECTIVE, FORM
from demo.world import World
from deploy.local.system import System
from programmes import loader
from programmes.areas import Division, registered
from tests.kit import resting
from tests.kit.databases import rows_of
from tests.kit.procedures.course import DONE, NOT_FOR, OUT_OF_ORDER, Course

SCOPE, FORMS, SWAP = "21", "LN2018", "LN2002"
CITY, COUNTY = "2107", "210727"
AREAS: Final = registered(SCOPE)
SENDERS: Final = (
    Unit(0, "U-1", "省直单位一", "省直机关工委", False, 21, 319),
    Unit(1, "U-2", "中国铁路沈阳局集团有限公司", "沈铁", True, 1, 19),
    Unit(2, "U-3", "锦州市直单位一", CITY, False, 0, 5),
)
LEVELS: Final = {"U-1": "province", "U-2": "enterprise", "U-3": "city"}
SINCE, NOMINATED, CHECKED, PLACED = "2018-01-01", "2018-04-20", "2018-04-23", "2018-04-27"


@dataclass
class Liaoning:
    """A province of 2018, and of 2003: its rules, one county with its villages, units of three kinds."""

    system: System
    world: World
    villages: Iterator[Division] = field(default_factory=lambda: iter(AREAS.within(COUNTY, "village")), init=False)

    def settle(self) -> None:
        """Publish, register, fix quotas; who holds the posts that seal is recorded."""
        world, province = self.world, self.world.province()
        rules.publish(world, province, FORMS, "2018-04-16")
        rules.publish(world, province, SWAP, "2002-06-17")
        for top in ([AREAS.get(SCOPE), *AREAS.children(SCOPE)], [AREAS.get(COUNTY), *AREAS.within(COUNTY)]):
            divisions = [{"code": d.code, "name": d.name} for d in top]
            data = {"edition": rules.EDITION, "units": [{"root": top[0].code, "divisions": divisions}]}
            world.one(province, "RegisterAreas", data, rules.REGISTERED_ON)
        quotas.plan(world, quotas.rules())
        world.units = list(SENDERS)
        local = {"tier": "city", "area": CITY, "places": 5, "basis": "合成"}
        world.one(world.city(CITY), "SetLocalQuota", {"programme": FORMS, **local}, "2018-04-17")
        for unit in SENDERS:
            office, about = self.channel(unit), {"programme": FORMS, "unit": unit.id}
            named = {"unit": unit.id, "name": unit.name, "channel": unit.channel, "level": LEVELS[unit.id]}
            world.one(office, "RegisterUnit", named, "2018-04-17")
            places = {"townships": unit.townships, "villages": unit.villages, "basis": "合成"}
            world.one(office, "SetUnitQuota", {**about, **places}, "2018-04-17")
            ties = {"unit": unit.id, "helped": [AREAS.within(COUNTY, "village")[0].code], "contacts": []}
            world.one(office, "RecordHelpTies", ties, "2018-04-17")
            scheme = {"channel": unit.channel, "title": "选派工作方案（合成）", "units": [unit.id]}
            world.one(office, "FileChannelScheme", {"programme": FORMS, **scheme}, "2018-04-17", after=("allocation",))
        held = [(SCOPE, world.province()), (CITY, world.city(CITY))]
        heads = [{"organ": code, "post": "org_head", "person": by.person, "since": SINCE} for code, by in held]
        world.one(province, "RecordOfficeHolder", {"holders": heads}, "2018-04-17")
        seats = {(unit.id, "party_secretary"): world.unit(unit) for unit in SENDERS}
        seats |= {(unit.channel, "org_head"): self.channel(unit) for unit in SENDERS[:2]}
        officers = [{"organ": o, "post": post, "person": by.person, "since": SINCE} for (o, post), by in seats.items()]
        world.one(province, "RecordUnitOfficers", {"holders": officers}, "2018-04-17")
        self.heads()

    def channel(self, unit: Unit) -> Office:
        """Who manages a unit."""
        return self.world.city(CITY) if unit.channel == CITY else self.world.channel(unit.channel)

    def heads(self) -> dict[str, int]:
        """The position of every log, once nothing moves any more."""
        return resting.positions(self.world)


class Nominee:
    """Somebody of a unit, checked and placed, whose form nobody has sealed yet.

    A seal is given by who holds the post of its level; the commands name no unit's level, so only steps of the own
    level are tried.
    """

    first = date(2018, 5, 2)
    codes: Mapping[str, frozenset[str]] = {}
    procedure = "registration_form"

    def __init__(self, liaoning: Liaoning, unit: Unit) -> None:
        self.liaoning, world = liaoning, liaoning.world
        rule = loader.load(FORMS).rules
        posts, channel = rule["papers.signers"]["value"], liaoning.channel(unit)
        parties = {"unit": unit.id, "channel": unit.channel, "province": SCOPE, "city": CITY}
        sealing = {"unit": "unit", "channel": "channel", "enterprise": "channel"}
        sealing |= {f"{level}_org": level for level in ("province", "city", "county")}
        holders = {posts["unit"]: world.unit(unit).person, posts["province"]: world.province().person}
        holders |= {posts["city"]: world.city(CITY).person}
        holders |= {} if unit.channel == CITY else {posts["channel"]: channel.person}
        self.course = Course(
            rule[f"procedure.{self.procedure}"]["value"],
            parties,
            {"level": LEVELS[unit.id]},
            signers={role: posts[level] for role, level in sealing.items()},
            holders=holders,
        )
        self.tried = tuple(step["step"] for step in self.course.steps if self.course.own(step))
        self.exact = frozenset(self.tried)
        self.nomination = self._placed(unit, channel)

    def _placed(self, unit: Unit, channel: Office) -> str:
        """The nomination of a new person, who passed the check and has a village."""
        world, about = self.liaoning.world, {"programme": FORMS}
        village = next(self.liaoning.villages).code
        row = workbook.row_of(world.people.next(), unit, "village", 1)
        made = {**about, "nominee": row, "synthetic": True}
        world.one(world.unit(unit), "NominateCadre", made, NOMINATED, after=("allocation",))
        rows = world.gateway.query(world.province(), "personnel", "nominations", programme=FORMS)
        (one,) = [row for row in rows if row["status"] == "nominated"]
        check = {**about, "unit": unit.id, "nomination": one["nomination"], "result": "passed"}
        world.one(channel, "CheckNominee", check, CHECKED)
        by, tier = (world.city(CITY), "city") if unit.channel == CITY else (world.province(), "province")
        opened = {"tier": tier, "synthetic": True, "targets": [{"target": village, "kind": "village", "weak": True}]}
        world.one(world.province(), "OpenTargets", {**about, **opened}, "2018-04-17")
        place = {"target": village, "unit": unit.id, "person": one["person"]}
        said = {"first_batch": "首批无（合成）", "need": "薄弱村（合成）", "reason": "就近（合成）"}
        proposed = {**about, "channel": unit.channel, "placements": [{**place, **said}]}
        world.one(channel, "ProposePlacements", proposed, "2018-04-25", after=("personnel",))
        world.one(by, "OpenReview", {**about, "channel": unit.channel}, "2018-04-26")
        world.one(by, "ConfirmPlacements", {**about, "targets": [village]}, PLACED)
        return str(one["nomination"])

    def meant(self, step: str, by: Office) -> str:
        return step

    def send(self, step: str, by: Office, on: date) -> None:
        about = {"programme": FORMS, "nomination": self.nomination}
        if step.startswith("stamping"):
            self.liaoning.world.gateway.command(by, "StampForm", {**about, "copies": 5}, on.isoformat())
        else:
            stage = {**about, "stage": step.removesuffix("_city")}
            self.liaoning.world.gateway.command(by, "SealOpinion", stage, on.isoformat())

    def taken(self, step: str, on: date) -> None:
        """A step changes nothing else."""

    def stands(self) -> Mapping[str, date]:
        """The seals on the form."""
        url = self.liaoning.system.auditor_url("personnel")
        rows = rows_of(url, f"select mark, marked_on from read.paper_marks where document = '{self.nomination}'")
        steps = {step.removesuffix("_city"): step for step in self.tried}
        return {steps["stamping" if mark == "stamp" else mark]: day for mark, day in rows}


class Forms:
    """The forms on a system."""

    def __init__(self, liaoning: Liaoning) -> None:
        self.liaoning, world = liaoning, liaoning.world
        units = (world.unit(unit) for unit in SENDERS)
        channels = (world.channel(unit.channel) for unit in SENDERS[:2])
        clerk = replace(world.province(), person="p-clerk")
        offices = (world.city(CITY), world.county(COUNTY), world.province(), clerk)
        self.actors: Sequence[Office] = (*units, *channels, *offices)

    def heads(self) -> dict[str, int]:
        return self.liaoning.heads()

    def begin(self, number: int) -> Nominee:
        return Nominee(self.liaoning, SENDERS[number])


class Commended:
    """A city or county of the printed pairs that may be commended."""

    first = date(2003, 6, 12)
    # Before the selection a subject is the business of its own side alone.
    codes: Mapping[str, frozenset[str]] = {
        OUT_OF_ORDER: frozenset({"commendation_unknown", "out_of_reach"}),
        NOT_FOR: frozenset({"commendation_unknown", "not_commendable", "out_of_reach"}),
        DONE: frozenset({"selected_already"}),
    }

    def __init__(self, liaoning: Liaoning, kind: str, subject: str, host: str) -> None:
        self.liaoning, self.kind, self.subject = liaoning, kind, subject
        parties = {"sending": subject, "host": host, "province": SCOPE}
        self.course = Course(loader.load(SWAP).rules["procedure.commendation"]["value"], parties, {"kind": kind})
        self.tried = tuple(step["step"] for step in self.course.steps)
        self.exact = frozenset(self.tried)

    def meant(self, step: str, by: Office) -> str:
        return step

    def send(self, step: str, by: Office, on: date) -> None:
        texts = {"criteria": dict.fromkeys(COLLECTIVE, "成绩突出（合成）")}
        known: dict[str, tuple[str, dict[str, Any]]] = {
            "selected": ("SelectForCommendation", {"kind": self.kind, **texts}),
            "consulted": ("GiveCommendationOpinion", {"opinion": "同意（合成）"}),
            "proposed": ("ProposeCommendations", {"subjects": [self.subject]}),
            "form_filed": ("FileCommendationForm", FORM),
            "chosen": ("ChooseAdvancedCity", texts),
            "granted": ("GrantCommendation", {"reason": "提前表彰（合成）"}),
        }
        name, data = known[step]
        own = {} if "subjects" in data else {"subject": self.subject}
        self.liaoning.world.gateway.command(by, name, {"programme": SWAP, **own, **data}, on.isoformat())

    def taken(self, step: str, on: date) -> None:
        """A step changes nothing else."""

    def stands(self) -> Mapping[str, date]:
        url = self.liaoning.system.auditor_url("evaluation")
        said = ("selected", "consulted", "proposed", "form_filed", "granted")
        columns = ", ".join(f"{step}_on" for step in said)
        ((*days,),) = rows_of(url, f"select {columns} from read.commendations where subject = '{self.subject}'")
        found = dict(zip(("chosen" if self.kind == "city" else "selected", *said[1:]), days, strict=True))
        return {step: day for step, day in found.items() if day is not None}


class Commendation:
    """The commendation on a system: both cities of a pair, a third one, a county, the province."""

    def __init__(self, liaoning: Liaoning) -> None:
        self.liaoning, world = liaoning, liaoning.world
        pairs = loader.load(SWAP).rules["swap.pairs"]["value"]
        two = [("city", row["poor_area"], row["developed_city"]) for row in pairs if row["level"] == "city"]
        sides = [row for row in pairs if row["level"] == "county" and row["poor_city"] == "2113"]
        self.counties = iter([("county", row["poor_area"], row["developed_city"]) for row in sides])
        self.cities = chain(two, repeat(None))
        cities = (world.city(code) for code in ("2113", "2102", "2109", CITY))
        self.actors: Sequence[Office] = (*cities, world.county(sides[0]["poor_area"]), world.province())

    def heads(self) -> dict[str, int]:
        return self.liaoning.heads()

    def begin(self, number: int) -> Commended:
        """Of the first number a city, while there are places for cities, else a county."""
        found = next(self.cities) if number == 0 else None
        return Commended(self.liaoning, *(found or next(self.counties)))
