"""Numbers of persons in a text: however they are written they are found, and nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from kernel import personal

RIGHT = "21032119850215000" + ric.calc_check_digit("210321198502150000")
MOBILE = "13900010007"
FRONT = "21032119850215000"


@pytest.mark.parametrize(
    "number",
    [
        "210321198502150007",
        "２１０３２１１９８５０２１５０００７",
        "٢١٠٣٢١١٩٨٥٠٢١٥٠٠٠٧",
        "210321 19850215 0007",
        "210321 1985 0215 0007",
        "210321-19850215-0007",
        "210321\n19850215\n0007",
        "210321·19850215·0007",
        "210321\u200b19850215\u200b0007",
        "ID210321198502150007",
        "F210321198502150007",
        "身份证210321198502150007号",
        "21032119850215000Ⅹ",
        "21032119850215000x",
        "210321198513450007",  # no such day: mistyped, and still somebody's
        "210321850215123",  # of the first generation
        " ".join(RIGHT),
        "-".join(RIGHT[at : at + 3] for at in range(0, 18, 3)),
        "13900010007",
        "１３９０００１０００７",
        "139-0001-0007",
        "139 0001 0007",
        "139．0001．0007",
        "139－0001－0007",
        "139\u200b0001\u200b0007",
        "(139)0001-0007",
        "139 00010007",
        "1 3 9 0 0 0 1 0 0 0 7",
        "+8613900010007",
        "+86 139 0001 0007",
        "0086-13900010007",
        "008613900010007",
        "013900010007",
        "tel13900010007",
        "a13900010007",
        "139-0001-0007a",
        "210321 19850215 0007a",
        "13900010007x801",
        "A210321198502150007B",
        "A13900010007F",
        "139：0001：0007",
        "210321[19850215]0007",
        "1́3́9́0́0́0́1́0́0́0́7́",
        "电话13900010007。",
    ],
)
def test_a_number_of_a_person_is_found(number: str) -> None:
    for said in (number, f"见 {number}", f"说明（{number}），另行通知", f"2018 年第 3 号 {number}"):
        assert personal.holds_number(said), said
    kept = personal.masked(f"甲{number}乙", "＊")
    assert "＊" in kept
    assert not personal.holds_number(kept)


CREDIT = "91210200241300101"


@pytest.mark.parametrize(
    "other",
    [
        *("21070111222", "210727101208", "139000000001", "1390000000", "2101021985030112345", "140321.1.2018"),
        *(
            *("2018-04 2018-05 2018-06", "2018-04 2018-06 2018-03", "210727-20180512-0001"),
            "辽组通字〔2018〕12号",
            "2018-04-19 13:00",
            "2018.04.19、2018.05.20",
            "13,900,010,007",
            "LN2018.210727101208.1",
        ),
        *("9f13900000000ab", "sha256:" + "13900010007a" * 5, "13900010-0007-4c5c-8d5e-213900010007", "1985.02.15"),
        CREDIT + uscc.calc_check_digit(CREDIT),  # figures alone
        "91210200241300010D",
        "十八位数字",
        "",
    ],
)
def test_other_numbers_are_none(other: str) -> None:
    assert not personal.holds_number(other)
    assert personal.masked(other) == other


@given(st.uuids())
def test_a_uuid_is_none(some: UUID) -> None:
    assert not personal.holds_number(f"posting.{some}.1")


@given(st.binary(min_size=16, max_size=32))
def test_a_hash_is_none(some: bytes) -> None:
    assume(not some.hex().isdigit())
    assert not personal.holds_number(f"sha256:{some.hex()}")


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(11, 82), st.integers(0, 999), st.sampled_from("-. ·")
)
def test_every_identity_number_is_found_in_whatever_groups(day: date, province: int, order: int, between: str) -> None:
    front = f"{province}0105{day:%Y%m%d}{order:03d}"
    number = front + ric.calc_check_digit(front + "0")
    assert personal.is_identity(number)
    for said in (number, between.join(number), f"{number[:6]}{between}{number[6:14]}{between}{number[14:]}"):
        assert personal.masked(f"a {said} b") == "a # b"


@given(st.text(alphabet="甲乙（）：，。第号年月日\n abcxyzX0123456789-", max_size=60))
def test_what_is_masked_holds_no_number_and_nothing_else_is_lost(said: str) -> None:
    kept = personal.masked(said)
    assert not personal.holds_number(kept)
    assert personal.holds_number(said) == (kept != said)


def test_a_credit_code_is_one_by_its_check_digit_only() -> None:
    right = uscc.calc_check_digit(CREDIT)
    for digit in "0123456789":
        assert personal.holds_number(CREDIT + digit) is (digit != right)


def test_a_text_as_long_as_any_is_searched() -> None:
    assert not personal.holds_number("2 " * 10_000)
    assert personal.holds_number("2 " * 10_000 + MOBILE)


DIVISIONS = Path(__file__).resolve().parents[3] / "programmes/data/divisions/liaoning.csv"
COUNTIES = [line[:6] for line in DIVISIONS.read_text(encoding="utf-8").splitlines() if ",county,21" in line]


@pytest.mark.parametrize("year", [1900, 1965, 1970, 1975, 1980, 1984, 2000])
def test_date_and_check_digit_decide_whatever_the_division(year: int) -> None:
    assert (len(COUNTIES), "210105" in COUNTIES) == (100, True)
    for county in (*COUNTIES, "119999", "990000"):
        front = f"{county}{year}0228123"
        number = front + ric.calc_check_digit(front + "0")
        assert personal.is_identity(number)
        for digit in "0123456789X":
            assert personal.is_identity(front + digit) is (front + digit == number)


@pytest.mark.parametrize(
    "wrong",
    [
        *("", "2", RIGHT[:-1], RIGHT + "0", RIGHT.lower() + " ", "２" + RIGHT[1:], "٢" + RIGHT[1:], "2-" + RIGHT[2:]),
        *("0" + RIGHT[1:], RIGHT[:17] + "x", RIGHT + "\n"),
    ],
)
def test_what_no_identity_number_is(wrong: str) -> None:
    assert not personal.is_identity(wrong)


@pytest.mark.parametrize("day", ["18991231", "19850229", "19851301", "19850015", "19850230", "00000000"])
def test_a_day_that_was_none_is_refused_though_the_check_digit_holds(day: str) -> None:
    front = f"210321{day}123"
    assert not personal.is_identity(front + ric.calc_check_digit(front + "0"))


def test_a_mobile_number_has_eleven_figures_that_begin_with_13_to_19() -> None:
    assert personal.is_mobile(MOBILE)
    for wrong in ("12900010007", "1390001000", "139000100070", "+8613900010007", "8613900010007", "013900010007"):
        assert not personal.is_mobile(wrong)
