"""A step that the profile gives to a post is taken by who holds it on that day, or stands in, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from programmes import loader
from programmes.faults import BrokenProfile
from tests.kit import shanxi
from tests.kit.desk import Desk, organ
from tests.kit.personnel.candidates import COUNTY, HOST, POVERTY_OFFICE, PROVINCE, SX2015

CITY = organ("city_org", "1409")
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


def test_a_ledger_is_signed_sealed_and_filed_by_the_posts_that_its_steps_name(open_desk: Callable[..., Desk]) -> None:
    """The head signs by the notice; here the head seals too, and the file goes by hand of the party secretary."""
    named = {"sealed": 'post = "city_org_head"', "filed": 'post = "city_party_secretary"'}
    together = shanxi.county(open_desk, shanxi.with_spans(**named))
    holders = [
        {"organ": "1409", "post": post, "person": person, "since": "2015-01-01"}
        for post, person in (("org_head", "p-head"), ("party_secretary", "p-secretary"))
    ]
    together.command(PROVINCE, "RecordOfficeHolder", "2015-06-24", holders=holders)
    shanxi.on_post(together, 1, shanxi.VILLAGES[0])
    kept = ("host_county", "name", "host_village", "host_post", "unit_and_post", "mobile")
    said = {"row_no": "1", "remark": "", "term": "24个月", "tier": "省", "village_kind": "建档立卡贫困村"}
    (one,) = together.desks["personnel"].query(PROVINCE, "ledger", programme=SX2015)
    rows = [{**{name: one[name] for name in kept}, **said}]
    together.command(HOST, "EnterLedgerRows", "2015-07-15", programme=SX2015, county=COUNTY, rows=rows, first_row=2)
    head, secretary = replace(CITY, person="p-head"), replace(CITY, person="p-secretary")
    about: dict[str, Any] = {"programme": SX2015, "city": "1409"}
    copies = {"paper": 2, "electronic": 1}
    for command, event, able, others, more in (
        ("SignLedger", "LedgerSigned", head, (CITY, secretary), {}),
        ("SealLedger", "LedgerSealed", head, (CITY, secretary), {}),
        ("FileLedger", "LedgerFiled", secretary, (CITY, head), copies),
    ):
        for other in others:
            refusal = together.refused(other, command, "2015-07-15", **about, **more)
            code = "ledger_not_signer" if command == "SignLedger" else "not_in_office"
            assert (refusal["code"], refusal["clause"], refusal["accepted"]) == (code, "五.2", able.person)
        assert together.desks["personnel"].stored(event) == []
        assert together.command(able, command, "2015-07-15", **about, **more) == {event: 1}


def test_the_post_that_signs_a_ledger_is_named_by_its_step() -> None:
    profile = loader.load(SX2015).published()
    (sign,) = [step for step in profile["rules"]["procedure.ledger"]["value"] if step["act"] == "sign"]
    assert (sign["post"], sign["clause"]) == ("city_org_head", "五.2")
    text = (loader.PROFILES / "sx2015.toml").read_text(encoding="utf-8")
    named = 'post = "city_org_head", '
    assert text.count(named) == 1
    with pytest.raises(BrokenProfile, match="act 为 sign 的环节写明 post"):
        loader.parse(text.replace(named, ""), "sx2015.toml")


def test_a_post_stands_only_where_somebody_looks_it_up() -> None:
    with pytest.raises(BrokenProfile, match="post 只写在 act 为"):
        shanxi.with_spans(qualified='post = "unit_party_secretary"')
