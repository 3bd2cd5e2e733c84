"""Delisting: recorded by the county, the earliest day stands."""

from __future__ import annotations

from kernel.testing import given
from services.evaluation.villages.village import VILLAGE as LIST
from services.evaluation.villages.village import RecordDelisting, VillageDelisted
from tests.kit.evaluation.cases import OTHER_COUNTY, VILLAGE, at, day

EVIDENCE = "义农〔2020〕8号"


def delisted(on: str) -> VillageDelisted:
    return VillageDelisted(occurred_on=day(on), programme="LN2018", target=VILLAGE, document=EVIDENCE)


def delisting(on: str, **more: object) -> RecordDelisting:
    return RecordDelisting(context=at(on, **more), programme="LN2018", target=VILLAGE, document=EVIDENCE)  # type: ignore[arg-type]


def test_the_county_records_it() -> None:
    given(LIST).when(delisting("2020-12-01")).then(delisted("2020-12-01"))
    given(LIST).when(delisting("2020-12-01", by=OTHER_COUNTY)).rejected("not_your_business", kind="forbidden")


def test_an_earlier_day_corrects_and_a_later_one_is_refused() -> None:
    earlier = given(LIST, delisted("2020-12-01")).when(delisting("2020-11-30")).then(delisted("2020-11-30"))

    assert earlier.state == day("2020-11-30")
    given(LIST, delisted("2020-12-01")).when(delisting("2020-12-01")).rejected("delisted_already")
