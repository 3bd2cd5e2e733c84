"""A text that shows nothing, or shows otherwise than it reads, is taken nowhere: every text of every command and job,
every parameter of every question, every claim of a token, every cell of a form."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kernel import parked_desk
from kernel.auth import Issuer
from kernel.door import _given
from kernel.errors import BadInput
from kernel.messages import Command
from kernel.schema import load
from kernel.service import Service
from kernel.testing import actor, context
from kernel.text import unseen
from programmes import loader
from programmes.faults import BrokenProfile
from programmes.published import verify
from services import SERVICES
from services.personnel.persons.form import cell
from tests.kit.samples import sample

ROOT = Path(__file__).resolve().parents[2]
WIRED: dict[str, Service] = {name: importlib.import_module(f"services.{name}.wiring").SERVICE for name in SERVICES}
HIDDEN = (
    "\u200b",  # of no width
    "通\u202e知",  # turned round
    "通\u2066知",
    "\u00ad",  # a hyphen that is not drawn
    "通\ufeff知",
    "\u3164",  # the Hangul filler
    "\u2800",  # the blank of braille
    "通\u2065知",  # shown as nothing by whoever knows no character there
    "\ufffe",  # no character
    "\U0010ffff",
    "\u0301",  # an accent on nothing
    "通\x1b[31m知",
    "通\x85知",
)
"""Texts of which somebody sees less than is there, or something else."""
PICTURES = {("AttachPhoto", "photo")}
"""No texts: files in base64, decoded strictly and refused (``photo_invalid``) where any other sign is inside."""
BLANK = ("", " ", "\u3000", "\u00a0\u2003")
ASKED: list[type[Command]] = [
    *(handles.command for service in WIRED.values() for handles in service.commands.values()),
    *(job.asks for service in WIRED.values() for job in service.jobs.values()),
]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every text inside."""
    if isinstance(value, str):
        yield path
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from leaves(part, (*path, key))


def put(value: Any, path: tuple[Any, ...], text: str) -> Any:
    """``value`` with ``text`` at the end of ``path``."""
    if not path:
        return text
    if isinstance(value, dict):
        return {key: put(part, path[1:], text) if key == path[0] else part for key, part in value.items()}
    return [put(part, path[1:], text) if at == path[0] else part for at, part in enumerate(value)]


def refused(kind: type[Command], data: Any) -> set[str]:
    """The codes of what is wrong with ``data``."""
    with pytest.raises(BadInput) as caught:
        load(kind, data, context("2018-06-01", actor("x")))
    return {str(caught.value.code), *(str(one["code"]) for one in caught.value.details)}


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.__name__)
def test_no_text_of_a_command_hides_anything(kind: type[Command]) -> None:
    data = sample(kind)
    for path in leaves(data):
        if (kind.__name__, *path) in PICTURES:
            continue
        for text in HIDDEN:
            assert refused(kind, put(data, path, text)), (path, text)


PROFILE = loader.load("LN2018").published()
PATH = next(iter(PROFILE["rules"]))


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_hides_in_a_published_profile(text: str) -> None:
    publish = WIRED["allocation"].commands["PublishProfile"].command
    for path in (("title",), ("rules", PATH, "notice"), ("rules", PATH, "value")):
        assert "field_value" in refused(publish, {"profile": put(PROFILE, path, text)}), path
    assert "field_value" in refused(publish, {"profile": {**PROFILE, text: "x"}})


@pytest.mark.parametrize("text", [*BLANK, "第一行\n第二行"])
def test_a_published_profile_has_a_title_and_cites_what_can_be_read(text: str) -> None:
    with pytest.raises(BrokenProfile) as broken:
        verify(put(PROFILE, ("title",), text))
    assert [(fault.code, fault.rule) for fault in broken.value.faults] == [("name_wrong", "title")]
    if text in BLANK:
        with pytest.raises(BrokenProfile) as broken:
            verify(put(PROFILE, ("rules", PATH, "notice"), text))
        assert broken.value.faults[0].rule == PATH


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_hides_in_a_question_a_reason_or_a_cell(text: str) -> None:
    for service in WIRED.values():
        for query in service.queries.values():
            for name in query.params:
                with pytest.raises(BadInput) as caught:
                    _given(query, name, text)
                assert (caught.value.code, caught.value.field) == ("field_type", name)
    assert refused(parked_desk.Settle, {"source": "toy", "number": 1, "reason": text})
    read, findings = cell(text, "name", "姓名")
    assert (read, [one.code for one in findings]) == ("", ["cell_unseen"])


@pytest.mark.parametrize("text", [*HIDDEN, *BLANK, "第一行\n第二行"])
@pytest.mark.parametrize("claim", ["sub", "post", "organ", "role", "units"])
def test_nothing_hides_in_a_token(tmp_path: Path, claim: str, text: str) -> None:
    claims = {"sub": "p-1", "post": "处长", "organ": "某厅", "role": "unit", "areas": [], "units": ["U01"]}
    with pytest.raises(ValueError, match="no verifier"):
        Issuer(tmp_path).issue({**claims, claim: [text] if claim == "units" else text}, 60)


def test_a_text_of_rare_characters_is_one() -> None:
    """Characters that are seen though this machine's tables may not know them, blanks and lines, both directions."""
    for text in ("合成\ue000村", "𰻝面", "\U00031350", "买买提·吐尔逊", "第一行\n\t第二行", "e\u0301", "ภาษา", "✓"):
        assert unseen(text) == "", text
    for text in HIDDEN:
        assert unseen(text), text


def test_what_comes_in_as_json_is_read_in_known_rooms_alone() -> None:
    """A text that comes in elsewhere would be held against nothing."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "gateway").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("loads") and "body" in ast.unparse(node)
    }
    stored = {"gateway/parked_messages.py", "gateway/feeds/kept.py"}
    pages = ("acts", "due_page", "questions", "solve_page", "upload_page")
    own_answers = {f"gateway/console/{name}.py" for name in pages}
    assert found == {"gateway/envelope.py", "gateway/parked_door.py"} | stored | own_answers
