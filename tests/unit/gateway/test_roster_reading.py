"""A reader of workbooks that may fall: what the caller gets then, and that a good workbook reads the same."""

from __future__ import annotations

import base64
import os
import sys
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson
import pytest

from gateway import roster, worksheet
from gateway.roster_reading import READERS, ROOM, SHARE, Readers, packed
from kernel.errors import BadInput, PaizhuError
from tests.kit.waiting import BOUND, eventually
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


# A reader that says who it is, waits for a file of that name to be there, and has read nothing.
PATIENT = """
import os, pathlib, sys, time
here = pathlib.Path(sys.argv[1])
name = sys.stdin.buffer.read().decode()
(here / f"{name}.begun").write_text(str(os.getpid()))
while not (here / f"{name}.go").exists():
    time.sleep(0.01)
sys.stdout.write('{"rows": [{"name": "%s"}]}' % name)
"""


# A reader that begins to read late, and says how much it was given.
LATE = """
import json, pathlib, sys, time
while not pathlib.Path(sys.argv[1], "go").exists():
    time.sleep(0.01)
json.dump({"rows": [{"octets": len(sys.stdin.buffer.read())}]}, sys.stdout)
"""


def read(body: bytes) -> list[dict[str, Any]]:
    return Readers().rows(body, "LN2018", "p-1", lambda: False)


class Room:
    """Readers that wait, and those who have their files read; the programme is a directory here."""

    def __init__(self, pool: ThreadPoolExecutor, here: Path) -> None:
        self.readers = Readers((sys.executable, "-c", PATIENT), BOUND)
        self._pool = pool
        self._here = here
        self.gone: set[str] = set()

    def hand_in(self, name: str, subject: str) -> Future[Any]:
        """A file called ``name``, in the room when this returns."""
        before = self.there()
        handed = self._pool.submit(
            self.readers.rows, name.encode(), str(self._here), subject, lambda: name in self.gone
        )
        eventually(lambda: handed.done() or self.there() > before)
        return handed

    def there(self) -> int:
        return self.readers._shares._under_way.total()

    def begun(self) -> set[str]:
        return {path.stem for path in self._here.glob("*.begun")}

    def go(self, *names: str) -> None:
        for name in names:
            (self._here / f"{name}.go").touch()


def test_a_file_larger_than_a_pipe_comes_in_whole_however_late_it_is_read(tmp_path: Path) -> None:
    looks = iter(range(1, 10**6))

    def left() -> bool:
        if next(looks) == 3:  # two waits for the reader have ended in vain
            (tmp_path / "go").touch()
        return False

    body = b"0" * (3 << 20)
    readers = Readers((sys.executable, "-c", LATE), BOUND)
    assert readers.rows(body, str(tmp_path), "p-1", left) == [{"octets": len(body)}]


@pytest.fixture
def room(tmp_path: Path) -> Any:
    with ThreadPoolExecutor(2 * ROOM) as pool:
        made = Room(pool, tmp_path)
        yield made
        made.gone |= {str(number) for number in range(2 * ROOM)}


def busy(act: Callable[[], Any]) -> bool:
    with pytest.raises(PaizhuError) as refused:
        act()
    assert refused.value.problem()["retry_after"] == 2
    return (refused.value.kind, refused.value.code) == ("busy", "roster_readers_busy")


def test_a_subject_has_one_reader_at_a_time_and_another_does_not_wait_for_it(room: Room) -> None:
    handed = [room.hand_in(str(number), "p-1") for number in range(SHARE)]
    other = room.hand_in("other", "p-2")
    eventually(lambda: room.begun() == {"0", "other"})
    room.go("other")
    assert other.result(BOUND) == [{"name": "other"}]
    assert room.begun() == {"0", "other"}  # a reader is free, and not for who has one
    room.go(*map(str, range(SHARE)))
    assert [one.result(BOUND) for one in handed] == [[{"name": str(number)}] for number in range(SHARE)]
    assert room.there() == 0


def test_over_its_share_a_subject_is_refused_at_once_and_others_are_not(room: Room) -> None:
    for number in range(SHARE):
        room.hand_in(str(number), "p-1")
    assert busy(lambda: room.readers.admit("p-1"))
    assert busy(room.hand_in("beyond", "p-1").result)
    room.readers.admit("p-2")


