"""Deadlines keep their printed text and take effect on real days."""

from datetime import date

import pytest

from programmes import dates, loader, registers

PRINTED = {
    "D01": ("LN2018", "4月上旬启动", "2018-04-10"),
    "D02": ("LN2018", "4月中下旬完成选派任务", "2018-04-30"),
    "D03": ("SX2015", "请于7月15日前", "2015-07-15"),
    "D04": ("SX2015", "7月15日前", "2015-07-15"),
    "D05": ("SX2015", "原则上于7月中旬全部完成选派工作", "2015-07-20"),
    "D06": ("SX2015", "任期一般为2年", None),
    "D07": ("SX2015", "不得低于全年工作日总数的2/3", None),
    "D08": ("LN2002", "6 月 28 日前", "2002-06-28"),
    "D09": ("LN2002", "7 月 15 日前", "2002-07-15"),
    "D10": ("LN2002", "时间为一年", None),
    "D11": ("LN2002", "于 6 月 15 日前", "2003-06-15"),
    "D12": ("LN2002", "于6月20日前", "2003-06-20"),
    "D13": ("LN2002", "拟于 7 月中旬", "2003-07-20"),
    "D14": ("QS2017", "在10月20日之前", "2017-10-20"),
    "D15": ("QS2017", "在11月31日前", "2017-11-30"),
    "D16": ("QS2017", "每季度", None),
    "D17": ("QS2017", "每半年", None),
    "D18": ("QS2017", "每年至少", None),
    "D19": ("QS2017", "3年内至少接受1次", None),
    "D20": ("JZ", "每月统计出勤情况", None),
    "D21": ("JZ", "每月检查 / 每月抽查", None),
    "D22": ("JZ", "每季度", None),
    "D23": ("JZ", "每半年", None),
    "D24": ("JZ", "在年底前", None),
    "D25": ("JZ", "一年内 / 二年内 / 三年内", None),
}


@pytest.mark.req("X-012")
def test_every_row_loads_and_keeps_its_printed_text() -> None:
    rows = {row["id"]: row for row in registers.rows("deadlines.csv")}

    assert rows.keys() == PRINTED.keys()
    for number, (programme, printed, last) in PRINTED.items():
        rule = loader.load(programme).rules[f"deadline.{number}"]
        assert rule["value"]["printed"] == printed
        assert rule["value"]["effective_to"] == last
        back = {key: text or "" for key, text in rule["value"].items()}
        written = {key: rows[number][key] for key in back}
        assert back == written
        assert rule["clause"] == rows[number]["clause"]


def test_the_31st_of_november_is_the_30th_with_a_defect() -> None:
    reading = dates.read("在11月31日前", 2017)

    assert reading is not None
    assert reading.last == date(2017, 11, 30)
    assert reading.defect is not None
    assert not reading.late(date(2017, 11, 30))
    assert reading.late(date(2017, 12, 1))
    profile = loader.load("QS2017").rules
    assert profile["roster.deadline"]["value"] == "2017-11-30"
    assert profile["deadline.D15"]["value"]["printed"] == "在11月31日前"
    assert "30 November" in profile["deadline.D15"]["value"]["defect"]


@pytest.mark.parametrize(
    ("printed", "year", "first", "last"),
    [
        ("4月上旬启动", 2018, date(2018, 4, 1), date(2018, 4, 10)),
        ("4月中下旬完成", 2018, date(2018, 4, 11), date(2018, 4, 30)),
        ("2月下旬", 2004, date(2004, 2, 21), date(2004, 2, 29)),
        ("6 月 28 日前", 2002, None, date(2002, 6, 28)),
        ("2月30日前", 2003, None, date(2003, 2, 28)),
    ],
)
def test_days_and_thirds_of_a_month(printed: str, year: int, first: date | None, last: date) -> None:
    reading = dates.read(printed, year)

    assert reading is not None
    assert (reading.first, reading.last) == (first, last)


@pytest.mark.parametrize("printed", ["每季度", "13月1日前", "0月上旬", "时间为一年", "5月0日"])
def test_what_names_no_day_is_not_read_as_one(printed: str) -> None:
    assert dates.read(printed, 2017) is None
