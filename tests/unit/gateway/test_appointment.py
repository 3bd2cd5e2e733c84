"""Appointment forms: what two kinds of file say alike, what of it stands in a registration form, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli.appointment import appointment_forms
from gateway import roster
from gateway.appointment import lrmx, reading
from gateway.appointment.appointment import FIELDS, MEMBER, Appointment
from gateway.appointment.cells import appointment, cells
from kernel.errors import BadInput

PICTURE = b"\xff\xd8\xff" + bytes(range(64))
KEYS = [column.key for column in roster.form("LN2018").columns]
ON = date(2018, 4, 17)
SAID = {
    "XingMing": "合成人员0001",
    "XingBie": "男",
    "ChuShengNianYue": "198004",
    "MinZu": "满族",
    "JiGuan": "辽宁某县",
    "ChuShengDi": "辽宁某县",
    "RuDangShiJian": "200107",
    "CanJiaGongZuoShiJian": "200208",
    "JianKangZhuangKuang": "健康",
    "ZhuanYeJiShuZhiWu": "农艺师",
    "QuanRiZhiJiaoYu_XueLi": "大学",
    "QuanRiZhiJiaoYu_XueWei": "农学学士",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "某大学农学专业",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "某大学农学专业",
    "ZaiZhiJiaoYu_XueLi": "研究生",
    "XianRenZhiWu": "某厅科员",
    "NiRenZhiWu": "村党组织第一书记",
    "JianLi": "1998.09--2002.07 某大学农学专业学习\n2002.08-- 某厅科员",
    "JiangChengQingKuang": "无",
    "NianDuKaoHeJieGuo": "2017年度优秀",
    "RenMianLiYou": "工作需要",
    "TianBiaoShiJian": "20180417",
}
FAMILY = [
    dict(zip(MEMBER, ("配偶", "合成家属0001", "198005", "群众", "某学校教师"), strict=True)),
    dict(zip(MEMBER, ("父亲", "合成家属0002", "", "中共党员", "已去世"), strict=True)),
]
FORM = Appointment({name: SAID.get(name, "") for name in FIELDS}, tuple(FAMILY), PICTURE)


def older(said: Mapping[str, str] = SAID) -> list[str]:
    """The 33 texts of the older kind that say what ``FORM`` does."""
    get = said.get
    texts = [get(name, "") for name in ("XingMing", "XingBie", "ChuShengNianYue", "MinZu", "JiGuan", "RuDangShiJian")]
    texts += [get("JianKangZhuangKuang", ""), get("ChuShengDi", ""), get("CanJiaGongZuoShiJian", "")]
    texts += [
        "大学#农学学士@研究生",
        "某大学农学专业#某大学农学专业@",
        get("ZhuanYeJiShuZhiWu", ""),
        "",
        "",
        "",
        "",
        "",
    ]
    texts += [get("JianLi", ""), get("JiangChengQingKuang", ""), get("NianDuKaoHeJieGuo", "")]
    texts += ["@".join(one[name] for one in FAMILY) for name in MEMBER]
    texts += [get(name, "") for name in ("XianRenZhiWu", "NiRenZhiWu", "NiMianZhiWu", "RenMianLiYou")]
    return [*texts, "", "", "", get("TianBiaoShiJian", "")]


def kept(texts: list[str]) -> bytes:
    return ",".join(f'"{text}"' for text in texts).encode("gb2312")


def code_of(body: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        reading.read(body)
    return refused.value.code


def test_what_is_written_is_read_again() -> None:
    assert reading.read(lrmx.written(FORM)) == FORM
    assert len(FIELDS) + 2 == 34  # with family and photo: 33 fields and the version of the editor


def test_both_kinds_of_file_say_the_same() -> None:
    read = reading.read(kept(older()))
    assert {name: text for name, text in read.said.items() if text} == SAID
    assert (read.family, read.picture) == (tuple(FAMILY), b"")


def test_it_fills_the_cells_of_the_printed_form_and_names_the_rest() -> None:
    found = cells(FORM, KEYS, ON)
    assert found.filled["name"] == "合成人员0001"
    months = [found.filled[key] for key in ("birth_month", "party_join_month", "work_start_month")]
    assert months == ["1980-04", "2001-07", "2002-08"]
    assert (found.filled["education_full_time"], found.filled["school_major_full_time"]) == (
        "大学；农学学士",
        "某大学农学专业",
    )
    assert found.filled["career"].count("\n") == 1
    # Full years by the months: of May 1980 it is 37 in April 2018, and 38 from May on.
    assert found.filled["family_age"] == ["37", ""]
    assert cells(FORM, KEYS, date(2018, 5, 1)).filled["family_age"] == ["38", ""]
    assert found.elsewhere == {"专业技术职务": "农艺师", "任免理由": "工作需要"}
    assert {"id_number", "mobile", "unit", "reporting_unit_opinion"} <= set(found.missing)
    assert not set(found.missing) & set(found.filled)


def test_a_month_in_another_form_stands_as_it_is_written() -> None:
    said = {
        **SAID,
        "RuDangShiJian": "2001.07；1999年加入民盟",
        "ChuShengNianYue": "19800403",
        "CanJiaGongZuoShiJian": "200213",
    }
    found = cells(Appointment(said), KEYS, ON).filled
    assert (found["party_join_month"], found["birth_month"], found["work_start_month"]) == (
        "2001.07；1999年加入民盟",
        "1980-04",
        "200213",
    )


def test_a_registration_form_written_and_read_again_says_the_same() -> None:
    said = {key: text for key, text in cells(FORM, KEYS, ON).filled.items() if isinstance(text, str) and key != "photo"}
    family = [{"family_relation": "配偶", "family_name": "合成家属0001", "family_unit_and_post": "某学校教师"}]
    form = reading.read(lrmx.written(appointment({**said, "family": family}, PICTURE, "20180417")))
    again = cells(form, KEYS, ON).filled
    assert {key: again[key] for key in said} == said
    assert (again["family_name"], again["family_age"], again["photo"][:7]) == (["合成家属0001"], [""], "sha256:")
    assert (form.picture, form.said["TianBiaoShiJian"]) == (PICTURE, "20180417")


@given(
    st.dictionaries(
        st.sampled_from(list(FIELDS)), st.text(st.characters(codec="gb18030", exclude_categories=["C"]), max_size=40)
    )
)
def test_any_text_is_carried_over_or_told(said: dict[str, str]) -> None:
    form = lrmx.read(lrmx.written(Appointment(said)))
    assert form.said == {name: "\n".join(said.get(name, "").strip().splitlines()) for name in FIELDS}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<Person><XingMing>",
        b"<Persons/>",
        b'<!DOCTYPE Person [<!ENTITY a "aaaa">]><Person><XingMing>&a;</XingMing></Person>',
        "姓名".encode() + b"\xff\xff",
        kept(older()[:-1]),
        kept(older()) + b"\r\n" + kept(older()),
        kept([*older()[:9], "大学#学士#硕士@", *older()[10:]]),
        kept([*older()[:21], "合成家属0001", *older()[22:]]),
        kept(older())[:-1],
    ],
    ids=["empty", "cut", "root", "entities", "code", "fewer", "two", "marks", "family", "quote"],
)
def test_what_could_be_misread_is_refused(body: bytes) -> None:
    assert code_of(body) == "appointment_unreadable"


def test_a_photo_that_is_none_is_refused() -> None:
    assert code_of(b"<Person><ZhaoPian>!!</ZhaoPian></Person>") == "appointment_photo"


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    body = f'<!DOCTYPE Person [<!ENTITY a SYSTEM "{secret}">]><Person><XingMing>&a;</XingMing></Person>'
    assert code_of(body.encode()) == "appointment_unreadable"


def test_files_become_a_roster_that_is_read_as_one(tmp_path: Path) -> None:
    one, other, out = tmp_path / "a.lrmx", tmp_path / "b.lrm", tmp_path / "roster.xlsx"
    one.write_bytes(lrmx.written(FORM))
    other.write_bytes(kept(older({**SAID, "XingMing": "合成人员0002"})))
    options = ("--programme", "LN2018", "--on", "2018-04-17", "--out", str(out))
    done = CliRunner().invoke(appointment_forms, [str(one), str(other), *options])
    assert done.exit_code == 0, done.output
    assert "2 行；尚须填写：" in done.output
    assert "身份证号码" in done.output
    rows = roster.rows(out.read_bytes(), roster.form("LN2018"))
    assert [row["name"] for row in rows] == ["合成人员0001", "合成人员0002"]
    assert rows[0]["family_name"] == "合成家属0001\n合成家属0002"
    assert (rows[0]["birth_month"], out.stat().st_mode & 0o777) == ("1980-04", 0o600)
    other.write_bytes(b"<Persons/>")
    refused = CliRunner().invoke(appointment_forms, [str(other), *options])
    assert (refused.exit_code, "b.lrm" in refused.output) == (1, True)
