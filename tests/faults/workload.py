"""The load: commands that all can succeed, each with an effect of its own, in an order that follows from the seed.

Invariant: no command is refused by any rule, whichever others come before or beside it, as long as the commands of one
lane are given one after the other. So every refusal of a run is a finding, and every effect is expected exactly once.
"""

from __future__ import annotations

import itertools
import random
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cli.office import Office
from programmes.areas import registered

CITIES = ("2107", "2113")
PROGRAMME = "LN2018"
CHANNEL = "省直机关工委"


@dataclass(frozen=True)
class Effect:
    """One event expected exactly once: in ``service``'s log, of this type, with these values in its data."""

    service: str
    type: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Planned:
    """One command. ``effects`` are what must be in the logs once it is acknowledged, the reactions to it included."""

    id: str
    lane: str
    office: Office
    name: str
    data: Mapping[str, Any]
    on: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Ground:
    """What stands before the load: postings on post ((posting, target) pairs) and registered persons, if any."""

    postings: Sequence[tuple[str, str]] = ()
    persons: Sequence[str] = ()


@dataclass
class Workload:
    """Gives the commands of ``seed`` on ``ground``, without an end."""

    seed: int
    ground: Ground = field(default_factory=Ground)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._count = itertools.count(1)
        areas = registered("21")
        inside = [d.code for city in CITIES for d in areas.within(city)]
        self._townships = [code for code in inside if len(code) == 9]
        self._villages = itertools.cycle([code for code in inside if len(code) == 12])
        self._terms: dict[str, date] = {}
        self._days = {posting: date(2018, 5, 2) for posting, _ in self.ground.postings}
        self._delisted: dict[str, date] = {}
        kinds: list[tuple[Callable[[int], Planned], int]] = [
            (self._notice, 35),
            (self._unit, 25),
            (self._holder, 25),
            (self._delisting, 15),
        ]
        if self.ground.postings:
            kinds += [(self._day, 50)]
        if self.ground.persons:
            kinds += [(self._hold, 20)]
        self._kinds, self._weights = zip(*kinds, strict=True)

    def __iter__(self) -> Iterator[Planned]:
        while True:
            (kind,) = self._random.choices(self._kinds, self._weights)
            yield kind(next(self._count))

    def _id(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def _notice(self, n: int) -> Planned:
        """allocation; public: to one city, at times to every city of the province."""
        city = self._random.choice(CITIES)
        scope = "21" if self._random.random() < 0.1 else city
        number = f"合成通字〔2018〕{n}号"
        title = f"第{n}号通知（合成）"
        data = {
            "title": title,
            "issuers": ["省委组织部（合成）"],
            "scope": scope,
            "number": number,
            "issued_on": "2018-05-02",
            "addressees": [],
            "based_on": [],
            "annexes": [],
        }
        effect = Effect("allocation", "NoticeIssued", {"title": title})
        return Planned(self._id(), f"notice {n}", province(), "PublishNotice", data, "2018-05-02", (effect,))

    def _unit(self, n: int) -> Planned:
        """allocation, then personnel."""
        data = {"unit": f"F{n}", "name": f"合成单位{n}", "channel": CHANNEL, "level": "province"}
        office = Office("p-channel-01", "干部处", CHANNEL, "channel", (), (CHANNEL,))
        effects = tuple(
            Effect(service, kind, {"unit": data["unit"]})
            for service, kind in (("allocation", "UnitRegistered"), ("personnel", "UnitNoted"))
        )
        return Planned(self._id(), f"unit {n}", office, "RegisterUnit", data, "2018-05-02", effects)

    def _holder(self, n: int) -> Planned:
        """allocation, then attendance; the terms of one office follow each other, so they share a lane."""
        organ = self._random.choice(self._townships)
        since = self._terms[organ] = self._terms.get(organ, date(2018, 5, 2)) + timedelta(1)
        holder = {"organ": organ, "post": "party_secretary", "person": f"p-holder-{n}", "since": since.isoformat()}
        office = Office(f"p-county-{organ[:6]}", "组织部", f"{organ[:6]} 县委组织部", "county_org", (organ[:6],))
        fields = {"organ": organ, "person": holder["person"]}
        effects = (
            Effect("allocation", "OfficeHolderRecorded", fields),
            Effect("attendance", "OfficeHolderNoted", fields),
        )
        data = {"holders": [holder]}
        return Planned(self._id(), f"office {organ}", office, "RecordOfficeHolder", data, since.isoformat(), effects)

    def _delisting(self, n: int) -> Planned:
        """evaluation, then whoever follows it. A village named again gets an earlier day, which is a correction."""
        target = next(self._villages)
        on = self._delisted[target] = self._delisted.get(target, date(2020, 1, 1)) - timedelta(1)
        office = Office(f"p-county-{target[:6]}", "组织部", f"{target[:6]} 县委组织部", "county_org", (target[:6],))
        data = {"programme": PROGRAMME, "target": target, "document": "薄弱村摘帽验收表"}
        effect = Effect("evaluation", "VillageDelisted", {"target": target, "occurred_on": on.isoformat()})
        return Planned(self._id(), f"village {target}", office, "RecordDelisting", data, on.isoformat(), (effect,))

    def _day(self, n: int) -> Planned:
        """attendance; public. Days of one posting may come in any order, several at a time on one stream."""
        posting, target = self._random.choice(self.ground.postings)
        day = self._days[posting] = self._days[posting] + timedelta(1)
        role = "township" if len(target) == 9 else "village"
        office = Office(f"p-{role}-{target}", "登记", f"{target} 登记", role, (target,))
        data = {"posting": posting, "month": f"{day:%Y-%m}", "days": [day.isoformat()]}
        effect = Effect("attendance", "AttendanceRegistered", {"posting": posting, "day": day.isoformat()})
        return Planned(self._id(), f"day {n}", office, "RegisterDays", data, day.isoformat(), (effect,))

    def _hold(self, n: int) -> Planned:
        """personnel; its events go to every follower, and to no city."""
        person = self._random.choice(self.ground.persons)
        data = {"person": person, "hold": f"case-{n}", "basis": "依法保存（合成）"}
        office = Office("p-security", "安全管理员", "省委组织部", "security_admin", ("21",))
        effect = Effect("personnel", "LegalHoldPlaced", {"person": person, "hold": data["hold"]})
        return Planned(self._id(), f"hold {n}", office, "PlaceLegalHold", data, "2018-05-02", (effect,))


def province() -> Office:
    """The provincial organisation department."""
    return Office("p-province", "干部处", "中共辽宁省委组织部", "province_org", ("21",))
