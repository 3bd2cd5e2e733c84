"""Registers: notices, profiles, divisions; what other services' events do."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.codec import data_of, plain
from kernel.errors import BadInput
from kernel.messages import Event, Rejected
from kernel.rules import RuleBook
from kernel.testing import actor, given
from programmes import loader
from services.allocation.placement.placement import TARGET
from services.allocation.reactions import REACTIONS
from services.allocation.registers.area import AreaUnit, Division, RegisterAreas, RegisterAreaUnit
from services.allocation.registers.division_change import AREAS
from services.allocation.registers.notice import NoticeIssued
from services.allocation.registers.programme import PROGRAMME, EnterProfile, PublishProfile
from services.allocation.registers.register_plans import publish_notice, publish_profile, register_areas
from services.allocation.targets.binding import Bond
from services.allocation.wiring import SERVICE as ALLOCATION
from services.evaluation.villages import village
from services.evaluation.villages.village import RecordDelisting, VillageDelisted
from services.personnel.legs.secondment import EndTerm
from services.personnel.parts import LEG
from tests.kit.allocation.ground import CHANNEL, JINZHOU, ORGANS, PROVINCE, SYSTEM, Plain, ctx, decided
from tests.kit.allocation.notice import NOTICE
from tests.kit.allocation.targets import FILLED, OPENED, POSTING, VILLAGE, confirmed
from tests.kit.foreign import foreign
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel import cast, legs
from tests.kit.personnel.cadre import Cadre


@pytest.mark.req("X-010")
def test_one_notice_in_either_brackets() -> None:
    room = Plain()
    (event,) = decided(publish_notice(NOTICE, room), room)
    assert isinstance(event, NoticeIssued)
    assert event.notice == "辽组通字〔2018〕23号"
    with pytest.raises(Rejected) as refused:
        decided(publish_notice(replace(NOTICE, number="辽组通字 [2018] 23号"), room), room)
    assert (refused.value.code, refused.value.field) == ("notice_known", "number")


def test_a_notice_without_a_number_is_known_by_issuer_and_date() -> None:
    room = Plain()
    (event,) = decided(publish_notice(replace(NOTICE, number=None), room), room)
    assert event.notice == "中共辽宁省委组织部.2018-04-16"
    undated = replace(NOTICE, number=None, issued_on=None)
    (event,) = decided(publish_notice(undated, room), room)
    assert event.notice == "中共辽宁省委组织部.方案"
    with pytest.raises(Rejected, match="发文机关"):
        decided(publish_notice(replace(NOTICE, number="另一号", issuers=()), room), room)


def published(programme: str) -> dict[str, Any]:
    return copy.deepcopy(loader.load(programme).published())


def publish(room: Plain, profile: dict[str, Any], by: Any = PROVINCE) -> list[Any]:
    return decided(publish_profile(PublishProfile(context=ctx(by), profile=profile), room), room)


def test_a_county_publishes_the_profile_of_its_own_notice() -> None:
    county, neighbour = (actor("county_org", areas=(code,)) for code in ("511425", "511402"))
    assert PublishProfile.entry is not None
    assert PublishProfile.entry.roles >= {"county_org", "city_org", "province_org"}
    room = Plain()
    with pytest.raises(Rejected) as foreign:
        publish(room, published("QS2017"), neighbour)
    assert (foreign.value.code, foreign.value.field) == ("foreign_area", "profile.scope")
    assert [type(event).__name__ for event in publish(room, published("QS2017"), county)] == ["ProfilePublished"]


def test_a_programme_and_its_supplement() -> None:
    room = Plain()
    with pytest.raises(Rejected) as early:
        publish(room, published("JZ"), JINZHOU)
    assert early.value.code == "profile_base_missing"
    publish(room, published("LN2018"))
    publish(room, published("JZ"), JINZHOU)
    book = room.load("programme/LN2018")
    assert isinstance(book, RuleBook)
    here, elsewhere = book.effective("LN2018", "210727"), book.effective("LN2018", "211302")
    assert here is not None
    assert elsewhere is not None
    assert not here.entries["attendance.days_per_month"].assumed
    assert elsewhere.entries["attendance.days_per_month"].assumed
    assert (here.version, elsewhere.version) == ("LN2018:1+JZ:1", "LN2018:1")


def test_versions_follow_each_other_and_a_city_publishes_for_itself() -> None:
    room = Plain()
    publish(room, published("LN2018"))
    with pytest.raises(Rejected) as again:
        publish(room, published("LN2018"))
    assert (again.value.code, again.value.accepted) == ("profile_version", "2")
    with pytest.raises(Rejected) as foreign:
        publish(room, published("JZ"), actor("city_org", areas=("2113",)))
    assert foreign.value.kind == "forbidden"


def signed(profile: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The profile with changes and the digest that fits them: what a city could send."""
    made = {**profile, **changes}
    digest = loader.digest(made["programme"], made["version"], made["base"], made["scope"], made["rules"])
    return {**made, "sha256": digest}


