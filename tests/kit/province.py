"""The services of a small province, each on a log of its own: what one decides, the others take in at once.

No event is written by hand here: whatever a service hears was decided by another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kernel.codec import recorded
from kernel.messages import Actor
from kernel.service import Received, Service
from programmes import loader
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

LN2018, CHANNEL, UNIT = "LN2018", "辽油", "U1"
PROVINCE, SYSTEM = organ("province_org", "21"), organ("system", "21")
ENTERPRISE, UNIT_OFFICE = organ("enterprise", units=(CHANNEL, UNIT)), organ("unit", units=(UNIT,))
VILLAGES = tuple(f"2103811012{number:02d}" for number in range(1, 15))
"""Villages of a county outside Jinzhou, to which no supplement applies: as many as the unit has places."""
FIRST, SECOND = VILLAGES[:2]
COUNTY = organ("county_org", FIRST[:6])
PLACED, CHECKED = "2018-04-27", "2018-04-23"


class Province:
    """Commands and questions go to the service that has them; then everybody hears of what was decided."""

    def __init__(self, open_desk: Callable[..., Desk], *services: Service) -> None:
        chosen = services or (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION)
        self.desks = {service.name: open_desk(service) for service in chosen}
        self._heard: dict[tuple[str, str], int] = {}

    def __getitem__(self, service: str) -> Desk:
        return self.desks[service]

    def receipt(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The receipt of a command that was taken."""
        given = self._of(name).receipt(by, name, on, **data)
        self.pass_on()
        return given

    def refused(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The problem of a command that left nothing."""
        return self._of(name).refused(by, name, on, **data)

    def pass_on(self) -> None:
        """Let every service take in what the others decided, until there is nothing new."""
        while any(self._take_in(follower, source) for follower in self.desks for source in self.desks):
            pass

    def _of(self, command: str) -> Desk:
        return next(desk for desk in self.desks.values() if command in desk.opened.service.commands)

    def _take_in(self, follower: str, source: str) -> bool:
        desk = self.desks[follower]
        if follower == source or source not in desk.opened.service.sources:
            return False
        after = self._heard.get((follower, source), 0)
        lines = list(self.desks[source].log.lines(after, 1000))
        if lines:
            desk.opened.handler.react([Received(source, recorded(line)) for line in lines])
            self._heard[follower, source] = after + len(lines)
        return bool(lines)


def with_a_term(months: int) -> Any:
    """2018 as it might read on its lost page: a printed term, and the county that takes the post back after it."""
    text = (loader.PROFILES / "ln2018.toml").read_text(encoding="utf-8")
    unknown = 'months = { origin = "unknown", missing = "M02", unit = "months" }'
    printed = f'months = {{ value = {months}, origin = "printed", unit = "months", clause = "四" }}'
    duty = "[rules.duty]\n"
    removal = 'post_removal = { value = { by = ["county_org"] }, unit = "organ", origin = "printed", clause = "四" }\n'
    assert text.count(unknown) == text.count(duty) == 1
    return loader.parse(text.replace(unknown, printed).replace(duty, duty + removal), "ln2018.toml")


def small(
    open_desk: Callable[..., Desk],
    villages: Iterable[str] = VILLAGES,
    profile: Any = None,
    supplements: Iterable[str] = (),
) -> Province:
    """2018, with one unit that has all places of its enterprise, and a free village outside Jinzhou for each."""
    province = Province(open_desk)
    for one in (profile or loader.load(LN2018), *map(loader.load, supplements)):
        publish(province, one, "2018-04-16")
    codes = sorted({code[:n] for code in villages for n in (6, 9, 12)})
    root = [{"code": code, "name": code} for code in ("21", *sorted({code[:4] for code in codes}))]
    units = [{"root": "21", "divisions": root}]
    for county in sorted({code[:6] for code in codes}):
        own = [{"code": code, "name": code} for code in codes if code.startswith(county)]
        units.append({"root": county, "divisions": own})
    province.receipt(PROVINCE, "RegisterAreas", "2002-01-01", edition="2023-06", units=units)
    batch(province)
    weak = [{"target": code, "kind": "village", "weak": True} for code in villages]
    opening = {"programme": LN2018, "tier": "province", "synthetic": True}
    province.receipt(PROVINCE, "OpenTargets", "2018-04-17", **opening, targets=weak)
    return province


def publish(province: Province, profile: Any, on: str) -> None:
    """The first notice of a programme, and its profile."""
    notice = profile.notices[0]
    about = {"title": notice.title, "issuers": list(notice.issuers), "number": notice.number, "scope": profile.scope}
    lists = {name: list(getattr(notice, name)) for name in ("addressees", "based_on", "annexes")}
    lord = organ("province_org", (profile.scope or "21")[:2])
    province.receipt(lord, "PublishNotice", on, **about, **lists, issued_on=notice.issued_on)
    province.receipt(lord, "PublishProfile", on, profile=profile.published())


def batch(province: Province) -> None:
    """The places of the batch, down to those of the unit."""
    rules = {path: rule["value"] for path, rule in loader.load(LN2018).rules.items()}
    columns = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")
    groups = [{name: row[name] for name in columns} for row in rules["quota.groups"]]
    quotas = [{"channel": row["printed"], "total": row["total"]} for row in rules["quota.channels"]]
    for command, data in (
        ("DefineGroups", {"groups": groups}),
        ("PublishBatchPlan", rules["quota.batch"]),
        ("ProposeTierSplit", {}),
        ("FixTierSplit", {"tiers": rules["quota.tiers"]}),
        ("SetChannelQuotas", {"quotas": quotas}),
    ):
        province.receipt(PROVINCE, command, "2018-04-16", programme=LN2018, **data)
    unit = {"unit": UNIT, "name": "某公司", "channel": CHANNEL, "level": "province"}
    province.receipt(ENTERPRISE, "RegisterUnit", "2018-04-17", **unit)
    province.receipt(ENTERPRISE, "RecordHelpTies", "2018-04-17", unit=UNIT, helped=[FIRST], contacts=[])
    places = {"townships": 1, "villages": len(VILLAGES), "basis": "synthetic"}
    province.receipt(ENTERPRISE, "SetUnitQuota", "2018-04-17", programme=LN2018, unit=UNIT, **places)
    scheme = {"programme": LN2018, "channel": CHANNEL, "title": "方案", "units": [UNIT]}
    province.receipt(ENTERPRISE, "FileChannelScheme", "2018-04-17", **scheme)


def row(n: int) -> dict[str, Any]:
    """The n-th synthetic nominee of the unit."""
    return cast.row(n, unit=UNIT, recipient="province_org")


def nominated(province: Province, n: int, on: str = "2018-04-18") -> str:
    """The id of the n-th person, nominated and checked."""
    province.receipt(UNIT_OFFICE, "NominateCadre", on, programme=LN2018, nominee=row(n))
    last = province["personnel"].stored("CadreNominated")[-1]
    checked = {"programme": LN2018, "unit": UNIT, "nomination": last["nomination"], "result": "passed"}
    province.receipt(ENTERPRISE, "CheckNominee", max(on, CHECKED), **checked)
    return str(last["person"])


def placing(village: str, person: str) -> dict[str, Any]:
    """The proposal of a person for a village."""
    said = {"first_batch": "无", "need": "薄弱", "reason": "最近"}
    one = {"target": village, "unit": UNIT, "person": person, **said}
    return {"programme": LN2018, "channel": CHANNEL, "placements": [one]}


def confirmed(province: Province, village: str, person: str, on: str = PLACED) -> str:
    """The posting of a person who was placed on a village."""
    province.receipt(ENTERPRISE, "ProposePlacements", on, **placing(village, person))
    province.receipt(PROVINCE, "OpenReview", on, programme=LN2018, channel=CHANNEL)
    province.receipt(PROVINCE, "ConfirmPlacements", on, programme=LN2018)
    return str(province["allocation"].stored("PlacementConfirmed")[-1]["posting"])


def handed_over(province: Province, posting: str, on: str = "2018-05-02") -> None:
    """Every item of the hand-over done on one day."""
    county = organ("county_org", posting.split(".")[1][:6])
    sent, met = ["party_relation", "escort"], ["host_contact", "board_lodging"]
    province.receipt(UNIT_OFFICE, "RecordHandover", on, postings=[posting], items=sent)
    province.receipt(county, "RecordHandover", on, postings=[posting], items=met)


def on_post(province: Province, n: int, village: str = FIRST) -> tuple[str, str]:
    """Posting and person of the n-th cadre, on post in a village since 2 May 2018."""
    person = nominated(province, n)
    posting = confirmed(province, village, person)
    handed_over(province, posting)
    return posting, person
