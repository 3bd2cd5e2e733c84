"""What an event of a trail says, in the words of officials: its fields by title, codes by name, and what it rests on.

Nothing here knows an event type: titles stand in a table by field, words come from the profiles that print them. A
field without a title is not told; JSON has them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from audit.trail.titles import AREAS, EXCEPTIONS, TITLES, WORDS
from audit.trail.trace import Trace
from audit.wirings import titles
from programmes import loader
from programmes.key_words import WORDS as KEY_WORDS
from programmes.roles import ROLE_NAMES
from programmes.villages import printed
from services import SERVICES

UNGROUNDED: Final = "系统规则"
"""What an event rests on that no notice speaks of."""
_CODE: Final = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}|[0-9]{9}|[0-9]{12}")
_HASH: Final = re.compile("[0-9a-f]{40,}")
_MOST: Final = 10
"""Of a longer list the number of its values is told."""


def facts(trace: Trace) -> Iterator[tuple[str, str]]:
    """Title and words of each field that is told, in the order of the event. A place is told by its name; another id
    that the stream names already is not told again."""
    subject = trace.stream.partition("/")[2]
    for name, value in trace.fields.items():
        if name not in TITLES or value in ("", [], None) or (value is False and name in EXCEPTIONS):
            continue
        text = value if isinstance(value, str) else ""
        if _HASH.fullmatch(text) or (name in AREAS and not _CODE.fullmatch(text)):
            continue
        if name in AREAS or value not in (subject, *subject.split(".")):
            yield TITLES[name], _words(trace, name, value)


def basis(trace: Trace) -> str:
    """Notice and clause. Where the profile has no clause that is said, and a notice is not cited for a fact from before
    its day; what no notice speaks of is a rule of the system."""
    if trace.notice is None:
        return UNGROUNDED
    issued = _issued().get(trace.notice)
    if issued is not None and issued > trace.occurred_on:
        return f"{UNGROUNDED}（{trace.notice}{issued} 才印发）"
    return f"{trace.notice} {trace.clause}" if trace.clause else f"{trace.notice}（按设定，未载明条款）"


def _words(trace: Trace, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return f"{value // 100}.{value % 100:02} 元" if name.endswith("fen") else str(value)
    if isinstance(value, list):
        return "、".join(_words(trace, name, one) for one in value) if len(value) <= _MOST else f"{len(value)} 项"
    if name in AREAS:
        return _place(value)
    column = "step" if name == "stage" else name
    said = _printed(trace.programme) if trace.programme else {}
    known = said.get((column, value, trace.clause or "")) or said.get((column, value, ""))
    return known or WORDS.get(value) or ROLE_NAMES.get(value) or _titled().get(value) or KEY_WORDS.get(value, value)


@cache
def _place(code: str) -> str:
    try:
        name = printed(code)
    except KeyError:  # a province whose divisions the project does not hold
        return code
    return code if name == code else f"{name}（{code}）"


@cache
def _titled() -> Mapping[str, str]:
    """What an event is called that another one names as its cause."""
    return {kind: title for service in SERVICES for kind, title in titles(service).items()}


@cache
def _printed(programme: str) -> Mapping[tuple[str, str, str], str]:
    """What the profile that comes with the project prints of a ground, a step, a kind: {(field, value, clause): words}.

    Two procedures may have a step of one name: the clause tells which; without one (``""``) the first stands.
    """
    if programme not in loader.available():
        return {}
    found: dict[tuple[str, str, str], str] = {}
    for rule in loader.load(programme).rules.values():
        rows = rule["value"] if isinstance(rule["value"], list | tuple) else ()
        for row in (row for row in rows if isinstance(row, Mapping)):
            words = row.get("printed") or row.get("title")
            for name in ("ground", "step", "kind", "condition"):
                if isinstance(words, str) and isinstance(row.get(name), str):
                    for clause in ("", row.get("clause", "")):
                        found.setdefault((name, row[name], clause), words)
    return found


@cache
def _issued() -> Mapping[str, str]:
    """The day of each notice of the project, by the name it is cited by."""
    notices = (notice for programme in loader.available() for notice in loader.load(programme).notices)
    return {notice.cited: notice.issued_on for notice in notices if notice.issued_on}
