"""Counting characters as the notice means them (EV-013)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.assessment.characters import count


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        (" \t\n\u3000", 0),
        ("考察材料", 4),
        ("考察，材料。", 6),
        ("“优秀”——很好……", 10),
        ("2003年", 2),
        ("GDP增长12", 4),
        ("hello world", 2),
        ("3.14", 2),
        ("a,b", 2),
        ("ＧＤＰ", 3),
        ("50%", 1),
    ],
)
def test_by_value(text: str, length: int) -> None:
    assert count(text) == length


@given(st.text(alphabet="字，a1 .", max_size=40))
def test_blanks_between_characters_and_marks_change_nothing(text: str) -> None:
    assert count(text.replace("字", "字 ")) == count(text)
    assert count(f" {text}\n") == count(text)


@given(st.text(alphabet="字，。", max_size=40), st.text(alphabet="字，。", max_size=40))
def test_chinese_texts_add_up(one: str, other: str) -> None:
    assert count(one + other) == count(one) + count(other) == len(one) + len(other)
