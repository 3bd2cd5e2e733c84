"""Nominating for a unit's places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kernel.errors import Rejected
from kernel.testing import given
from services.personnel.nomination.nomination import Judged, nominate
from services.personnel.nomination.roster import (
    CadreNominated,
    FormSubmitted,
    InitialCheckFailed,
    NoteUnitQuota,
    evolve,
)
from services.personnel.parts import ROSTER
from tests.kit.allocation.ground import LN2018, with_values
from tests.kit.personnel.cast import CHANNEL, UNIT, UNIT_OFFICE, ctx
from tests.kit.personnel.nomination import ON, entry, order, quota, roster


@pytest.mark.req("PE-001")
def test_a_nomination_cites_the_decision_of_the_party_committee() -> None:
    decided = roster().when(order(entry())).types("CadreNominated", "FormSubmitted").events or []
    assert isinstance(decided[0], CadreNominated)
    assert (decided[0].decision, decided[0].origin, decided[0].place) == (
        "党委会〔2018〕1号",
        "organisation",
        "village-1",
    )
    roster().when(order(entry(origin="volunteer"))).types("CadreNominated", "FormSubmitted")
    roster().when(order(entry(decision=" "))).rejected("decision_missing", rule="nomination.decision", field="decision")
    roster().when(order(entry(origin="指派"))).rejected(
        "choice_unknown", field="origin", accepted="组织推荐、个人自愿报名"
    )


@pytest.mark.req("PE-002")
def test_five_copies_go_to_the_unit_s_own_channel() -> None:
    decided = roster().when(order(entry())).events or []
    assert isinstance(decided[1], FormSubmitted)
    assert (decided[1].copies, decided[1].recipient, decided[1].form) == (5, CHANNEL, "LN2018-A2")
    for copies in (4, 6):
        roster().when(order(entry(copies=copies))).rejected("copies_incomplete", rule="form.copies", accepted="5")
    roster().when(order(entry(recipient="省委高校工委"))).rejected("recipient_wrong", accepted=CHANNEL)


@pytest.mark.req("PE-003")
def test_an_enterprise_reports_straight_to_the_province() -> None:
    straight = roster("鞍钢").when(order(entry(recipient="省委组织部"))).events or []
    assert isinstance(straight[1], FormSubmitted)
    assert straight[1].recipient == "province_org"
    roster("鞍钢").when(order(entry(recipient=CHANNEL))).rejected("recipient_wrong", field="recipient")


def test_no_nomination_before_the_scheme_of_the_channel() -> None:
    early = order(entry(), scheme_filed=False)
    roster().when(early).rejected("scheme_missing", rule="nomination.scheme")
    rules = with_values(LN2018, channel__scheme_required=False)
    roster().when(replace(early, context=replace(early.context, rules=rules))).types("CadreNominated", "FormSubmitted")


def test_places_are_taken_in_order_and_never_more_than_the_quota() -> None:
    full = roster().when(order(entry(1), entry(2), entry(3, kind="township", post="乡镇党委第一副书记")))
    assert [e.place for e in full.events or [] if isinstance(e, CadreNominated)] == [
        "village-1",
        "village-2",
        "township-1",
    ]
    roster().when(order(entry(1), entry(2), entry(3))).rejected("no_open_place", field="kind", rule="quota.unit")


def test_a_place_whose_cadre_left_the_post_is_open_again() -> None:
    full = given(ROSTER, quota(), *(roster().when(order(entry(1), entry(2))).events or []))
    again = full.when(order(entry(3), vacated={"p-2": date(2018, 4, 27)})).events or []
    assert isinstance(again[0], CadreNominated)
    assert again[0].place == "village-2"


def test_who_left_and_is_nominated_again_holds_the_place() -> None:
    full = given(ROSTER, quota(), *(roster().when(order(entry(1), entry(2))).events or []))
    left = {"p-2": date(2018, 4, 17)}  # placed before this nomination: by an earlier one
    full.when(order(entry(3), vacated=left)).rejected("no_open_place")


@pytest.mark.req("PE-005")
def test_a_failed_place_is_closed_until_the_talk_and_the_request() -> None:
    taken = roster().when(order(entry(1), entry(2))).events or []
    failed = InitialCheckFailed(
        occurred_on=ctx(ON, UNIT_OFFICE).occurred_on,
        programme="LN2018",
        nomination="n-1",
        person="p-1",
        unit=UNIT,
        channel=CHANNEL,
        kind="village",
        conditions=("健康",),
    )
    given(ROSTER, quota(), *taken, failed).when(order(entry(3))).rejected(
        "communication_missing", rule="renomination.requires"
    )


def test_the_intended_post_must_not_be_that_of_the_other_kind() -> None:
    roster().when(order(entry(post="乡镇党委第一副书记 待分配"))).rejected("post_mismatch", accepted="村党组织第一书记")


def test_a_number_of_a_person_in_free_text_is_refused_unread() -> None:
    refused = (
        roster().when(order(entry(decision="会议 13900000001"))).rejected("personal_number_in_text", field="decision")
    )
    assert refused.refusal is not None
    assert "139" not in refused.refusal.sentence


def test_a_quota_is_noted_once_and_again_when_it_changes() -> None:
    def note(villages: int) -> NoteUnitQuota:
        return NoteUnitQuota(
            context=ctx(ON, UNIT_OFFICE), programme="LN2018", unit=UNIT, channel=CHANNEL, townships=1, villages=villages
        )

    roster().when(note(2)).then()
    roster().when(note(3)).then(quota(villages=3))


def test_what_was_judged_on_this_very_state_is_not_judged_again_and_on_another_it_is() -> None:
    state = evolve(None, quota())
    made = nominate(state, order(entry()))
    good = replace(order(entry(copies=4)), judged=Judged(state, tuple(made)))
    assert nominate(state, good) == made
    with pytest.raises(Rejected) as refused:
        nominate(evolve(None, quota()), good)
    assert refused.value.code == "copies_incomplete"
