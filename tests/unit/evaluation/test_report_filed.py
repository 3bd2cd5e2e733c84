"""A report goes its whole way: counted by evaluation, reviewed by the province, and only then filed by personnel."""

from __future__ import annotations

import pytest

from programmes import loader
from services.evaluation.wiring import SERVICE
from services.personnel.legs.archive import FileInArchive
from services.personnel.parts import LEG
from tests.kit.evaluation import secondments
from tests.kit.evaluation.secondments import CHAOYANG, PROVINCE, assessment, tell
from tests.kit.foreign import foreign
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel.cast import SENDING_CITY
from tests.kit.personnel.following import decided
from tests.kit.personnel.legs import key, leg, on, post, report


class Told:
    """A desk in memory that hears an event on its day."""

    def __init__(self, desk: MemoryDesk) -> None:
        self.desk = desk

    def hear(self, source: str, kind: str, day: str, **data: object) -> None:
        self.desk.today = day
        self.desk.hear(source, kind, data)


@pytest.mark.req("EV-013")
def test_a_report_is_counted_reviewed_and_filed_in_this_order() -> None:
    desk = MemoryDesk(SERVICE, "2002-06-17")
    desk.hear("allocation", "ProfilePublished", loader.load("LN2002").published())
    tell(Told(desk), secondments.reported(5, "out", "county", 1, "211381", "210213"))
    served = leg(post(), report())
    filing = FileInArchive(context=on("2003-07-16", SENDING_CITY), leg=key(), document="考察材料 1")
    short = desk.refused(CHAOYANG, "AssessSecondment", "2003-06-10", **assessment(key(), "字" * 999))
    assert (short.code, short.accepted) == ("report_too_short", "不少于 1000 字")
    copies = desk.refused(CHAOYANG, "AssessSecondment", "2003-06-10", **assessment(key(), copies=2))
    assert copies.code == "copies_incomplete"
    assert desk.command(CHAOYANG, "AssessSecondment", "2003-06-10", **assessment(key(), "字" * 1000)) == {
        "SecondmentAssessed": 1
    }
    served.when(filing).rejected("review_missing", rule="swap.report.filed_after")
    desk.command(PROVINCE, "ReviewReport", "2003-06-25", leg=key(), opinion="同意")
    (line,) = desk.lines("SecondmentReportReviewed")
    received = foreign("evaluation", "SecondmentReportReviewed", "2003-06-25", line["data"])
    served.state = LEG.fold(served.state, decided(received, served.state, "LN2002"))
    served.when(filing).types("FiledInArchive")
