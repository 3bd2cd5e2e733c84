"""The golden submission of a city is what the decision gives."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kernel.testing import given
from services.personnel.legs.submission import SUBMISSION, NominationSubmitted, NomineesCounted, Submit
from tests.kit.golden import GOLDEN, decoded, read
from tests.kit.personnel.cast import SENDING_CITY, ctx


def beside(event: NominationSubmitted) -> NomineesCounted:
    """What is said with it where nobody was counted."""
    about = {"programme": event.programme, "city": event.city, "submission": event.submission}
    return NomineesCounted(occurred_on=event.occurred_on, **about, legs=event.legs, counts=None)


@pytest.mark.req("AL-058")
def test_the_golden_submission_is_what_the_decision_gives_and_one_of_the_29th_is_late() -> None:
    path = GOLDEN / "personnel" / "NominationSubmitted.v1.json"
    golden, event = read(path), decoded(path)
    assert isinstance(event, NominationSubmitted)

    def submit(on: str, discussed_on: date | None) -> Submit:
        return Submit(
            context=ctx(on, SENDING_CITY, "LN2002"),
            programme=event.programme,
            city=event.city,
            copies=event.copies,
            discussed_on=discussed_on,
            discussion=event.discussion,
            legs=event.legs,
            submission=event.submission,
            substitutes=False,
        )

    given(SUBMISSION).when(submit(golden["occurred_on"], event.discussed_on)).then(event, beside(event))
    given(SUBMISSION).when(submit(golden["occurred_on"], None)).rejected("discussion_missing", field="discussed_on")
    late = replace(event, occurred_on=date(2002, 6, 29), late=True)
    given(SUBMISSION).when(submit("2002-06-29", event.discussed_on)).then(late, beside(late))