@pytest.mark.parametrize(
    ("changes", "by", "code"),
    [
        ({"programme": "LN2018", "version": 2, "base": None, "scope": "2107"}, JINZHOU, "foreign_area"),
        ({"programme": "LN2018", "version": 2, "base": "LN2018", "scope": "2107"}, JINZHOU, "foreign_area"),
        ({"programme": "LN2018", "version": 2, "base": "LN2018", "scope": "21"}, PROVINCE, "profile_base_changed"),
        (
            {"programme": "JZ", "version": 2, "base": "LN2018", "scope": "2113"},
            actor("city_org", areas=("2113",)),
            "foreign_area",
        ),
    ],
)
def test_a_new_version_never_takes_rules_away_from_areas_that_are_not_the_publishers(
    changes: dict[str, Any], by: Any, code: str
) -> None:
    room = Plain()
    publish(room, published("LN2018"))
    publish(room, published("JZ"), JINZHOU)
    before = room.load("programme/LN2018")
    with pytest.raises(Rejected) as refused:
        publish(room, signed(published("JZ"), **changes), by)
    assert refused.value.code == code
    assert room.load("programme/LN2018") == before


def test_a_profile_claims_its_name() -> None:
    room = Plain()
    (event,) = publish(room, published("LN2018"))
    assert event.claims() == ("profile:LN2018",)


def test_a_profile_that_does_not_hold_together_is_refused_with_its_rule() -> None:
    room = Plain()
    profile = published("LN2018")
    profile["rules"]["quota.channels"]["value"][0]["townships"] += 1
    with pytest.raises(BadInput) as broken:
        publish(room, profile)
    assert broken.value.field is not None
    assert broken.value.field.startswith("profile.")
    assert any("quota.channels" in str(d["field"]) or "相差 1" in d["sentence"] for d in broken.value.details)
    assert room.states == {}
    forged = published("LN2018")
    forged["sha256"] = "0" * 64
    with pytest.raises(BadInput) as digest:
        publish(room, forged)
    assert digest.value.code == "digest_differs"


def test_a_supplement_stays_inside_its_base() -> None:
    room = Plain()
    publish(room, published("LN2018"))
    outside = EnterProfile(
        context=ctx(actor("city_org", areas=("14",))),
        programme="TY",
        version=1,
        base="LN2018",
        scope="1401",
        sha256="0",
        rules={},
        title="",
    )
    with pytest.raises(Rejected) as refused:
        PROGRAMME.decide(room.load("programme/LN2018"), outside)
    assert (refused.value.code, refused.value.accepted) == ("profile_scope", "21 之内的区划")


COUNTY = AreaUnit(
    "210727",
    (
        Division("210727", "义县"),
        Division("210727101", "刘龙台镇"),
        Division("210727101208", "河南村村委会"),
    ),
)


def register(unit: AreaUnit, by: Any = PROVINCE) -> RegisterAreaUnit:
    return RegisterAreaUnit(context=ctx(by), edition="2023-06", unit=unit)


def test_divisions_nest_and_are_entered_once() -> None:
    done = given(AREAS).when(register(COUNTY)).types("AreasRegistered")
    assert done.state.holds("210727101208")
    given(AREAS, *(done.events or [])).when(register(COUNTY)).rejected("area_registered")
    orphan = replace(COUNTY, divisions=(COUNTY.divisions[0], COUNTY.divisions[2]))
    given(AREAS).when(register(orphan)).rejected("area_orphan")
    given(AREAS).when(register(replace(COUNTY, divisions=COUNTY.divisions[1:]))).rejected("area_orphan")
    twice = replace(COUNTY, divisions=(*COUNTY.divisions, COUNTY.divisions[1]))
    given(AREAS).when(register(twice)).rejected("area_twice")
    foreign = replace(COUNTY, divisions=(*COUNTY.divisions, Division("210726101", "别县")))
    given(AREAS).when(register(foreign)).rejected("area_orphan")
    given(AREAS).when(register(replace(COUNTY, divisions=()))).rejected("area_root_missing")


