"""Texts: what becomes one, what stays two, what is never taken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("１９８５年", "1985年"),
        ("Ａ公司（ｂ）", "A公司（b）"),
        ("一\u3000二\u00a0三", "一 二 三"),
        (" 一  二 ", "一  二"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("e\u0301", "\u00e9"),
        ("：，。〔２０１８〕", "：，。〔2018〕"),
        ("①㎡", "①㎡"),
    ],
)
def test_prose_keeps_its_punctuation_and_loses_its_widths(written: str, kept: str) -> None:
    assert text.normal(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"), [("２１０３２１Ｘ", "210321X"), ("ＬＮ２０１８．１", "LN2018.1"), ("Ⅱ", "II"), ("１²", "12")]
)
def test_a_code_is_what_it_means(written: str, kept: str) -> None:
    assert text.code(written) == kept


@pytest.mark.parametrize("dot", ["·", "•", "‧", "∙", "⋅", "⸱", "・", "･", "\u0387", " · ", "• "])
def test_a_name_has_one_middle_dot(dot: str) -> None:
    assert text.person(f"买买提{dot}吐尔逊") == "买买提\u00b7吐尔逊"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("张  三", "张三"),
        ("张\u3000三", "张三"),
        ("Anna  Maria", "Anna Maria"),
        ("J. Smith", "J. Smith"),
        ("\ue863三", "\ue863三"),
    ],
)
def test_blanks_that_only_pad_a_name_go_and_others_stay(written: str, kept: str) -> None:
    assert text.person(written) == kept


UNSEEN = [0x00, 0x07, 0x7F, 0x85, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, *range(0x200B, 0x2010), 0x2028, 0x2029]
UNSEEN += [*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0x3164, 0xFE0F, 0xFEFF, 0xFFA0]
UNSEEN += [0xE0001, 0xE0100]


@pytest.mark.parametrize("mark", UNSEEN)
def test_a_mark_nobody_sees_is_told_by_its_number(mark: int) -> None:
    for form in (text.normal, text.code, text.person):
        assert text.unseen(form(f"张{chr(mark)}三")), form
    assert text.unseen(f"张{chr(mark)}三") == f"U+{mark:04X}"


def test_what_is_seen_is_no_such_mark() -> None:
    assert text.unseen("一\n\t二（abc）𠮷\ue863\U0003134a·－，é") == ""


@given(st.text())
def test_giving_a_form_again_changes_nothing(written: str) -> None:
    for form in (text.normal, text.code, text.person):
        assert form(form(written)) == form(written)


@given(st.text())
def test_two_texts_that_are_canonically_the_same_become_one(written: str) -> None:
    assert text.normal(unicodedata.normalize("NFD", written)) == text.normal(written)


@pytest.mark.parametrize(
    ("number", "figures"), [(5.0, "5"), (5, "5"), (13900010007.0, "13900010007"), (1985.1, None), (1e15, None)]
)
def test_a_number_is_text_only_where_nothing_of_it_was_lost(number: float, figures: str | None) -> None:
    assert text.figures(number) == figures
    assert text.figures(True) is None


def test_digits_are_those_of_ascii() -> None:
    assert text.digits("0123")
    assert not any(map(text.digits, ("", "1a", "１２", "١٢", "²")))


@pytest.mark.parametrize("name", ["王伟", "买买提·吐尔逊", "Anna-Maria O'Neil", "合成子女0007", "王\ue000", "㐀𠮷"])
def test_a_name_is_of_letters(name: str) -> None:
    assert text.is_name(name)


@pytest.mark.parametrize(
    "name", ["", "·", "0007", "王\t伟", "王⠀伟", "王\ufffd伟", "⼟伟", "王\u0301伟", "王●伟", "王\u0378伟"]
)
def test_what_cannot_be_a_name_is_none(name: str) -> None:
    assert not text.is_name(name)
