"""A reader of workbooks that may fall: what the caller gets then, and that a good workbook reads the same."""

from __future__ import annotations

import pytest

from gateway import roster, roster_reading
from kernel.errors import BadInput
from tests.kit.workbooks import rewritten

FORM = roster.form("LN2018")
ENTRY = {column.key: "合成" for column in FORM.columns}
GOOD = roster.filled(FORM, [ENTRY])
LAST = "XFD1048576"
# A text of 20 MB shown by a thousand cells: 20 GB once laid out.
SHARED = (
    '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    + "x" * 20_000_000
    + "</t></si></sst>"
)
CELLS = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1000))


def test_a_good_workbook_reads_as_it_does_in_the_same_process() -> None:
    assert roster_reading.rows(GOOD, "LN2018") == roster.rows(GOOD, FORM)


def test_a_refusal_comes_back_whole() -> None:
    empty = roster.filled(FORM)
    with pytest.raises(BadInput) as here:
        roster.rows(empty, FORM)
    with pytest.raises(BadInput) as there:
        roster_reading.rows(empty, "LN2018")
    assert there.value.problem() == here.value.problem()


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (f"<row r='1'><c r='A1'><v>1</v></c><c r='{LAST}'><v>1</v></c></row>", {}),
        (f'<row r="1"><c r="A1"><v>1</v></c><c r = "{LAST}"><v>1</v></c></row>', {}),
        (f'<row r="1"><c r="A1"><v>1</v></c><c r="{LAST.lower()}"><v>1</v></c></row>', {}),
        (CELLS, {"sharedStrings": SHARED}),
    ],
    ids=["quoted otherwise", "spaced", "small letters", "one text in every cell"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(cells: str, parts: dict[str, str]) -> None:
    bomb = rewritten(GOOD, cells, **parts)
    assert len(bomb) < 100_000
    with pytest.raises(BadInput) as refused:
        roster_reading.rows(bomb, "LN2018")
    assert (refused.value.code, refused.value.field) == ("roster_too_large", "body")
