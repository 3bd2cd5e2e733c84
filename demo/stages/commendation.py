"""The commendation of 2003: summaries, the hosts' statements, one person and one county proposed, a city chosen."""

from __future__ import annotations

from typing import Any

from demo.world import World

ROUND = {"programme": "LN2002"}
PERSONAL = ("responsibility", "practice", "integrity")
COLLECTIVE = ("leadership", "support", "cooperation")
FORM = {"copies": 3, "recipient": "省委组织部干部一处"}
PROVINCE_POST = "干部一处"


def summarise(world: World, leg: dict[str, Any]) -> None:
    """The province asks for summaries; the sending county's and the person's go to three each."""
    world.one(world.province(PROVINCE_POST), "CallForSummaries", ROUND, "2003-05-14", after=("personnel",))
    city, county = world.city(leg["sending"][:4]), world.county(leg["sending"])
    for recipient in ("province_org", "sending_city_org", "receiving_city_org"):
        own = {**ROUND, "subject": leg["sending"], "recipient": recipient}
        world.one(county, "FileSummary", own, "2003-06-12")
        world.one(city, "FilePersonalSummary", {"leg": leg["leg"], "recipient": recipient}, "2003-06-13")
    said = {"leg": leg["leg"], "statement": "该同志融入当地，工作扎实（合成）。"}
    world.one(world.county(leg["host"]), "GiveHostStatement", said, "2003-06-08")
    world.one(world.city(leg["host"][:4]), "GiveHostStatement", said, "2003-06-09")


def propose(world: World, leg: dict[str, Any]) -> None:
    """A person and a county: selected, the receiving city asked, proposed, their forms filed by 20 June."""
    city, host = world.city(leg["sending"][:4]), world.city(leg["host"][:4])
    subjects = {leg["leg"]: ("person", PERSONAL), leg["sending"]: ("county", COLLECTIVE)}
    for subject, (kind, criteria) in subjects.items():
        texts = dict.fromkeys(criteria, "表现突出（合成）")
        selected = {**ROUND, "kind": kind, "subject": subject, "criteria": texts}
        world.one(city, "SelectForCommendation", selected, "2003-06-12")
        opinion = {**ROUND, "subject": subject, "opinion": "同意（合成）"}
        world.one(host, "GiveCommendationOpinion", opinion, "2003-06-14")
    world.one(city, "ProposeCommendations", {**ROUND, "subjects": [*subjects]}, "2003-06-16")
    for subject in subjects:
        world.one(city, "FileCommendationForm", {**ROUND, "subject": subject, **FORM}, "2003-06-18")


def grant(world: World, leg: dict[str, Any]) -> None:
    """The province chooses an advanced city and commends the three in mid-July."""
    province = world.province(PROVINCE_POST)
    city = {**ROUND, "subject": leg["sending"][:4], "criteria": dict.fromkeys(COLLECTIVE, "成绩优异（合成）")}
    world.one(province, "ChooseAdvancedCity", city, "2003-07-01")
    for subject in (leg["leg"], leg["sending"], leg["sending"][:4]):
        world.one(province, "GrantCommendation", {**ROUND, "subject": subject}, "2003-07-14")
