"""Allocation and personnel at desks of their own, and a cadre led through both from the nomination to the post."""

from __future__ import annotations

from kernel.messages import Actor
from tests.kit.allocation.scenario import LN2018, PROVINCE
from tests.kit.desk import Desk, organ
from tests.kit.following_desks import FollowingDesks
from tests.kit.personnel import cast


class Placing:
    """One channel's cadres; ``office`` is the channel's own, ``persons`` are numbered from 1."""

    def __init__(self, desk: Desk, personnel: Desk, channel: str, office: Actor, *followers: Desk) -> None:
        self.desk, self.personnel, self.channel, self.office = desk, personnel, channel, office
        self.services = FollowingDesks(desk, personnel, *followers)
        self.followers = followers
        self.persons = 0
        self.services.settle()

    def scheme(self, *units: str) -> None:
        """The channel's scheme, once."""
        scheme = {"programme": LN2018, "channel": self.channel, "title": "方案", "units": list(units)}
        self.personnel.receipt(self.office, "FileChannelScheme", "2018-04-18", **scheme)

    def nominated(self, unit: str, kind: str = "village") -> str:
        """A person who passed the check."""
        self.persons += 1
        nominee = cast.row(self.persons, unit=unit, recipient=self.channel, kind=kind)
        by_unit = organ("unit", units=(unit,))
        self.personnel.receipt(by_unit, "NominateCadre", "2018-04-19", programme=LN2018, nominee=nominee)
        found = self.personnel.query(by_unit, "nominations", programme=LN2018, unit=unit)
        (latest,) = [row for row in found if row["status"] == "nominated"]
        passed = {"programme": LN2018, "unit": unit, "nomination": latest["nomination"], "result": "passed"}
        self.personnel.receipt(self.office, "CheckNominee", "2018-04-23", **passed)
        self.services.settle()
        return str(latest["person"])

    def proposed(self, target: str, unit: str, person: str, on: str) -> None:
        """The channel's proposal, under review."""
        said = {"first_batch": "无", "need": "薄弱", "reason": "最近"}
        placing = {"target": target, "unit": unit, "person": person, **said}
        channel = {"programme": LN2018, "channel": self.channel}
        self.desk.receipt(self.office, "ProposePlacements", on, **channel, placements=[placing])
        self.desk.receipt(PROVINCE, "OpenReview", on, **channel)

    def confirmed(self, target: str, unit: str, person: str, on: str, number: int = 1) -> str:
        """A confirmed placement; gives the posting."""
        self.proposed(target, unit, person, on)
        self.desk.receipt(PROVINCE, "ConfirmPlacements", on, programme=LN2018, targets=[target])
        self.services.settle()
        return f"{LN2018}.{target}.{number}"

    def handed_over(self, posting: str, on: str) -> None:
        """Every item done, so that the cadre is on post."""
        named = {"postings": [posting]}
        self.personnel.receipt(self.office, "RecordHandover", on, **named, items=["party_relation", "escort"])
        county = organ("county_org", posting.split(".")[1][:6])
        self.personnel.receipt(county, "RecordHandover", on, **named, items=["host_contact", "board_lodging"])
        self.services.settle()
