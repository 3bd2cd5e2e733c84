"""A step that the profile gives to a post is taken by who holds it on that day, or stands in, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from programmes import loader
from programmes.faults import BrokenProfile
from programmes.published import verify
from tests.kit import shanxi
from tests.kit.desk import Desk
from tests.kit.personnel.candidates import POVERTY_OFFICE, PROVINCE

HEAD = {"organ": "14", "post": "org_head"}


@pytest.mark.req("X-057")
def test_a_filing_of_the_head_is_filed_by_the_head_of_that_day(open_desk: Callable[..., Desk]) -> None:
    profile = shanxi.with_spans(filed_province='post = "province_org_head"')
    together = shanxi.county(open_desk, profile)
    key = shanxi.recommended(together, 1)
    listed: dict[str, Any] = {"nominees": [key], "document": "件 1"}
    together.command(POVERTY_OFFICE, "ApproveNominees", "2015-06-29", **listed)
    nobody = together.refused(PROVINCE, "FileNominees", "2015-06-30", **listed)
    assert (nobody["code"], nobody["clause"], nobody["field"]) == ("office_unrecorded", "三", "nominees[1]")
    holders = [{**HEAD, "person": "p-head", "since": "2015-01-01"}]
    together.command(PROVINCE, "RecordOfficeHolder", "2015-06-24", holders=holders)
    acting = {**HEAD, "person": "p-deputy", "since": "2015-07-01", "until": "2015-07-02"}
    together.command(PROVINCE, "RecordStandIn", "2015-06-24", **acting)
    clerk = together.refused(PROVINCE, "FileNominees", "2015-06-30", **listed)
    assert (clerk["code"], clerk["clause"], clerk["accepted"]) == ("not_in_office", "三", "p-head")
    deputy = replace(PROVINCE, person="p-deputy")
    for day in ("2015-06-30", "2015-07-03"):
        assert together.refused(deputy, "FileNominees", day, **listed)["code"] == "not_in_office"
    assert together.command(deputy, "FileNominees", "2015-07-02", **listed)["NomineeFiled"] == 1
    assert together.desks["personnel"].stored("NomineeFiled")[-1]["candidacy"] == key


def test_a_post_stands_only_where_somebody_looks_it_up() -> None:
    profile = loader.load("SX2015").published()
    steps = profile["rules"]["procedure.nomination"]["value"]
    steps[1]["post"] = "unit_party_secretary"
    with pytest.raises(BrokenProfile):
        verify(profile)
