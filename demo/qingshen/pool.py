"""2017 up to the active reserves: announcement, cards, both selections, both publicities."""

from __future__ import annotations

from typing import Any

from demo.qingshen.world import AREAS, COUNTY, PER_VILLAGE, PROGRAMME, QingshenWorld, Reserve
from demo.stages.rules import EDITION, REGISTERED_ON, publish
from programmes import loader

_CARD = (
    *("name", "sex", "birth_month", "photo", "ethnicity", "native_place", "birthplace", "party_join_month"),
    *("work_start_month", "health", "id_number"),
)
_GROUPS = {"village_cadres": 5, "party_representatives": 11, "resident_representatives": 15}


def rules(world: QingshenWorld) -> None:
    """The notice and the profile, and the divisions of the county."""
    publish(world, world.province("文书"), PROGRAMME, "2017-09-22")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    data = {"edition": EDITION, "units": [{"root": COUNTY, "divisions": divisions}]}
    world.one(world.province("数据员"), "RegisterAreas", data, REGISTERED_ON)


def recommended(world: QingshenWorld) -> None:
    """Every township announces; a recommendation before that is refused; two persons a village are recommended."""
    recommending = [asked(world, village) for village in world.villages for _ in range(PER_VILLAGE)]
    first = world.townships[0]
    early = next(one for one in recommending if one["village"].startswith(first))
    world.refused(
        "duty_out_of_order", world.township(first), "RecommendReserve", early, "2017-09-24", after=("allocation",)
    )

    def announce(township: str) -> None:
        data = {"programme": PROGRAMME, "township": township, "notice": "选拔公告（合成）"}
        world.gateway.command(world.township(township), "AnnounceReserveSelection", data, "2017-09-25")

    world.each(announce, world.townships)

    def recommend(data: dict[str, Any]) -> None:
        world.gateway.command(world.township(data["village"][:9]), "RecommendReserve", data, "2017-09-26")

    world.each(recommend, recommending)
    rows = world.gateway.query(world.county(COUNTY), "personnel", "reserves", programme=PROGRAMME)
    world.reserves = [Reserve(f"{PROGRAMME}.{row['person']}", row["village"]) for row in rows]


def selected(world: QingshenWorld) -> None:
    """Conditions, marks, the evaluation by the masses and the organisation's choice; skipping one is refused."""
    one = world.reserves[0]
    office = world.township(one.village[:9])
    early = {"reserve": one.key, "ground": "配备计划（合成）"}
    world.refused("duty_out_of_order", office, "SelectReserve", early, "2017-09-26")
    steps = loader.load(PROGRAMME).rules["procedure.reserve"]["value"]
    marks = next(step["marks"] for step in steps if step["act"] == "attest")
    _all(world, "CheckReserveQualification", "2017-09-26")
    _all(world, "AttestReserveMarks", "2017-09-26", marks=marks)
    _all(world, "RecordMassEvaluation", "2017-09-27", present=_GROUPS, approve=27, oppose=3, abstain=1)
    _all(world, "SelectReserve", "2017-09-28", ground="配备计划（合成）")


def determined(world: QingshenWorld) -> None:
    """The publicity runs over the holiday, 30 September being worked; the committees decide on 11 October."""
    _posted(world, "OpenPublicity", "2017-09-29", "targets_public")
    _all(world, "RecordReserveInspection", "2017-10-09", report="考察报告（合成）")
    one = world.reserves[0]
    running = {"reserve": one.key, "stage": "targets_public", "place": one.village}
    world.refused("publicity_running", world.township(one.village[:9]), "ClosePublicity", running, "2017-10-10")
    _posted(world, "ClosePublicity", "2017-10-11", "targets_public")
    _all(world, "DetermineReserve", "2017-10-11", meeting="党委会纪要（合成）")


def active(world: QingshenWorld) -> None:
    """The second publicity, of an assumed length, and the roster."""
    _posted(world, "OpenPublicity", "2017-10-12", "reserves_public")
    _posted(world, "ClosePublicity", "2017-10-18", "reserves_public")
    _all(world, "ActivateReserve", "2017-10-18")
    about = {"programme": PROGRAMME}

    def submit(township: str) -> None:
        data = {**about, "township": township}
        world.gateway.command(world.township(township), "SubmitReserveRoster", data, "2017-11-30")

    world.each(submit, world.townships)


def _all(world: QingshenWorld, name: str, on: str, **said: Any) -> None:
    def take(one: Reserve) -> None:
        world.gateway.command(world.township(one.village[:9]), name, {"reserve": one.key, **said}, on)

    world.each(take, world.reserves)


def _posted(world: QingshenWorld, name: str, on: str, stage: str) -> None:
    def take(one: Reserve) -> None:
        data = {"reserve": one.key, "stage": stage, "place": one.village}
        world.gateway.command(world.township(one.village[:9]), name, data, on)

    world.each(take, world.reserves)


def asked(world: QingshenWorld, village: str) -> dict[str, Any]:
    person = world.people.next(born=(1975, 1990))
    community = "社区" in AREAS.get(village).name
    card = {name: person[name] for name in _CARD} | {
        "occupation": "合成职业",
        "skills": "合成专长",
        "education": "高中",
        "school_and_major": "合成中学",
        "phone": person["mobile"],
        "identity_pool": "居民小组长" if community else "村民小组长",
        "remark": "",
    }
    about = {"programme": PROGRAMME, "village": village, "home": village, "channel": "members_and_villagers"}
    return {**about, "card": card, "synthetic": True}