def test_cities_stand_with_their_province_and_counties_with_their_city() -> None:
    province = AreaUnit("21", (Division("21", "辽宁省"), Division("2107", "锦州市")))
    command = RegisterAreas(context=ctx(), edition="2023-06", units=(province, COUNTY))
    assert [step.stream for step in register_areas(command, Plain())] == ["areas/21", "areas/2107"]


def react(room: Plain, source: str, event: Event) -> list[str]:
    """The types of the events to which one of another service leads."""
    kind, on = type(event).__name__, event.occurred_on.isoformat()
    received = foreign(source, kind, on, plain(data_of(event)))
    return [type(made).__name__ for made in decided(REACTIONS[f"{source}.{kind}"](received, ctx(SYSTEM), room), room)]


def recalled(cadre: Cadre) -> Cadre:
    return cadre.recall("2019-05-13", "案-1", "T1", "2019-05-06")


def withdrawn(cadre: Cadre) -> Cadre:
    return cadre.withdraw("2019-05-13")


def delisted() -> VillageDelisted:
    """What evaluation comes to of the village."""
    county = actor("county_org", areas=(VILLAGE[:6],))
    on = cast.ctx("2019-05-10", county, area=VILLAGE)
    command = RecordDelisting(context=on, programme="LN2018", target=VILLAGE, document="义农〔2019〕1号")
    (event,) = village.decide(None, command)
    return event


def on_post() -> Plain:
    target = TARGET.fold(None, [OPENED, confirmed(), FILLED])
    return Plain({f"target/LN2018.{VILLAGE}": target, f"binding/LN2018.U01.{VILLAGE}": Bond.BOUND})


@pytest.mark.parametrize(("end", "last"), [(recalled, "ReplacementDue"), (withdrawn, "CadreWithdrawn")])
def test_whatever_ends_a_posting_opens_the_place_for_the_bound_unit(end: Callable[[Cadre], Cadre], last: str) -> None:
    room, cadre = on_post(), end(Cadre(None, VILLAGE).arrive("2018-05-02"))
    assert (cadre.posting, type(cadre.said[-1]).__name__) == (POSTING, last)
    (ended,) = (event for event in cadre.said if type(event).__name__ in ("CadreRecalled", "CadreWithdrawn"))
    assert react(room, "personnel", ended) == [
        "TargetVacated",
        "SuccessorDue",
        "CoverageGapFound",
    ]
    assert room.load(f"binding/LN2018.U01.{VILLAGE}") is Bond.BOUND


def test_the_end_of_a_leg_is_none_of_a_target() -> None:
    leg = legs.leg(legs.post(), legs.report())
    day = date(2003, 7, 15)
    (ended,) = LEG.decide(leg.state, EndTerm(context=legs.on("2003-07-15", PROVINCE), as_of=day))
    assert (type(ended).__name__, react(Plain(), "personnel", ended)) == ("TermEnded", [])


def test_a_village_that_reached_its_target_releases_its_unit() -> None:
    room = on_post()
    assert react(room, "evaluation", delisted()) == ["VillageTargetNoted", "BindingReleased"]
    gone = withdrawn(Cadre(None, VILLAGE).arrive("2018-05-02")).said[-1]
    assert react(room, "personnel", gone) == ["TargetVacated", "CoverageGapFound"]
    assert react(Plain(), "evaluation", delisted()) == ["VillageTargetNoted"]


@pytest.mark.parametrize("level", ["township", "provincial", ""])
def test_a_unit_is_of_a_level_that_preferences_know(level: str) -> None:
    desk = MemoryDesk(ALLOCATION, "2018-04-16")
    unit = {"unit": "U01", "name": "合成单位", "channel": ORGANS}
    refusal = desk.refused(CHANNEL, "RegisterUnit", "2018-04-16", **unit, level=level)
    assert (type(refusal), refusal.field) == (BadInput, "level")
    assert refusal.accepted is not None
    for known in ("central", "province", "city", "county", "enterprise"):
        assert known in refusal.accepted
        desk.command(
            CHANNEL,
            "RegisterUnit",
            "2018-04-16",
            **{**unit, "unit": f"U-{known}", "name": f"合成单位{known}"},
            level=known,
        )
