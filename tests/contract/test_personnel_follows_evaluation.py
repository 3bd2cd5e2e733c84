"""What personnel takes in of evaluation: interviews open recalls, reviewed reports open archive and promotion."""

from __future__ import annotations

from tests.kit.golden import told
from tests.kit.personnel.cast import COUNTY, UNIT_OFFICE
from tests.kit.personnel.following import decided, values
from tests.kit.personnel.handover import after, items, placed, placement
from tests.kit.personnel.legs import key, leg, post, report


def test_an_interview_opens_the_recall() -> None:
    on_post = after(
        placed(),
        items("2018-05-02", UNIT_OFFICE, "party_relation", "escort"),
        items("2018-05-02", COUNTY, "host_contact", "board_lodging"),
    )
    received = told("evaluation.InterviewHeld", posting=placement().posting)
    noted = values(decided(received, on_post.state, area="210727"))
    assert (noted["type"], noted["case"], noted["trigger"]) == (
        "RecallCaseNoted",
        received.data["case"],
        received.data["trigger"],
    )


def test_a_reviewed_report_is_cited_by_its_digest() -> None:
    received = told("evaluation.SecondmentReportReviewed", leg=key())
    served = leg(post(), report())
    noted = values(decided(received, served.state, "LN2002"))
    assert (noted["type"], noted["assessment"]) == ("AssessmentNoted", received.data["report_sha256"])
    without = told("evaluation.SecondmentReportReviewed", leg=key(), report_sha256="")
    assert values(decided(without, served.state, "LN2002"))["assessment"] == "evaluation:7"
