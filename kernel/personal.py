"""Numbers of persons in a text: resident identity numbers and mobile numbers, however they are written.

What is said in clear is kept for ever, so this errs on the safe side: a number that was mistyped is still somebody's.
Eighteen figures in one piece, the last of which may be X, are an identity number whatever they say, unless they are a
valid unified social credit code and no date stands in them. In several pieces they are one where they are grouped as
such numbers are and hold a date of the last century, or where date and check digit hold and every piece is parted from
the next in the same way. No alarm: hashes, UUIDs, numbers of documents, codes of divisions, dates, other lengths.

Source: GB 11643-1999 (identity numbers), GB 32100-2015 (credit codes).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from stdnum.cn import ric, uscc

from kernel.text import is_plain

# Of a token of hexadecimal digits a hash has many or mixes letters between them; one letter glued to a number has not.
_HASH = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{32,}"
    r"|(?=(?:[0-9]*[a-f]){3})[0-9]*[a-f][0-9a-f]*[0-9][0-9a-f]*[a-f][0-9]*)(?![0-9a-z])",
    re.I,
)
_PIECE: Final = r"(?:[0-9]++X?|X)"
_CHAIN = re.compile(rf"[0-9]++X?(?:[\s\-‐‒–—−_.·•/|()\[\]:~*]{{1,4}}{_PIECE})*", re.I)
_PIECES = re.compile(_PIECE, re.I)
_LONGEST: Final = 18
_UNSEEN: Final = frozenset({"Cf", "Mn", "Me"})
_LENGTHS: Final = frozenset({11, 12, 13, 15, 18})
_FIGURE = re.compile("[0-9]")
_IDENTITY = re.compile("[1-9][0-9]{16}[0-9X]")
_ID_GROUPS: Final = {(6, 8, 4), (6, 4, 4, 4), (6, 4, 8), (6, 4, 2, 2, 4), (6, 8, 3, 1), (14, 4), (6, 12)}
_MOBILE = re.compile(r"(?:(?:00)?86|0)?(1[3-9][0-9]{9})")
_MOBILE_GROUPS: Final = {(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11}


def holds_number(text: str) -> bool:
    """True where the number of a person stands in ``text``."""
    if is_plain(text) and len(_FIGURE.findall(text)) < min(_LENGTHS):
        return False
    return any(True for _ in _places(_folded(_visible(text))))


def masked(text: str, mark: str = "#") -> str:
    """``text`` without marks of no width, with ``mark`` for every number of a person."""
    text, done, parts = _visible(text), 0, []
    for start, end in sorted(_places(_folded(text))):
        if end > done:
            parts += [text[done : max(start, done)], mark if start >= done else ""]
            done = end
    return "".join((*parts, text[done:]))


def _places(plain: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of persons begin and end in a folded text; those that lie in each other are all told."""
    for chain in _CHAIN.finditer(plain):
        pieces = list(_PIECES.finditer(plain, *chain.span()))
        for at, first in enumerate(pieces):
            length = 0
            for end, last in enumerate(pieces[at:], at + 1):
                length += last.end() - last.start()
                if length > _LONGEST:
                    break
                if length in _LENGTHS and _of_a_person(plain, pieces[at:end]):
                    yield first.start() - plain.endswith("+", 0, first.start()), last.end()


def _visible(text: str) -> str:
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)


def _folded(text: str) -> str:
    """``text`` at the same length, with plain figures and letters for those of every script and width; hashes and UUIDs
    are blotted out."""
    plain = text if text.isascii() else "".join(map(_plain, text))
    return _HASH.sub(lambda found: "…" * len(found[0]), plain)


def _plain(c: str) -> str:
    if c.isdecimal():
        return str(unicodedata.decimal(c))
    folded = unicodedata.normalize("NFKC", c)
    return folded if len(folded) == 1 else c


def is_identity(number: str) -> bool:
    """True for 18 figures with a day of birth since 1900 and the check digit that belongs to them, and nothing else.

    The division they begin with is no ground to doubt a number: it may be that of the place of birth, or have borne
    the code only for some years; the first cards were issued in 1984, and no table holds what was in force where.
    """
    return _IDENTITY.fullmatch(number) is not None and _dated(number) and ric.calc_check_digit(number) == number[-1]


def birthday(number: str) -> date:
    """The day of birth that an identity number says. Raises ValueError for one that says none."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_mobile(number: str) -> bool:
    """True for eleven figures that begin with 13 to 19."""
    return _MOBILE.fullmatch(number) is not None and len(number) == min(_LENGTHS)


def _dated(number: str, century: str = "") -> bool:
    """True where a day since 1900 stands behind the six figures of the division; ``century`` precedes a short year."""
    day = century + number[6 : 14 - len(century)]
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])).year >= 1900
    except ValueError:
        return False


def _of_a_person(plain: str, pieces: Sequence[re.Match[str]]) -> bool:
    number = "".join(piece[0] for piece in pieces).upper()
    if number[-1] == "X" and len(number) != _LONGEST:
        number = number[:-1]  # a mobile number with something behind it
    if "X" in number[:-1]:
        return False
    groups = tuple(len(piece[0]) for piece in pieces)
    if len(number) == _LONGEST:
        if len(pieces) == 1:
            return _dated(number) or not uscc.is_valid(number)
        # Of this century a date may as well be that of a document, and months in a row may look like a date.
        if groups in _ID_GROUPS and number[6:8] == "19":
            return _dated(number)
        between = {plain[one.end() : other.start()] for one, other in pairwise(pieces)}
        return (
            _dated(number)
            and ric.calc_check_digit(number) == number[-1]
            and (len(between) == 1 or groups in _ID_GROUPS)
        )
    if len(pieces) > 1:
        return groups in _MOBILE_GROUPS and _MOBILE.fullmatch(number) is not None
    # Of the first generation of cards: 15 figures, the year without its century.
    return _MOBILE.fullmatch(number) is not None or (len(number) == 15 and _dated(number, "19"))
