"""Divisions of edition 2023-06: levels, families, and printed names of earlier years."""

from collections import Counter

import pytest

from programmes import areas
from programmes.areas import Areas
from programmes.faults import Ambiguous


@pytest.fixture(scope="module")
def liaoning() -> Areas:
    return areas.registered("21")


def test_the_whole_province_is_held(liaoning: Areas) -> None:
    levels = Counter(division.level for division in liaoning.within("21"))

    assert levels == {"city": 14, "county": 100, "township": 1406, "village": 16727}
    assert len(liaoning) == 18248


def test_shanxi_and_the_one_county_of_sichuan() -> None:
    assert len(areas.registered("14").children("14")) == 11
    assert [division.code for division in areas.registered("51").within("51", "county")] == ["511425"]
    with pytest.raises(KeyError):
        areas.registered("99")


def test_parent_and_children(liaoning: Areas) -> None:
    yixian = liaoning.get("210727")

    assert (yixian.name, yixian.level, yixian.parent) == ("义县", "county", "2107")
    assert "210727101" in [division.code for division in liaoning.children("210727")]
    assert all(division.parent == "210727" for division in liaoning.children("210727"))
    assert liaoning.find("219999") is None
    assert "210727" in liaoning
    assert areas.city_of("210727101208") == "2107"
    assert areas.city_of("21") is None


@pytest.mark.parametrize(
    ("printed", "parent", "code"),
    [
        ("东陵区", "2101", "210112"),
        ("普兰店市", "2102", "210214"),
        ("新宾县", "2104", "210422"),
        ("新宾满族自治县", "2104", "210422"),
        ("海城 市", "2103", "210381"),
        ("铁西区", "2101", "210106"),
        ("铁西区", "2103", "210303"),
        ("鞍山", "21", "2103"),
        ("瓦房店市", "21", "210281"),
    ],
)
def test_printed_names_resolve_inside_a_parent(liaoning: Areas, printed: str, parent: str, code: str) -> None:
    assert liaoning.resolve(printed, parent).code == code


def test_a_name_that_stands_twice_is_refused(liaoning: Areas) -> None:
    with pytest.raises(Ambiguous) as refused:
        liaoning.resolve("铁西区", "21", "county")

    assert refused.value.code == "area_ambiguous"
    assert refused.value.candidates == ("210106", "210303")
    assert "铁西区" in refused.value.sentence


def test_an_alias_holds_inside_its_own_parent_only(liaoning: Areas) -> None:
    with pytest.raises(Ambiguous) as refused:
        liaoning.resolve("东陵区", "2102")

    assert refused.value.code == "area_unknown"
    assert refused.value.candidates == ()


def test_level_is_told_by_the_length_of_the_code() -> None:
    assert [areas.level("1" * digits) for digits in (2, 4, 6, 9, 12)] == [
        "province",
        "city",
        "county",
        "township",
        "village",
    ]
    with pytest.raises(KeyError):
        areas.level("21072")


@pytest.mark.parametrize(("county", "code"), [("神池", "140927"), ("兴县", "141123"), ("方山", "141128")])
def test_counties_of_the_fragment(county: str, code: str) -> None:
    assert areas.registered("14").resolve(county, "14", "county").code == code
