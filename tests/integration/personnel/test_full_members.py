"""A probationary member is no candidate of 2015 unless a reason is stored and the department that files consents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit import shanxi
from tests.kit.desk import Desk
from tests.kit.personnel.candidates import ATTESTED, GATES, OFFICES, UNIT


@pytest.mark.req("PE-022")
def test_a_probationary_member_without_a_stored_reason_is_not_qualified(open_desk: Callable[..., Desk]) -> None:
    together = shanxi.county(open_desk)
    key, office = shanxi.applied(together, 1, "2015-06-25"), OFFICES[UNIT]
    together.command(office, "PassGates", "2015-06-26", candidacy=key, gates=list(GATES))
    about = {"pool": "young_excellent", "party_status": "probationary", "work_start": "2008-07-01"}
    given = {"attested": list(ATTESTED), "evidence": shanxi.EVIDENCE}
    refused = together.refused(office, "QualifyApplicant", "2015-06-27", candidacy=key, **about, **given)
    assert (refused["code"], refused["field"], refused["clause"]) == ("not_full_member", "party_status", "二")
