"""The scenario of the main job as allocation sees it: own commands, and what personnel would have decided between."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from demo import cast
from demo.selection import Pool, pool, select
from kernel.messages import Actor
from programmes import loader
from programmes.areas import registered
from tests.kit.desk import Desk, organ
from tests.kit.personnel import said
from tests.kit.personnel.cadre import Cadre

PROVINCE, SYSTEM = organ("province_org", "21"), organ("system", "21")
LN2018, LN2002 = "LN2018", "LN2002"
RECALLED = "210727101208"
AREAS = registered("21")


def rules(programme: str) -> dict[str, Any]:
    """The values of a profile by path."""
    return {path: rule["value"] for path, rule in loader.load(programme).rules.items()}


def notices_and_areas(desk: Desk) -> None:
    """Steps 1 and 2."""
    publish(desk, PROVINCE, LN2018, "2018-04-16")
    publish(desk, organ("city_org", "2107"), "JZ", "2018-04-16")
    cities = AREAS.children("21")
    roots = [[AREAS.get("21"), *cities]]
    roots += [[c, *AREAS.within(c.code)] for city in cities for c in AREAS.children(city.code)]
    for unit in roots:
        divisions = [{"code": d.code, "name": d.name} for d in unit]
        units = [{"root": unit[0].code, "divisions": divisions}]
        desk.receipt(PROVINCE, "RegisterAreas", "2002-01-01", edition="2023-06", units=units)


def publish(desk: Desk, who: Actor, programme: str, on: str, profile: Any = None) -> None:
    """A programme's main notice and its profile, or ``profile`` in its place."""
    profile = profile or loader.load(programme)
    notice = profile.notices[0]
    desk.receipt(
        who,
        "PublishNotice",
        on,
        title=notice.title,
        issuers=list(notice.issuers),
        number=notice.number,
        issued_on=notice.issued_on,
        scope=profile.scope,
        addressees=list(notice.addressees),
        based_on=list(notice.based_on),
        annexes=list(notice.annexes),
    )
    desk.receipt(who, "PublishProfile", on, profile=profile.published())


