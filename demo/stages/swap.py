"""Steps 27 to 35: the swap of 2002; one leg is lost and restored, one assessed, commended, filed and promoted."""

from __future__ import annotations

from typing import Any

from demo import workbook
from demo.stages import commendation
from demo.stages.rules import notice_data
from demo.subscribers import Subscribers
from demo.world import World
from deploy.local.system import System
from programmes import loader

PROGRAMME = "LN2002"
PROVINCE_POST = "干部一处"
LEVELS = ("city", "county", "township")
BORN = {"city": (1953, 1962), "county": (1958, 1966), "township": (1963, 1972)}
LOST = ("13", "out", "township", 1)
PROMOTED = ("5", "out", "county", 1)


def play(world: World, system: System, subscribers: Subscribers) -> None:
    """The year of the swap."""
    profile = loader.load(PROGRAMME)
    province = world.province(PROVINCE_POST)
    world.one(province, "PublishNotice", notice_data(profile.notices[0], profile.scope), "2002-06-17")
    world.one(province, "PublishProfile", {"profile": profile.published()}, "2002-06-17")
    world.one(province, "DefinePoorCounties", {"programme": PROGRAMME}, "2002-06-17")
    world.one(province, "DefineSwapPairs", {"programme": PROGRAMME}, "2002-06-17")
    pairs = world.gateway.query(province, "allocation", "pairs", programme=PROGRAMME)
    nominate(world, pairs)
    agree_and_confirm(world, pairs)
    report(world)
    lose_and_restore(world)
    assess(world, profile)
    end(world)


def seats(pair: dict[str, Any]) -> list[dict[str, Any]]:
    """The named places of a pair, both directions: out goes from the poor side to the developed one."""
    if not pair["developed_area"]:
        return []
    poor, developed = pair["poor_area"], pair["developed_area"]
    found = []
    for direction, sending, host in (("out", poor, developed), ("back", developed, poor)):
        for level in LEVELS:
            for seat in range(1, pair[f"{level}_each"] + 1):
                found.append(
                    {
                        "pair": int(pair["pair"]),
                        "direction": direction,
                        "level": level,
                        "seat": seat,
                        "sending": sending,
                        "host": host,
                    }
                )
    return found


def nominate(world: World, pairs: list[dict[str, Any]]) -> None:
    """Thirteen cities nominate and submit, each with its standing committee's discussion."""
    by_city: dict[str, list[dict[str, Any]]] = {}
    for pair in pairs:
        for seat in seats(pair):
            by_city.setdefault(seat["sending"][:4], []).append(seat)
    for city, places in sorted(by_city.items()):
        nominate_city(world, city, places, "2002-06-27", "2002-06-26")


def nominate_city(world: World, city: str, places: list[dict[str, Any]], on: str, discussed: str) -> None:
    """One city's legs and its submission in four copies."""
    legs = [{**place, **person(world, place["level"])} for place in places]
    data = {"programme": PROGRAMME, "city": city, "legs": legs}
    world.one(world.city(city), "NominateLegs", data, on, after=("allocation",))
    submission = {
        "programme": PROGRAMME,
        "city": city,
        "copies": 4,
        "discussed_on": discussed,
        "discussion": f"{city} 市委常委会会议纪要（合成）",
        "recipient": "省委组织部干部一处",
    }
    world.one(world.city(city), "SubmitNomination", submission, on)


def person(world: World, level: str) -> dict[str, Any]:
    """A synthetic leader of the level, inside its age limit."""
    made = world.people.next(born=BORN[level])
    form = workbook.form_of(made, f"{level} 党政领导干部（合成）", "挂职锻炼（合成）")
    return {"id_number": made["id_number"], "mobile": made["mobile"], "form": form, "synthetic": True}


