"""From the village to the post in 2015: the appointment first, then the post, a full member on that day too."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.testing import Given, actor
from services.personnel.parts import POSTING
from services.personnel.postings.appointed import PostAppointmentRecorded
from services.personnel.postings.appointment import AppointTo
from services.personnel.postings.posting import CadreOnPost
from tests.kit.personnel import handover
from tests.kit.personnel.candidates import CITY, COUNTY, VILLAGE, appoint, assigned, at, host_of, posting, take_up


def appointed(on: str = "2015-07-14") -> Given:
    begun = posting(assigned())
    begun.state = POSTING.fold(begun.state, POSTING.decide(begun.state, appoint(on=on)))
    return begun


@pytest.mark.req("PE-032")
def test_nobody_is_on_post_before_the_appointment_is_recorded() -> None:
    begun = posting(assigned())
    early = begun.when(take_up()).rejected("duty_out_of_order", clause="三.5", field="postings").refusal
    assert early is not None
    assert "任职手续" in (early.accepted or "")
    (event,) = begun.when(appoint()).events or []
    assert isinstance(event, PostAppointmentRecorded)
    assert (event.posting, event.post) == (f"SX2015.{VILLAGE}.1", "村党组织第一书记")
    on_post, _ = appointed().when(take_up()).events or []
    assert isinstance(on_post, CadreOnPost)
    assert (on_post.tier, on_post.occurred_on) == ("province", date(2015, 7, 18))
    # The host appoints, the county or the city above it; nobody before the village is assigned, nobody twice.
    for by in (CITY, host_of(VILLAGE)):
        begun.when(AppointTo(context=at("2015-07-14", by))).types("PostAppointmentRecorded")
    for by in (actor("county_org", areas=("140927",)), actor("province_org", areas=("14",))):
        begun.when(AppointTo(context=at("2015-07-14", by))).rejected("not_your_business")
    begun.when(appoint(on="2015-07-09")).rejected("date_before_ground", accepted="2015-07-10 起")
    appointed().when(appoint()).rejected("duty_done")


def test_the_cadre_may_have_come_before_the_formalities_but_not_before_the_village_was_assigned() -> None:
    appointed("2015-07-20").when(take_up(on="2015-07-18")).types("CadreOnPost", "TermSet")
    appointed("2015-07-20").when(take_up(on="2015-07-09")).rejected("date_before_ground", accepted="2015-07-10 起")


@pytest.mark.req("PE-022")
@pytest.mark.parametrize("status", ["probationary", "none", None])
def test_party_membership_is_looked_at_again_at_the_start(status: str | None) -> None:
    wrong = appointed().when(take_up(party_status=status))
    wrong.rejected("not_full_member_now", rule="candidate.party_status", field="party_status")
    appointed().when(take_up(party_status=status, excepted=True)).types("CadreOnPost", "TermSet")


def test_a_programme_without_these_steps_has_neither() -> None:
    placed = handover.placed()
    context = handover.items("2018-05-02", host_of(COUNTY)).context
    placed.when(AppointTo(context=context)).rejected("rule_unknown", rule="procedure.nomination")