class Year2018:
    """Steps 3 to 26."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rules = rules(LN2018)
        self.units = cast.units(self.rules["quota.channels"])
        cities = next(g["cities"] for g in self.rules["quota.groups"] if g["arranger"] == "province")
        self.pool: Pool = pool(AREAS, tuple(cities))
        self.picked = select(self.pool, 51, 787)
        self.lacking: list[list[str]] = []
        self.channels = {unit.id: unit.channel for unit in self.units}
        self.cadres: dict[str, Cadre] = {}

    def quotas(self) -> None:
        """Steps 3 and 4."""
        r, on = self.rules, "2018-04-16"
        columns = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")
        groups = [{name: row[name] for name in columns} for row in r["quota.groups"]]
        quotas = [{"channel": row["printed"], "total": row["total"]} for row in r["quota.channels"]]
        for command, data in (
            ("DefineGroups", {"groups": groups}),
            ("PublishBatchPlan", r["quota.batch"]),
            ("ProposeTierSplit", {}),
            ("FixTierSplit", {"tiers": r["quota.tiers"]}),
            ("SetChannelQuotas", {"quotas": quotas}),
        ):
            self.desk.receipt(PROVINCE, command, on, programme=LN2018, **data)

    def office(self, channel: str) -> Actor:
        """The cadre office of a channel."""
        own = [u.id for u in self.units if u.channel == channel]
        return organ("channel", units=(channel, *own))

    def units_and_targets(self) -> None:
        """Steps 5 and 7; the 341st place of the first channel is tried on the way."""
        desk, on = self.desk, "2018-04-17"
        for unit in self.units:
            office = self.office(unit.channel)
            desk.receipt(
                office, "RegisterUnit", on, unit=unit.id, name=unit.name, channel=unit.channel, level="province"
            )
            ties = cast.ties(unit, self.pool.villages, len(self.units))
            helped = [t["area"] for t in ties if t["kind"] == "helped_village"]
            contacts = [t["area"] for t in ties if t["kind"] == "contact_point"]
            desk.receipt(office, "RecordHelpTies", on, unit=unit.id, helped=helped, contacts=contacts)
        last = [u for u in self.units if u.channel == self.units[0].channel][-1]
        for unit in self.units:
            data = {"programme": LN2018, "unit": unit.id, "townships": unit.townships, "basis": cast.BASIS}
            office = self.office(unit.channel)
            if unit is last:
                self.overrun = desk.refused(office, "SetUnitQuota", on, villages=unit.villages + 1, **data)
            desk.receipt(office, "SetUnitQuota", on, villages=unit.villages, **data)
        targets: list[dict[str, Any]] = [
            {"target": c, "kind": "township", "weak": False} for c in self.picked.townships
        ]
        targets += [{"target": c, "kind": "village", "weak": True} for c in self.picked.villages]
        desk.receipt(PROVINCE, "OpenTargets", on, programme=LN2018, tier="province", synthetic=True, targets=targets)
        codes = sorted({t["target"][:9] for t in targets})
        for county in sorted({code[:6] for code in codes}):
            holders = [
                {"organ": code, "post": "party_secretary", "person": f"s-{code}", "since": "2016-01-01"}
                for code in codes
                if code.startswith(county)
            ]
            desk.receipt(organ("county_org", county), "RecordOfficeHolder", on, holders=holders)

    def checked(self) -> None:
        """Steps 9 and 10 as personnel's events: one checked nominee a place."""
        nominees = [checked(place.unit, place.kind, f"{place.row:04d}") for place in cast.places(self.units)]
        self.desk.hear_all("personnel", "InitialCheckPassed", "2018-04-23", nominees)

    def place(self, proposed: str, confirmed: str) -> list[dict[str, Any]]:
        """Steps 11 to 14: plan, proposals of each channel, reviews, confirmation, ledgers. Gives the plan."""
        desk = self.desk
        plan = desk.query(PROVINCE, "placement_plan", programme=LN2018)
        by_channel: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for item in plan:
            kept = {name: item[name] for name in ("target", "unit", "person", "reason")}
            by_channel[item["channel"]].append({**kept, "first_batch": "synthetic", "need": "synthetic"})
        for channel, placements in by_channel.items():
            data = {"programme": LN2018, "channel": channel}
            desk.receipt(self.office(channel), "ProposePlacements", proposed, **data, placements=placements)
            desk.receipt(PROVINCE, "OpenReview", proposed, **data)
        self.forbidden = desk.refused(self.office(channel), "ConfirmPlacements", confirmed, **data)
        desk.receipt(PROVINCE, "ConfirmPlacements", confirmed, programme=LN2018)
        desk.receipt(PROVINCE, "FeedBackLedger", confirmed, programme=LN2018)
        lacking = desk.query(PROVINCE, "acknowledgements_lacking", programme=LN2018)
        self.lacking.append([ledger["city"] for ledger in lacking])
        for city in self.lacking[-1]:
            desk.receipt(organ("city_org", city), "AcknowledgeLedger", confirmed, programme=LN2018, city=city)
        return plan

    def on_post(self, on: str) -> None:
        """Step 15 as personnel's events."""
        waiting = self.desk.query(PROVINCE, "targets", programme=LN2018, state="confirmed")
        for one in waiting:
            number = int(one["posting"].rsplit(".", 1)[1])
            sent = {"unit": one["unit"], "channel": self.channels[one["unit"]], "number": number}
            cadre = self.cadres[one["target"]] = Cadre(None, one["target"], one["person"], **sent)
            cadre.arrive(on, on)
        arrived = [self.cadres[one["target"]].told("CadreOnPost") for one in waiting]
        self.desk.hear_all("personnel", "CadreOnPost", on, arrived)

    def recall(self) -> None:
        """Steps 23 to 25."""
        desk = self.desk
        (target,) = desk.query(PROVINCE, "targets", programme=LN2018, target=RECALLED)
        gone = self.cadres[RECALLED].recall("2019-05-13", "LN2018.case.1", "T1", "2019-05-10").told("CadreRecalled")
        desk.hear_all("personnel", "CadreRecalled", "2019-05-13", [gone])
        unit = next(u for u in self.units if u.id == target["unit"])
        desk.hear_all(
            "personnel", "InitialCheckPassed", "2019-05-16", [checked(unit, "village", "successor", "2019-05-16")]
        )
        self.between = desk.query(PROVINCE, "coverage", programme=LN2018, by="tier")
        self.place("2019-05-17", "2019-05-20")
        self.on_post("2019-06-03")