def legs(world: World, after: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """All legs as personnel knows them."""
    return world.gateway.query(world.province(), "personnel", "legs", after=after, programme=PROGRAMME)


def agree_and_confirm(world: World, pairs: list[dict[str, Any]]) -> None:
    """The list is fixed, posts are agreed with both sides, every level of a pair is confirmed."""
    province = world.province(PROVINCE_POST)
    fixed = {"programme": PROGRAMME}
    world.one(province, "FixList", fixed, "2002-07-02", after=("personnel",))
    agree(world, legs(world), "2002-07-05")
    levels = sorted({(seat["pair"], seat["level"]) for pair in pairs for seat in seats(pair)})
    for pair, level in levels:
        data = {"programme": PROGRAMME, "pair": pair, "level": level}
        world.one(province, "ConfirmSwap", data, "2002-07-08")


def agree(world: World, wanted: list[dict[str, Any]], on: str) -> None:
    """A post for each leg: the province proposes it, the host's city agrees."""
    province = world.province(PROVINCE_POST)

    def post(leg: dict[str, Any]) -> None:
        data = {
            "programme": PROGRAMME,
            "pair": leg["pair"],
            "leg": leg["leg"],
            "post": f"{leg['host']} 挂职副职（合成）",
        }
        world.gateway.command(province, "ProposePost", data, on, after=("personnel",))
        city = leg["host"][:4]
        world.gateway.command(world.city(city), "AgreePost", {**data, "city": city}, on)

    world.each(post, wanted)


def report(world: World) -> None:
    """Each city brings its group to the hosts; the hosts record the appointments."""
    every = legs(world, after=("allocation",))
    for city in sorted({leg["sending"][:4] for leg in every}):
        group = [leg["leg"] for leg in every if leg["sending"].startswith(city)]
        arrive(world, city, group, "2002-07-15")
    appoint(world, every, "2002-07-16")


def arrive(world: World, city: str, group: list[str], on: str) -> None:
    """The sending city reports its group for duty."""
    data = {"legs": group, "companions": 0}
    world.one(world.city(city), "ReportForDuty", data, on, after=("allocation",))


def appoint(world: World, wanted: list[dict[str, Any]], on: str) -> None:
    """The host's authority records each appointment."""

    def record(leg: dict[str, Any]) -> None:
        host = world.city(leg["host"][:4])
        world.gateway.command(host, "RecordAppointment", {"legs": [leg["leg"]]}, on)

    world.each(record, wanted)


def find(every: list[dict[str, Any]], seat: tuple[str, str, str, int]) -> dict[str, Any]:
    """The last leg on a seat."""
    at = [leg for leg in every if (str(leg["pair"]), leg["direction"], leg["level"], leg["seat"]) == seat]
    return max(at, key=lambda leg: int(leg["leg"].rsplit(".", 1)[1]))


def lose_and_restore(world: World) -> None:
    """A leg is withdrawn for health; its side nominates a substitute, and the pair is whole again."""
    lost = find(legs(world), LOST)
    city = lost["sending"][:4]
    withdrawn = {"leg": lost["leg"], "reason": "健康原因（合成）"}
    world.one(world.city(city), "WithdrawLeg", withdrawn, "2002-11-04")
    world.one(world.city(city), "RecordReturn", {"leg": lost["leg"]}, "2002-11-04")
    place = {k: lost[k] for k in ("direction", "level", "seat", "sending", "host")} | {"pair": int(lost["pair"])}
    nominate_city(world, city, [place], "2002-11-11", "2002-11-10")
    substitute = find(legs(world), LOST)
    agree(world, [substitute], "2002-11-14")
    arrive(world, city, [substitute["leg"]], "2002-11-18")
    appoint(world, [substitute], "2002-11-19")


def assess(world: World, profile: loader.ProgrammeProfile) -> None:
    """One leg is assessed by the sending city and reviewed by the province; its person and county are commended."""
    province = world.province(PROVINCE_POST)
    notice = next(n for n in profile.notices if n.key == "assessment")
    world.one(province, "PublishNotice", notice_data(notice, profile.scope), "2003-05-13")
    leg = find(legs(world), PROMOTED)
    commendation.summarise(world, leg)
    day = "2003-06-09"
    data = {
        "leg": leg["leg"],
        "dimensions": {name: f"{name}：合成评语" for name in ("德", "能", "勤", "绩", "廉")},
        "emphasis": "思想作风和工作表现（合成）",
        "methods": [{"method": m, "on": day} for m in ("hearing", "documents", "field_visit")],
        "report": "该同志挂职期间工作扎实。" * 84,
        "copies": 3,
    }
    world.one(world.city(leg["sending"][:4]), "AssessSecondment", data, "2003-06-10", after=("personnel",))
    commendation.propose(world, leg)
    review = {"leg": leg["leg"], "opinion": "同意（合成）"}
    world.one(province, "ReviewReport", review, "2003-06-25")
    commendation.grant(world, leg)


def end(world: World) -> None:
    """Terms and pairs end; the assessed leg is filed and promoted."""
    world.one(world.system(), "EndTerms", {"programme": PROGRAMME, "as_of": "2003-07-15"}, "2003-07-15")
    world.one(world.system(), "EndSwaps", {"programme": PROGRAMME, "as_of": "2003-07-15"}, "2003-07-15")
    leg = find(legs(world), PROMOTED)
    city = world.city(leg["sending"][:4])
    filed = {"leg": leg["leg"], "document": "全面考核材料（合成）"}
    world.one(city, "FileInArchive", filed, "2003-07-16", after=("evaluation",))
    grounds = {
        "leg": leg["leg"],
        "grounds": ["outstanding", "recognised", "work_need"],
        "evaluation": leg["leg"],
        "post": "提拔任职（合成）",
    }
    world.one(city, "PromoteCadre", grounds, "2003-07-18")
