"""What people come to do, each by its own role and by what is on the screen alone, in at most twelve clicks.

The run tells at its end how many pages and clicks each took.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from cli.office import Office
from demo import workbook
from demo.people import spoiled
from tests.hostile.ground import Ground
from tests.kit.browser.visitor import Visitor

VILLAGE, TOWNSHIP, COUNTY = "210727101208", "210727101", "210727"
"""河南村民委员会 of 刘龙台镇 of 义县."""
NEXT: Final = "210727102213"
"""The other place of the county with a cadre."""
ELSEWHERE: Final = "210781101201"
"""In another county of the city."""
LEFT: Final = "210726103217"
"""Where somebody is recalled and nobody has followed."""
IN_CITY: Final = 11
"""Cadres in 锦州."""
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


@pytest.mark.req("X-014")
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
    village.page.goto(f"{village.url}/acts/RegisterDays")
    village.fill({"事实发生的日期": "2018-06-05", "派驻编号": posting, "月份": "2018-05", "日期或天数": "2018-05-28"})
    village.press("提交考勤登记")
    village.shows("未予办理，未作记录", "2018-05 的考勤表已盖章，不能直接补登")


def test_one_cadres_history(ground: Ground, visit: Visit, done: Done) -> None:
    county = visit(ground.world.county(COUNTY))
    county.follow("选派台账", within="nav")
    county.follow(f"LN2018.{VILLAGE}.1")
    county.heading("人员卡片")
    county.shows("任职", "经过", "各项记录")
    line = county.page.locator(".line li")
    expect(line.filter(has_text="2018-05-02").first).to_be_visible()
    assert line.count() >= 5
    done("one cadre's history", county)


def test_my_countys_cadres_and_duties(ground: Ground, visit: Visit, done: Done) -> None:
    county = visit(ground.world.county(COUNTY))
    county.follow("选派台账", within="nav")
    cadres = county.page.locator("#rows tbody tr")
    expect(cadres.first).to_be_visible()
    assert cadres.count() == 2
    county.shows(f"LN2018.{VILLAGE}.1", f"LN2018.{NEXT}.1")
    county.follow("我的待办", within="nav")
    county.fill({"范围": "所辖范围"})
    county.press("查看")
    county.shows("报送半年工作总结", "依据")
    done("my county's cadres and duties", county)


@pytest.mark.req("X-001")
def test_what_concerns_another_county_or_role_is_refused_in_words(ground: Ground, visit: Visit) -> None:
    neighbour = visit(ground.world.county("210726"))
    neighbour.follow("办理", within="nav")
    neighbour.follow("召回调换", within=".acts")
    neighbour.fill({"事实发生的日期": "2019-05-13", "派驻编号": f"LN2018.{ELSEWHERE}.1", "召回案件编号": "c"})
    neighbour.press("提交召回调换")
    neighbour.shows("未予办理，未作记录")
    village = visit(ground.world.village(VILLAGE))
    village.page.goto(f"{village.url}/acts/RecallCadre")
    village.shows("县委组织部", "召回调换")
    expect(village.button("提交召回调换")).to_have_count(0)
    every = ground.world.gateway.query(ground.world.province(), "personnel", "postings", programme="LN2018")
    assert [one["status"] for one in every if one["target"] == ELSEWHERE] == ["on_post"]


def test_leave_is_asked_and_granted_and_the_answer_seen(ground: Ground, visit: Visit, done: Done) -> None:
    person = ground.world.gateway.query(ground.world.province(), "personnel", "postings", programme="LN2018")
    (held,) = (one for one in person if one["target"] == VILLAGE)
    cadre = visit(Office(held["person"], "选派干部", "选派干部", "cadre"))
    posting = posting_on(cadre)
    cadre.follow("办理", within="nav")
    cadre.follow("请假", within=".acts")
    leave = {"开始日期": "2018-06-12", "截止日期": "2018-06-14", "种类": "事"}
    cadre.fill({"事实发生的日期": "2018-06-11", "派驻编号": posting, **leave})
    cadre.press("提交请假")
    cadre.heading("请假：已办理")
    township = visit(ground.world.township(TOWNSHIP))
    township.follow("准假")
    township.fill({"事实发生的日期": "2018-06-11"})
    township.press("提交准假")
    township.heading("准假：已办理")
    cadre.follow("考勤", within="nav")
    cadre.follow("请假", within=".tabs")
    cadre.shows("2018-06-12", "2018-06-14", "准")
    done("leave asked and granted, the answer seen", cadre, township)


def test_the_ledger_as_a_workbook(ground: Ground, visit: Visit, done: Done) -> None:
    city = visit(ground.world.city("2107"))
    city.follow("选派台账", within="nav")
    book = CalamineWorkbook.from_filelike(io.BytesIO(city.taken("导出表格")))
    rows = book.get_sheet_by_index(0).to_python()
    assert sum("LN2018.2107" in str(row) for row in rows) == IN_CITY
    assert not any("LN2018.2113" in str(row) for row in rows)
    done("the ledger as xlsx", city)


def test_why_a_cadre_has_this_village(ground: Ground, visit: Visit, done: Done) -> None:
    county = visit(ground.world.county(COUNTY))
    county.follow("选派台账", within="nav")
    county.follow(f"LN2018.{VILLAGE}.1")
    county.open("分配记录")
    reasons = county.page.locator("table", has_text="首批该村无选派干部（合成）").first
    expect(reasons).to_be_visible()
    expect(reasons).to_contain_text("集体经济薄弱（合成）")
    done("why a cadre has this village", county)


def test_a_recall_from_the_trigger_to_the_record(ground: Ground, visit: Visit, done: Done) -> None:
    world = ground.world
    world.one(world.system(), "RaiseDueTriggers", {"as_of": "2019-05-02"}, "2019-05-02", after=("personnel",))
    county = visit(world.county(COUNTY))
    county.follow("考核与召回", within="nav")
    county.follow("召回案件", within=".tabs")
    posting = f"LN2018.{NEXT}.1"
    about = {"派驻编号": posting, "召回案件编号": county.cell(posting, "召回案件编号")}
    steps: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("约谈", "2019-05-06", {"说明": "约谈记录（合成）"}),
        ("召回调换", "2019-05-13", {}),
        ("召回记录归档", "2019-05-14", {"材料或文件编号": "召回调换记录（合成）"}),
    )
    for title, day, more in steps:
        county.follow("办理", within="nav")
        county.follow(title, within=".acts")
        county.fill({"事实发生的日期": day, **about, **more})
        county.press(f"提交{title}")
        county.heading(f"{title}：已办理")
    done("a recall from the trigger to the record", county)


@pytest.fixture
def vacancy(ground: Ground) -> dict[str, Any]:
    """The posting of a cadre who was recalled: its unit may recommend another."""
    world, on = ground.world, "2019-05-02"
    county = world.county(LEFT[:6])
    world.one(world.system(), "RaiseDueTriggers", {"as_of": on}, on, after=("personnel",))
    cases = world.gateway.query(county, "evaluation", "cases")
    (case,) = (str(one["case"]) for one in cases if one["target"] == LEFT)
    every = world.gateway.query(world.province(), "personnel", "postings", programme="LN2018")
    (held,) = (one for one in every if one["target"] == LEFT)
    about = {"posting": held["posting"], "case": case}
    world.one(county, "HoldInterview", {**about, "note": "约谈记录（合成）"}, "2019-05-06")
    world.one(county, "RecallCadre", about, "2019-05-13", after=("evaluation",))
    return dict(held)


def test_a_roster_is_imported_with_two_bad_rows(
    ground: Ground, visit: Visit, done: Done, vacancy: dict[str, Any], tmp_path: Path
) -> None:
    world = ground.world
    unit = next(one for one in world.units if one.id == vacancy["unit"])
    rows = [workbook.row_of(world.people.next(), unit, "village", 3000 + number) for number in range(3)]
    rows[0]["id_number"] = spoiled(rows[0]["id_number"])
    rows[1]["copies"] -= 1
    office = visit(world.channel(unit.channel))
    office.follow("文书", within="nav")
    office.open("办理事项")
    office.follow("上传名册")
    sheet = tmp_path / "名册.xlsx"
    sheet.write_bytes(workbook.filled(workbook.header_of(office.taken("LN2018")), rows, "LN2018"))
    office.fill({"推荐日期": "2019-05-15"})
    office.carry("名册", sheet)
    office.tick("只收合格的行")
    office.press("上传")
    office.heading("名册已收")
    office.shows("表格 1 份", "未收的行")
    places = office.page.locator("#findings tbody th").all_inner_texts()
    assert {place.split()[1] for place in places} == {"2", "3"}  # as the sheet numbers them: its header is the first
    done("a roster imported with two bad rows", office)