def checked(unit: cast.Unit, kind: str, number: str, on: str = "2018-04-23") -> dict[str, Any]:
    """InitialCheckPassed of a person of the unit."""
    return said.checked(unit.id, f"p-{number}", kind, unit.channel, f"{unit.id}-{number}", on)


class Swap2002:
    """Steps 27 to 34."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.named: dict[str, said.Leg] = {}

    def defined(self) -> None:
        """Step 27."""
        publish(self.desk, PROVINCE, LN2002, "2002-06-17")
        self.desk.receipt(PROVINCE, "DefinePoorCounties", "2002-06-17", programme=LN2002)
        self.desk.receipt(PROVINCE, "DefineSwapPairs", "2002-06-17", programme=LN2002)

    def name(self, *at: Any) -> dict[str, Any]:
        """SwapLegNominated of a seat."""
        leg = said.Leg(*at)
        self.named[str(leg.named["leg"])] = leg
        return leg.named

    def legs(self) -> list[dict[str, Any]]:
        """SwapLegNominated for every place of the named pairs."""
        found = []
        for pair in self.desk.query(PROVINCE, "pairs", programme=LN2002):
            sides = (pair["poor_area"], pair["developed_area"])
            for way, (sending, host) in (("out", sides), ("back", sides[::-1])):
                for level in ("city", "county", "township"):
                    for seat in range(1, pair[f"{level}_each"] + 1) if pair["developed_area"] else ():
                        found.append(self.name(int(pair["pair"]), way, level, seat, 1, sending, host))
        return found

    def exchanged(self) -> None:
        """Steps 28 to 30."""
        desk, legs = self.desk, self.legs()
        desk.hear_all("personnel", "SwapLegNominated", "2002-06-27", legs)
        desk.receipt(PROVINCE, "FixList", "2002-07-02", programme=LN2002)
        for one in legs:
            self.agree(one, "2002-07-05")
        for pair, level in sorted({(one["pair"], one["level"]) for one in legs}):
            desk.receipt(PROVINCE, "ConfirmSwap", "2002-07-08", programme=LN2002, pair=pair, level=level)
        reported = [self.named[one["leg"]].reported("2002-07-15") for one in legs]
        desk.hear_all("personnel", "SecondmentReported", "2002-07-15", reported)

    def agree(self, one: dict[str, Any], on: str) -> None:
        """The post of a leg: the province proposes it, the city of the host agrees."""
        data = {"programme": LN2002, "pair": one["pair"], "leg": one["leg"], "post": "synthetic"}
        self.desk.receipt(PROVINCE, "ProposePost", on, **data)
        city = one["host"][:4]
        self.desk.receipt(organ("city_org", city), "AgreePost", on, **data, city=city)

    def lost_and_restored(self) -> None:
        """Steps 31 and 32."""
        desk = self.desk
        lost = self.named[f"{LN2002}.13.out.township.1.1"].withdrawn("2002-11-04")
        desk.hear_all("personnel", "SecondmentWithdrawn", "2002-11-04", [lost])
        self.unbalanced = desk.query(PROVINCE, "pairs", programme=LN2002, pair="13")[0]["state"]
        substitute = self.name(13, "out", "township", 1, 2, "210727", "210381")
        desk.hear_all("personnel", "SwapLegNominated", "2002-11-11", [substitute])
        self.agree(substitute, "2002-11-14")
        came = self.named[substitute["leg"]].reported("2002-11-18")
        desk.hear_all("personnel", "SecondmentReported", "2002-11-18", [came])

    def ended(self) -> None:
        """Steps 33 and 34, and the day before."""
        notice = next(n for n in loader.load(LN2002).notices if n.key == "assessment")
        data = {"title": notice.title, "issuers": list(notice.issuers), "issued_on": notice.issued_on, "scope": "21"}
        self.desk.receipt(PROVINCE, "PublishNotice", "2003-05-13", **data)
        self.ahead = self.desk.refused(SYSTEM, "EndSwaps", "2003-07-14", programme=LN2002, as_of="2003-07-15")
        early = self.desk.receipt(SYSTEM, "EndSwaps", "2003-07-14", programme=LN2002, as_of="2003-07-14")
        assert early["events"] == {}
        self.desk.receipt(SYSTEM, "EndSwaps", "2003-07-15", programme=LN2002, as_of="2003-07-15")
