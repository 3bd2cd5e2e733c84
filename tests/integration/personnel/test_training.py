"""Training before the post, at its start and on the way: who lacks it is listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.personnel import caring, cast
from tests.kit.personnel.caring import CITY, ELSEWHERE, JINZHOU, NEIGHBOUR, OTHER_COUNTY, open_items, posting

TOPICS = ["village_party_building", "rural_revitalisation"]
SESSION = {"session": "任前培训班〔2018〕1期"}


@pytest.mark.req("PE-011")
def test_the_host_city_trains_after_the_province_mobilised_and_who_was_not_there_is_listed(
    open_desk: Callable[..., Desk],
) -> None:
    desk = caring.running(open_desk, JINZHOU, NEIGHBOUR)
    attended = {"postings": [posting(JINZHOU)], **SESSION}

    def train(by: object, on: str, topics: list[str] = TOPICS) -> dict[str, object]:
        return desk.refused(by, "RecordPrePostTraining", on, **attended, topics=topics)  # type: ignore[arg-type]

    early = train(CITY, "2018-05-04")
    assert (early["code"], early["clause"], early["accepted"]) == ("duty_out_of_order", "五.5", "先办理思想动员")
    meeting = {"programme": "LN2018", "meeting": "思想动员会"}
    stranger = desk.refused(CITY, "HoldMobilisation", "2018-05-03", **meeting)
    assert stranger["code"] == "role_not_allowed"
    assert desk.command(cast.PROVINCE, "HoldMobilisation", "2018-05-03", **meeting) == {"MobilisationHeld": 1}
    assert train(CITY, "2018-05-02")["code"] == "date_before_ground"
    assert train(CITY, "2018-05-04", TOPICS[:1])["code"] == "topics_missing"
    assert train(organ("city_org", "2113"), "2018-05-04")["code"] == "out_of_reach"
    both = [(posting(JINZHOU), "未登记"), (posting(NEIGHBOUR), "未登记")]
    assert open_items(desk, "2018-05-05", "pre_post_training") == both
    taken = desk.command(CITY, "RecordPrePostTraining", "2018-05-03", **attended, topics=TOPICS)
    assert taken == {"PrePostTrainingDone": 1}
    assert open_items(desk, "2018-05-05", "pre_post_training") == both[1:]
    assert open_items(desk, "2018-05-02", "pre_post_training") == both
    again = train(CITY, "2018-05-05")
    assert (again["code"], again["field"]) == ("duty_done", "posting")
    assert desk.replays()


@pytest.mark.req("PE-038")
@pytest.mark.req("PE-045")
def test_induction_reaches_every_new_cadre_and_skills_stand_apart(open_desk: Callable[..., Desk]) -> None:
    desk = caring.running(open_desk, ELSEWHERE, JINZHOU)
    own, session = {"postings": [posting(ELSEWHERE)]}, {"session": "任职培训班"}
    # Only the postings whose notice asks for it: the base asks, and so do its counties in Jinzhou.
    everybody = [(posting(JINZHOU), "未登记"), (posting(ELSEWHERE), "未登记")]
    assert open_items(desk, "2018-05-03", "induction") == everybody
    foreign = desk.refused(cast.COUNTY, "RecordInduction", "2018-05-10", **own, **session)
    assert (foreign["code"], foreign["kind"]) == ("out_of_reach", "forbidden")
    early = desk.refused(OTHER_COUNTY, "RecordInduction", "2018-05-01", **own, **session)
    assert (early["code"], early["clause"]) == ("date_before_ground", "五.3")
    skills = {**own, "session": "农业政策", "organiser": "农业"}
    assert desk.command(OTHER_COUNTY, "RecordSkillTraining", "2018-05-09", **skills) == {"SkillTrained": 1}
    assert open_items(desk, "2018-05-10", "induction") == everybody, "skills are no induction"
    assert desk.command(OTHER_COUNTY, "RecordInduction", "2018-05-10", **own, **session) == {"InductionTrained": 1}
    assert open_items(desk, "2018-05-10", "induction") == everybody[:1]
    again = desk.refused(OTHER_COUNTY, "RecordInduction", "2018-05-11", **own, **session)
    assert again["code"] == "duty_done"

    def recorded(duty: str) -> list[dict[str, str]]:
        return [row["said"] for row in desk.query(cast.PROVINCE, "care_records", duty=duty)]

    assert recorded("induction") == [session]
    assert recorded("skill_training") == [{"session": "农业政策", "organiser": "农业"}]
    assert desk.replays()
