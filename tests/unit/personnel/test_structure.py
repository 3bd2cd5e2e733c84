"""The corps as figures and as a picture: nobody is named, and the same persons give the same bytes."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from cli.structure_picture import picture
from programmes import loader
from services.personnel.structure.corps import UNKNOWN, Member, degree, figures

ON = date(2018, 12, 31)
MEMBERS = (
    Member(birth_month="1980-12", sex="男", education=("大学本科", ""), level="province", unit_kind="省直机关工委"),
    Member(
        birth_month="1981-01", sex="女", education=("大专", "研究生"), level="city", unit_kind="2107", pool="reserve"
    ),
    Member(),
)  # fmt: skip


@pytest.mark.req("PE-043")
def test_the_corps_is_counted_in_six_ways_and_in_one_order() -> None:
    counted = figures(MEMBERS, ON)
    assert counted == {
        "age": {"37": 1, "38": 1, UNKNOWN: 1},
        "sex": {"女": 1, "未知": 1, "男": 1},
        "level": {"city": 1, "province": 1, "未知": 1},
        "unit_kind": {"2107": 1, "未知": 1, "省直机关工委": 1},
        "education": {"大学本科": 1, "未知": 1, "硕士研究生": 1},
        "pool": {"reserve": 1, "未知": 2},
    }
    assert json.dumps(counted) == json.dumps(figures(reversed(MEMBERS), ON))
    assert sum(sum(values.values()) for values in counted.values()) == 18


def test_a_year_of_age_is_full_in_the_month_of_birth() -> None:
    one = (Member(birth_month="1980-12"),)
    ages = [figures(one, day)["age"] for day in (date(2018, 11, 30), date(2018, 12, 1))]
    assert ages == [{"37": 1}, {"38": 1}]


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (("大学专科", ""), "大专"), (("大专", "大学"), "大学本科"), (("本科", "硕士"), "硕士研究生"),
        (("中专", ""), "高中"), (("结业", ""), ""), ((), ""),
    ],
)  # fmt: skip
def test_the_highest_education_counts(entries: tuple[str, ...], found: str) -> None:
    assert degree(entries) == found


@pytest.mark.req("PE-043")
def test_the_picture_of_the_same_figures_is_the_same_file() -> None:
    told = {"programme": "LN2018", "as_of": "2018-12-31", "serving": 3, **figures(MEMBERS, ON)}
    drawn = picture(told)
    assert drawn == picture(json.loads(json.dumps(told)))
    assert [text in drawn for text in ("35–39 岁", "2（66.6%）", "</svg>")] == [True] * 3
    assert drawn.count('class="bar"') == 16


def test_no_bar_of_the_picture_is_called_by_a_key() -> None:
    rules = loader.load("SX2015").rules
    pools, levels = rules["candidate.pools"]["value"], rules["candidate.levels"]["value"]
    members = [Member(pool=pool, level=level) for pool in pools for level in levels]
    drawn = picture({"programme": "SX2015", "as_of": "2018-12-31", "serving": len(members), **figures(members, ON)})
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"国有企事业单位优秀人员", "市"} <= set(labels)
    assert [label for label in labels if re.search("[a-z]", label)] == []
