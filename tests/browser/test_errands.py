"""What people come to do, each by its own role and by what is on the screen alone, in at most twelve clicks.

The run tells at its end how many pages and clicks each took.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from playwright.sync_api import expect

from tests.hostile.ground import Ground
from tests.kit.browser.visitor import Visitor

VILLAGE, TOWNSHIP, COUNTY = "210727101208", "210727101", "210727"
"""河南村民委员会 of 刘龙台镇 of 义县."""
CODE: Final = re.compile(r"LN2018\.\w+\.\d+")
Visit = Callable[..., Visitor]
Done = Callable[..., None]


def posting_on(who: Visitor) -> str:
    """The number of the first posting that the page names."""
    found = CODE.search(who.page.locator("main").inner_text())
    assert found
    return found[0]


def test_what_is_overdue(ground: Ground, visit: Visit, done: Done) -> None:
    county = visit(ground.world.county(COUNTY))
    county.follow("我的待办", within="nav")
    county.shows("逾期", "义县", "依据")
    late = county.page.locator(".late").all_inner_texts()
    days = [int(re.sub(r"\D", "", one)) for one in late]
    assert days
    assert days == sorted(days, reverse=True)
    done("what is overdue", county)


def test_days_are_registered_and_the_month_compiled_signed_and_sealed(ground: Ground, visit: Visit, done: Done) -> None:
    village = visit(ground.world.village(VILLAGE))
    village.heading("我的待办")
    posting = posting_on(village)
    village.follow("办理", within="nav")
    village.follow("考勤登记", within=".acts")
    days = {"月份": "2018-05", "日期或天数": "2018-05-29\n2018-05-30"}
    village.fill({"事实发生的日期": "2018-05-31", "派驻编号": posting, **days})
    village.press("提交考勤登记")
    village.heading("考勤登记：已办理")
    village.follow("我的待办", within="nav")
    village.follow("汇总月考勤")
    village.fill({"事实发生的日期": "2018-06-01"})
    village.press("提交月考勤汇总")
    village.heading("月考勤汇总：已办理")
    secretary = visit(ground.world.secretary(TOWNSHIP))
    secretary.follow("考勤签字认定")
    secretary.fill({"事实发生的日期": "2018-06-02"})
    secretary.press("提交考勤签字认定")
    secretary.heading("考勤签字认定：已办理")
    township = visit(ground.world.township(TOWNSHIP))
    township.follow("月考勤盖章")
    township.fill({"事实发生的日期": "2018-06-03"})
    township.press("提交考勤表盖章")
    township.heading("考勤表盖章：已办理")
    with township.kept():
        township.page.goto(f"{township.url}/due?state=met")
        expect(township.page.locator("main")).to_contain_text("2018-06-03 已办")
    done("a day registered, the month compiled, signed and sealed", village, secretary, township)