def test_where_the_room_is_full_everybody_is_refused_until_one_has_gone(room: Room) -> None:
    for number in range(ROOM):
        room.hand_in(str(number), f"p-{number}")
    eventually(lambda: len(room.begun()) == READERS)
    assert busy(lambda: room.readers.admit("p-new"))
    assert busy(room.hand_in("beyond", "p-new").result)
    room.go("0")
    eventually(lambda: room.there() == ROOM - 1)
    room.readers.admit("p-new")


def test_a_file_that_waits_is_let_go_when_its_client_leaves(room: Room) -> None:
    room.hand_in("0", "p-1")
    waiting = room.hand_in("1", "p-1")
    room.gone.add("1")
    assert busy(waiting.result)
    room.go("0")
    eventually(lambda: room.there() == 0)
    assert room.begun() == {"0"}


def test_a_reader_is_ended_when_its_client_leaves(room: Room, tmp_path: Path) -> None:
    handed = room.hand_in("0", "p-1")
    eventually(lambda: room.begun() == {"0"})
    pid = int(eventually(lambda: (tmp_path / "0.begun").read_text("ascii")))
    room.gone.add("0")
    assert busy(handed.result)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert room.there() == 0


def test_a_reader_that_has_no_end_is_ended() -> None:
    endless = Readers((sys.executable, "-c", "import time\nwhile True: time.sleep(1)"), patience=0.0)
    with pytest.raises(BadInput) as refused:
        endless.rows(b"", "LN2018", "p-1", lambda: False)
    assert (refused.value.code, refused.value.accepted) == (
        "roster_too_large",
        "不超过 5000 行数据、200 栏，空单元格不设格式",
    )


def test_a_turn_that_does_not_come_in_time_is_refused(room: Room) -> None:
    room.hand_in("0", "p-1")
    room.readers._patience = 0.0
    assert busy(lambda: room.readers.rows(b"1", "", "p-1", threading.Event().is_set))


def test_a_good_workbook_reads_as_it_does_in_the_same_process() -> None:
    assert read(GOOD) == roster.rows(GOOD, FORM)


def test_for_a_job_the_reader_packs_the_rows_itself() -> None:
    readers, nobody_left = Readers(), lambda: False
    given = readers.packed(GOOD, "LN2018", "p-1", nobody_left, roster.MOST_OF_JOB)
    assert given == packed(roster.rows(GOOD, FORM))
    unpacked = zlib.decompress(base64.b64decode("".join(given["pack"])))
    assert (given["columns"], orjson.loads(unpacked)) == (list(read(GOOD)[0]), read(GOOD))
    with pytest.raises(BadInput) as refused:
        readers.packed(roster.filled(FORM), "LN2018", "p-1", nobody_left, roster.MOST_OF_JOB)
    assert refused.value.code == "roster_empty"


def test_a_refusal_comes_back_whole() -> None:
    empty = roster.filled(FORM)
    with pytest.raises(BadInput) as here:
        roster.rows(empty, FORM)
    with pytest.raises(BadInput) as there:
        read(empty)
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
        read(bomb)
    assert (refused.value.code, refused.value.field) == ("roster_too_large", "body")


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='1'>" + "<c/>" * 1_200_000 + "</row>",
        "<row/>" * 1_200_000,
        "<x/>" * 1_200_000,
        "<row " + " ".join(f"a{n}='1'" for n in range(2_400_001)) + "/>",
    ],
    ids=["cells", "rows", "nothing known", "attributes"],
)
def test_what_would_take_long_to_read_is_counted_first(cells: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, looked_at = list[int](), worksheet.looked_at

    def noted(part: bytes, most: int) -> worksheet.Worksheet:
        sizes.append(len(part))
        return looked_at(part, most)

    monkeypatch.setattr(worksheet, "looked_at", noted)
    with pytest.raises(BadInput) as refused:
        roster.rows(rewritten(GOOD, cells), FORM)
    assert refused.value.code == "roster_too_large"
    assert max(sizes, default=0) < 10_000  # of the small parts before it one may have been read, the sheet was not
