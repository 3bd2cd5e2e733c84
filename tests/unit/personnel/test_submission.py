"""What a city hands in for its legs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.testing import given
from services.personnel.legs.submission import SUBMISSION, NominationSubmitted, NomineesCounted, Submit
from tests.kit.personnel.cast import SENDING_CITY, ctx

LEGS = ("LN2002.5.out.county.1.1",)


def submit(on: str = "2002-06-28", **changes: Any) -> Submit:
    fields: dict[str, Any] = {
        "city": "2113",
        "copies": 4,
        "discussed_on": date(2002, 6, 26),
        "discussion": "常委会纪要 12",
        "legs": LEGS,
        "submission": "LN2002.2113.1",
        "substitutes": False,
    }
    return Submit(context=ctx(on, SENDING_CITY, "LN2002"), programme="LN2002", **{**fields, **changes})


def counted(on: str) -> NomineesCounted:
    """What is said beside a submission, where nobody was counted."""
    about: dict[str, Any] = {"programme": "LN2002", "city": "2113", "submission": "LN2002.2113.1"}
    return NomineesCounted(occurred_on=date.fromisoformat(on), **about, legs=LEGS, counts=None)


@pytest.mark.req("AL-058")
def test_the_committee_discusses_first_and_the_twenty_ninth_is_late_not_refused() -> None:
    given(SUBMISSION).when(submit(discussed_on=None)).rejected("discussion_missing", field="discussed_on")
    given(SUBMISSION).when(submit(discussion=" ")).rejected("discussion_missing", field="discussion")
    for on, late in (("2002-06-28", False), ("2002-06-29", True)):
        given(SUBMISSION).when(submit(on)).then(
            NominationSubmitted(
                occurred_on=date.fromisoformat(on), programme="LN2002", submission="LN2002.2113.1", city="2113",
                legs=LEGS, copies=4, recipient="省委组织部干部一处", discussed_on=date(2002, 6, 26),
                discussion="常委会纪要 12", late=late,
            ),
            counted(on),
        )  # fmt: skip


def test_four_copies_to_the_cadre_division() -> None:
    given(SUBMISSION).when(submit(copies=3)).rejected("copies_incomplete", accepted="4", rule="nomination.copies")
    given(SUBMISSION).when(submit(recipient="省委办公厅")).rejected("recipient_wrong", accepted="省委组织部干部一处")


def test_substitutes_are_not_late_and_a_discussion_is_not_of_tomorrow() -> None:
    done = given(SUBMISSION).when(submit("2002-11-11", substitutes=True)).events or []
    assert isinstance(done[0], NominationSubmitted)
    assert not done[0].late
    given(SUBMISSION).when(submit("2002-06-25")).rejected("discussion_after_submission", accepted="不晚于 2002-06-25")
    given(SUBMISSION).when(submit(legs=())).rejected("nothing_to_submit")
