"""A broken profile file is refused with file, line and rule, and with what would be accepted."""

import pytest

from programmes import loader
from programmes.faults import BrokenProfile

PROFILES = {
    path.stem: path.read_text(encoding="utf-8") for path in loader.PROFILES.glob("*.toml")
}  # the real files: each test breaks one of them in one place
LN2018 = PROFILES["ln2018"]
JZ = PROFILES["jz"]
QS2017 = PROFILES["qs2017"]


def refused(text: str, file: str = "broken.toml") -> BrokenProfile:
    with pytest.raises(BrokenProfile) as broken:
        loader.parse(text, file)
    return broken.value


def changed(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with its one ``old`` replaced, and the line where that stands."""
    assert text.count(old) == 1, old
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1


def changed_in(text: str, header: str, key: str, old: str, new: str) -> tuple[str, int]:
    """The text with ``old`` replaced in the line of ``key`` under ``[header]``, and the number of that line."""
    lines = text.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"[{header}]"))
    at = next(number for number in range(start, len(lines)) if lines[number].startswith(f"{key} = "))
    assert old in lines[at], lines[at]
    lines[at] = lines[at].replace(old, new, 1)
    return "".join(lines), at + 1


@pytest.mark.parametrize(
    ("profile", "header", "key", "old", "new", "code", "rule"),
    [
        ("ln2018", "rules.quota", "batch", "9025", "9026", "sum_differs", "quota.batch"),
        ("ln2018", "rules.review", "organ", "value", "valeu", "key_unknown", "review.organ.valeu"),
        ("ln2018", "rules.form", "recipient", 'origin = "printed", ', "", "origin_missing", "form.recipient"),
        ("ln2018", "rules.form", "recipient", '"printed"', '"guessed"', "origin_missing", "form.recipient"),
        ("ln2018", "rules.form", "recipient", ', clause = "五.1"', "", "clause_missing", "form.recipient"),
        ("ln2018", "rules.review", "organ", "五.3", "九.9", "clause_unknown", "review.organ"),
        ("ln2018", "clauses", '"ledger.submit"', "五.3", "五.33", "clause_unknown", "ledger.submit"),
        ("ln2018", "rules.review", "organ", "clause", 'notice = "other", clause', "notice_unknown", "review.organ"),
        ("ln2018", "rules.term", "months", "{ ", "{ value = 36, ", "unknown_with_value", "term.months"),
        ("ln2018", "rules.term", "months", '"unknown"', '"assumed"', "value_missing", "term.months"),
        ("ln2018", "rules.term", "months", "M02", "M99", "missing_unknown", "term.months"),
        ("ln2018", "rules.batch", "deadline", "D02", "D22", "deadline_unknown", "batch.deadline"),
        ("ln2018", "rules.batch", "deadline", "{ ", '{ take = "copies", ', "deadline_empty", "batch.deadline"),
        ("ln2018", "rules.ledger", "village_columns", "s.csv", ".csv", "table_unknown", "ledger.village_columns"),
        ("ln2018", "rules.ledger", "village_columns", "-A4", "-A9", "table_empty", "ledger.village_columns"),
        ("ln2018", "rules.ledger", "village_columns", "form =", "page =", "column_unknown", "ledger.village_columns"),
        ("ln2018", "equations", "holders", "holders)", "holder)", "equation_unreadable", "form.stamped_copies"),
        ("ln2018", "rules.attendance", "days_per_month", "20", "20.5", "fraction", "attendance.days_per_month"),
        ("ln2018", "programme", "scope", '"21"', "21", "type_wrong", "programme.scope"),
        ("ln2018", "programme", "kind", "programme", "letter", "kind_unknown", "programme.kind"),
        ("ln2018", "programme", "version", "version = 1", "edition = 1", "key_unknown", "programme.edition"),
        ("jz", "programme", "base", "LN2018", "LN2019", "base_missing", "programme.base"),
        ("jz", "programme", "kind", "supplement", "programme", "base_unexpected", "programme.base"),
        ("jz", "programme", "scope", "2107", "1407", "scope_outside", "programme.scope"),
        ("jz", "rules.allowance", "quarterly", "5100", "5000", "sum_differs", "allowance.quarterly"),
        ("ln2002", "rules.swap", "planned", "184", "185", "sum_differs", "swap.planned"),
        ("ln2002", "rules.swap.age_max", "reference", "06-28", "06-31", "date_not_real", "swap.age_max.reference"),
        (
            "qs2017",
            "rules.roster",
            "deadline",
            'deadline = "D15"',
            'value = "2017-11-31"',
            "date_not_real",
            "roster.deadline",
        ),
    ],
)
def test_a_fault_names_file_line_and_rule(
    profile: str, header: str, key: str, old: str, new: str, code: str, rule: str
) -> None:
    text, line = changed_in(PROFILES[profile], header, key, old, new)

    broken = refused(text)

    fault = next(fault for fault in broken.faults if fault.code == code)
    if code != "base_unexpected":  # there it is not the kind that is shown, but the base that has no place
        assert fault.line == line
    assert fault.rule == rule
    assert fault.file == "broken.toml"
    assert fault.accepted
    assert fault.sentence.endswith("。")
    assert f"broken.toml:{fault.line}: {rule}: " in str(broken)


def test_a_wrong_cell_of_annex_1_is_named_with_both_sides() -> None:
    text, _ = changed(LN2018, '"省委高校工委", 12, 188, 200]', '"省委高校工委", 12, 189, 200]')

    broken = refused(text)

    assert {fault.rule for fault in broken.faults} == {"quota.channels", "quota.tiers"}
    total = next(fault for fault in broken.faults if fault.code == "total_differs")
    assert "788" in total.sentence
    assert "787" in total.sentence
    assert "相差 1" in total.sentence
    row = next(fault for fault in broken.faults if "row_2" in fault.sentence)
    assert "左边 200，右边 201，相差 1" in row.sentence


def test_a_short_row_is_named_by_its_own_line() -> None:
    text, line = changed(LN2018, '"省委高校工委", 12, 188, 200]', '"省委高校工委", 12, 188]')

    broken = refused(text)

    assert (broken.code, broken.line, broken.rule) == ("row_width", line, "quota.channels")
    assert broken.accepted == "7 格"


def test_a_day_that_does_not_exist_is_refused_by_the_parser_with_its_line() -> None:
    text, line = changed(QS2017, "date = 2017-09-22", "date = 2017-09-31")

    broken = refused(text)

    assert (broken.code, broken.line, broken.rule) == ("syntax", line, "notices.main.date")


def test_text_that_is_not_toml_names_the_line() -> None:
    text, line = changed(LN2018, "[rules.review]", "[rules.review")

    assert (refused(text).code, refused(text).line) == ("syntax", line)


def test_a_supplement_must_name_a_base() -> None:
    text, _ = changed(JZ, 'base = "LN2018"\n', "")

    assert refused(text).code == "base_missing"
    assert "LN2018" in refused(text).accepted


@pytest.mark.parametrize("part", ["programme", "notices", "rules"])
def test_an_empty_file_and_a_file_without_a_part(part: str) -> None:
    assert refused("").code == "part_missing"
    other = refused(f'{part} = "text"\n')
    assert (other.code, other.line, other.accepted) == ("type_wrong", 1, "表")


@pytest.mark.parametrize(
    "rule",
    ["x = 5", "x = {}", 'x = { origin = ["printed"] }', "x = [1]", 'x = { value = 1, rows = [], origin = "assumed" }'],
)
def test_a_rule_of_the_wrong_kind_is_refused(rule: str) -> None:
    text = LN2018.replace("[rules.review]\n", f"[rules.strange]\n{rule}\n\n[rules.review]\n")

    broken = refused(text)

    assert broken.rule.startswith("strange")
    assert text.splitlines()[broken.line - 1] in (rule, "[rules.strange]")


def test_all_that_is_wrong_is_told_at_once() -> None:
    """A rule without an origin hides neither the value that nobody could read nor the path that nobody knows."""
    text, _ = changed_in(LN2018, "rules.form", "recipient", 'origin = "printed", ', "")
    text, _ = changed_in(text, "rules.attendance", "days_per_month", "value = 20", 'value = "twenty"')
    text, _ = changed_in(text, "rules.review", "organ", "organ", "organs")
    found = {(fault.rule, fault.code) for fault in refused(text).faults}
    assert found == {
        ("form.recipient", "origin_missing"),
        ("attendance.days_per_month", "value_unreadable"),
        ("review.organs", "rule_path_unknown"),
    }


def test_a_sum_and_a_value_are_told_at_once() -> None:
    text, _ = changed_in(LN2018, "rules.quota", "batch", "9025", "9026")
    text, _ = changed_in(text, "rules.attendance", "days_per_month", "value = 20", 'value = "twenty"')
    codes = {fault.code for fault in refused(text).faults}
    assert codes >= {"sum_differs", "value_unreadable"}
