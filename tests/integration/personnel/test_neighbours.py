"""A neighbour asks for what is not its own: who serves elsewhere, a later form, reserves of another township."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from tests.kit import province as liaoning
from tests.kit import shanxi
from tests.kit.desk import Desk, organ
from tests.kit.personnel.candidates import COUNTY, COUNTY_UNIT, HOST, OFFICES, SX2015, UNIT
from tests.kit.personnel.pool import BRANCH, COMMITTEE, ELSEWHERE, HOME, NEXT, OFFICE, QS2017, TOWNSHIP, Pool
from tests.kit.province import LN2018
from tests.kit.shanxi import VILLAGES

BESIDE = "140927"
OTHER_HOST, OTHER_COMMITTEE = organ("county_org", BESIDE), organ("township", ELSEWHERE[:9])
BOARD = {"organ": "省委组织部", "document": "干〔2019〕7号"}


@pytest.fixture
def pool(open_desk: Callable[..., Desk]) -> Pool:
    pool = Pool(open_desk)
    pool.announce()
    pool.announce("2017-09-25", ELSEWHERE[:9])
    return pool


def test_a_county_hears_of_who_serves_elsewhere_what_it_hears_of_a_stranger(open_desk: Callable[..., Desk]) -> None:
    system = shanxi.county(open_desk)
    posting, person = shanxi.on_post(system, 1, VILLAGES[0])
    about = {"programme": SX2015, "unit": COUNTY_UNIT, "level": "county"}

    def answer(by: str, who: str) -> dict[str, str]:
        target = f"{by}100201" if by == BESIDE else VILLAGES[1]
        asker = OTHER_HOST if by == BESIDE else HOST
        told = system.refused(asker, "JoinWorkTeam", "2015-08-01", **about, target=target, person=who)
        return {name: str(told[name]).replace(who, "…") for name in ("code", "kind", "field", "sentence", "accepted")}

    assert answer(BESIDE, person) == answer(BESIDE, "p-nobody")
    assert answer(BESIDE, person)["code"] == "work_team_member_unregistered"
    # The county where the cadre serves is told why.
    own = answer(COUNTY, person)
    assert (own["code"], posting in own["sentence"]) == ("work_team_member_engaged", True)


def test_the_county_of_an_earlier_posting_opens_no_later_form(open_desk: Callable[..., Desk]) -> None:
    first, second = liaoning.VILLAGES[0], "210727101208"
    province = liaoning.small(open_desk, (first, second))
    personnel = province["personnel"]
    posting, person = liaoning.on_post(province, 1, first)
    (before,) = personnel.query(liaoning.PROVINCE, "nominations", programme=LN2018, person=person)
    province.receipt(liaoning.COUNTY, "WithdrawCadre", "2019-01-06", posting=posting, ground="illness", **BOARD)
    province.receipt(liaoning.COUNTY, "RecordReturn", "2019-01-07", posting=posting)
    assert liaoning.nominated(province, 1, "2019-01-08") == person
    rows = personnel.query(liaoning.PROVINCE, "nominations", programme=LN2018, person=person)
    (later,) = [row["nomination"] for row in rows if row["nomination"] != before["nomination"]]

    old, new = organ("county_org", first[:6]), organ("county_org", second[:6])

    def hidden(by: Actor, nomination: str) -> bool:
        return bool(personnel.asked(by, "form", nomination=nomination)["code"] == "nomination_not_shown")

    assert personnel.query(old, "form", nomination=before["nomination"])
    assert hidden(old, later)
    liaoning.handed_over(province, liaoning.confirmed(province, second, person, "2019-01-09"), "2019-01-10")
    for by, own, other in ((old, before["nomination"], later), (new, later, before["nomination"])):
        assert personnel.query(by, "form", nomination=own)
        assert hidden(by, other)
    assert personnel.asked(old, "photo", nomination=later)["kind"] == "unknown"


def test_where_a_reserve_is_to_serve_nobody_hears_opinions_or_records_an_election(pool: Pool) -> None:
    reserve = pool.active(1)
    found = {"programme": QS2017, "village": ELSEWHERE, "stage": "use", "finding": "暂无合适人选"}
    for scope in ("township", "county"):
        pool.desk.receipt(OFFICE, "OpenFallback", "2020-09-18", **found, scope=scope)
    pool.take(BRANCH, "ProposeReserveUse", "2020-09-21", reserve, target=ELSEWHERE, post="村民委员会主任")
    said = {"source": "纪检", "position": "support"}
    heard = pool.refused(OTHER_COMMITTEE, "CollectReserveOpinion", "2020-09-22", reserve, **said)
    assert (heard["code"], heard["field"]) == ("not_your_business", "reserve")
    assert pool.take(COMMITTEE, "CollectReserveOpinion", "2020-09-22", reserve, **said) == {"OpinionCollected": 1}
    pool.take(COMMITTEE, "ApproveReserveUse", "2020-09-22", reserve, meeting="党委会〔2020〕7号")
    pool.take(OFFICE, "FileReserveUse", "2020-09-23", reserve, number="备案〔2020〕3号")
    for place, opened, closed in ((HOME, "2020-09-25", "2020-10-10"), (ELSEWHERE, "2020-10-10", "2020-10-17")):
        stage = {"stage": "use_public", "place": place}
        pool.take(COMMITTEE, "OpenPublicity", opened, reserve, **stage)
        pool.take(COMMITTEE, "ClosePublicity", closed, reserve, **stage)
    assert pool.take(COMMITTEE, "AppointReserve", "2020-10-19", reserve) == {"ElectionRequired": 1}
    result = {"elected": True, "minutes": "选举记录1号"}
    foreign = pool.refused(OTHER_COMMITTEE, "RecordReserveElection", "2020-11-02", reserve, **result)
    assert (foreign["code"], foreign["field"], foreign["clause"]) == ("not_your_business", "reserve", "二（三）.3")
    won = pool.take(COMMITTEE, "RecordReserveElection", "2020-11-02", reserve, **result)
    assert won == {"ReserveElectionHeld": 1, "ReserveAppointed": 1}


def test_a_township_is_told_of_its_own_reserves_at_a_vacancy_and_the_county_of_all(pool: Pool) -> None:
    far, near, own = pool.active(70, ELSEWHERE), pool.active(71, NEXT), pool.active(72)
    vacancy: dict[str, Any] = {"programme": QS2017, "village": HOME, "number": "2020-1"}
    asked = {**vacancy, "post": "村党组织委员", "occasion": "during_term"}
    pool.desk.receipt(COMMITTEE, "OpenVacancy", "2020-05-06", **asked)
    persons = {name: key.partition(".")[2] for name, key in (("far", far), ("near", near), ("own", own))}

    def order(by: str) -> list[str]:
        asker = {"county": OFFICE, "township": COMMITTEE, "village": BRANCH, "beside": OTHER_COMMITTEE}[by]
        rows = pool.desk.query(asker, "vacancy_order", **vacancy)
        return [next(name for name, person in persons.items() if person == row["person"]) for row in rows]

    assert order("county") == ["own", "near", "far"]
    assert order("township") == ["own", "near"]
    assert order("village") == ["own"]
    assert order("beside") == []


def test_who_came_twice_stands_on_the_lists_of_both_times(pool: Pool) -> None:
    reserve = pool.active(1)
    pool.take(BRANCH, "ProposeReserveRemoval", "2019-06-03", reserve, ground="现实表现不好", facts="评议为差")
    pool.take(COMMITTEE, "ApproveReserveRemoval", "2019-06-04", reserve, meeting="党委会")
    pool.take(OFFICE, "FileReserveRemoval", "2019-06-05", reserve, number="备案")
    pool.take(COMMITTEE, "RemoveReserve", "2019-06-10", reserve)
    pool.announce("2021-03-01")
    again = {"programme": QS2017, "village": HOME, "home": HOME, "channel": "self", "person": reserve.partition(".")[2]}
    pool.desk.receipt(COMMITTEE, "RecommendReserve", "2021-03-02", **again)
    for name, on, said in pool.steps():
        shifted = f"2021-03-{int(on[8:]) % 26 + 2:02d}" if on < "2017-10" else on.replace("2017-10", "2021-04")
        pool.desk.receipt(COMMITTEE, name, shifted, reserve=reserve, **said)

    def listed(on: str) -> tuple[int, int, int]:
        """In the library, on the roster, and among those without a helper."""
        library = pool.desk.query(OFFICE, "reserve_library", programme=QS2017, level="county", as_of=on)
        roster = pool.desk.query(COMMITTEE, "reserve_roster", programme=QS2017, as_of=on)
        unhelped = pool.desk.query(COMMITTEE, "reserves_unhelped", programme=QS2017, as_of=on)
        return sum(row["reserves"] for row in library), len(roster), len(unhelped)

    assert listed("2019-06-09") == (1, 1, 1)
    assert listed("2019-06-10") == (0, 0, 0)
    assert listed("2021-04-17") == (0, 0, 0)
    assert listed("2021-04-18") == (1, 1, 1)
    assert HOME[:9] == TOWNSHIP
    assert pool.desk.replays()


def test_one_candidate_takes_the_place_of_one_who_failed_and_no_second(open_desk: Callable[..., Desk]) -> None:
    system = shanxi.county(open_desk)
    failed = [shanxi.applied(system, n, "2015-06-25") for n in (1, 2)]
    for key in failed:
        about = {"candidacy": key, "conditions": ["不是中共正式党员"]}
        system.command(OFFICES[UNIT], "RejectApplicant", "2015-06-26", **about)
    key = shanxi.qualified(system, 3)
    decided = {"nominees": [key], "decision": "党组会纪要〔2015〕9号"}
    both = [{"nominee": key, "failed": one} for one in failed]
    twice = system.refused(OFFICES[UNIT], "RecommendNominees", "2015-06-28", **decided, instead=both)
    assert (twice["code"], twice["field"]) == ("replaces_two", "instead")
    same = [both[0], both[0]]
    assert system.refused(OFFICES[UNIT], "RecommendNominees", "2015-06-28", **decided, instead=same)["code"] == (
        "replaces_two"
    )
    made = system.command(OFFICES[UNIT], "RecommendNominees", "2015-06-28", **decided, instead=both[:1])
    assert made == {"NomineeRecommended": 1, "NomineeReplaced": 1}
