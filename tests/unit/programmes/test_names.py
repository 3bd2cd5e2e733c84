"""One thing, several printed names: notices by number, organisations and forms by alias."""

import pytest

from programmes import aliases, registers
from programmes.notices import canonical_number


@pytest.mark.req("X-010")
def test_both_forms_of_brackets_are_one_number() -> None:
    assert canonical_number("辽委办发[2001]40号") == canonical_number("辽委办发〔2001〕40号") == "辽委办发〔2001〕40号"
    assert canonical_number("辽组通字 〔2018〕 23 号") == "辽组通字〔2018〕23号"
    assert canonical_number("辽组通字〔2018〕23号") != canonical_number("辽组通字〔2018〕24号")


@pytest.mark.req("X-013")
def test_all_printed_forms_of_a_name_give_the_same_id() -> None:
    for row in registers.rows("aliases.csv"):
        assert aliases.canonical(row["kind"], row["printed"]) == row["canonical"]
    for printed in ("鞍钢集团有限公司", "鞍钢集团公司", "鞍 钢", "鞍钢"):
        assert aliases.canonical("enterprise", printed) == "鞍钢集团有限公司"
    for printed in ("沈 铁", "沈铁", "中国铁路沈阳局集团有限公司"):
        assert aliases.canonical("enterprise", printed) == "中国铁路沈阳局集团有限公司"
    assert aliases.canonical("enterprise", "辽 油") == "中国石油辽河油田分公司"
    assert aliases.canonical("enterprise", "东 油") == "东北石油管道有限公司"
    assert aliases.canonical("county", "新宾县") == aliases.canonical("county", "新宾满族自治县")


@pytest.mark.req("X-024")
def test_two_titles_are_one_form() -> None:
    first = aliases.canonical("form", "选派机关优秀干部到村任第一书记工作台账")

    assert first == aliases.canonical("form", "选派第一书记到村工作台账")
    assert first == "选派机关优秀干部到村任第一书记工作台账"


def test_an_unknown_name_is_nobody() -> None:
    assert aliases.canonical("enterprise", "本钢") is None
    assert aliases.canonical("form", "鞍钢") is None
