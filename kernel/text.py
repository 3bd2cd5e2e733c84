"""Texts as they are kept: one normal form, made once, where a text comes in.

What is checked is what is compared, digested and stored, so it must be the same text. Every text is brought into the
form of ``normal``; keys and the numbers of persons into the stricter one of ``code``; names of persons into the one of
``person``. A text with a mark nobody sees is refused, not cleaned: whoever sent it should know what was in it.

Source: Unicode Standard Annex 15 (NFC, NFKC); RFC 8264 section 5.2 and RFC 8265 section 4.2 (blanks, widths);
docs/rosters.md says what an official sees of it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WIDE = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# In Chinese prose wide brackets and commas are right; letters and digits are the same in either width.
_FOLD: Final = str.maketrans({**{wide: chr(ord(wide) - 0xFEE0) for wide in _WIDE}, **dict.fromkeys(_BLANKS, " ")})
# What a font shows as nothing though it is no control character: joiners and fillers, selectors of variants, the blank
# of braille, code points that stand for no character and never will.
_NO_CHARACTER = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
    f"{_NO_CHARACTER}]"
)
_ACCOUNT: Final = re.compile("[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?")
_EXACT: Final = 10**15
LONGEST_NAME: Final = 50
LONGEST_ENTRY: Final = 4_000
LONGEST_IMAGE: Final = 1_000_000
"""Characters of a person's name, of any other entry of a form, of a picture written as text; nobody's is longer."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Mc", "Me"})
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_DOT = re.compile(r"[ ]*[\u00b7\u2022\u2027\u2219\u22c5\u2e31\u30fb\uff65][ ]*")
_DOTS_AND_BLANKS = re.compile(r"[ .\uff0e\u00b7\u2022\u2027\u2219\u22c5\u2e31\u30fb\uff65]")
_FULL_STOP = re.compile(rf"(?<=[{_HAN}])[ ]*[.\uff0e][ ]*(?=[{_HAN}])")
_LETTERS: Final = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Co"})
_BETWEEN: Final = " ·-'’."
_BLANK = re.compile(" +")
_PADDING = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")


# A name as nearly everybody's is: Chinese characters that every table of characters has.
_HAN_ALONE = re.compile("[\u4e00-\u9fef]+")
# Chinese characters, their commonest marks and printable ASCII in lines: nothing of it is folded or unseen.
_PLAIN = re.compile("[\n\x20-\x7e\u3001\u3002\u3008-\u3011\u3014\u3015\u4e00-\u9fef\uff08\uff09\uff0c\uff1a\uff1b]*")


def is_plain(text: str) -> bool:
    """True for a text of Chinese characters, their commonest marks and printable ASCII, on lines, that is in normal
    form but for spaces at its ends. Many others are in normal form too; this is told at once."""
    return _PLAIN.fullmatch(text) is not None


def normal(text: str) -> str:
    """``text`` in normal form C, every blank a space, letters and digits of full width in plain width, line ends
    as line feeds, without spaces at its ends. Giving the result again changes nothing."""
    if is_plain(text):
        return text.strip(" ")
    plain = unicodedata.normalize("NFC", text.translate(_FOLD))
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip(" ")


def code(text: str) -> str:
    """``text`` in normal form KC: what only looks otherwise (full width, superscript, in a circle) is the same."""
    return normal(unicodedata.normalize("NFKC", text))


def account(text: str) -> str:
    """The id of who acts, as it is compared: in the form of ``code``, in small letters, without blanks. Ids in older
    logs came in any letters; one that comes in now ``is_account``."""
    return "".join(code(text).casefold().split())


def same_account(one: str | None, other: str | None) -> bool:
    """True where two ids of who acts are one account's, however they were written: how two persons are told apart."""
    return one is not None and other is not None and account(one) == account(other)


def is_account(text: str) -> bool:
    """True where ``text`` is the id of an account: 1 to 64 small letters and digits of ASCII, ``. _ @ -`` between them.

    Whatever could be read as another id, or looks like one, is none: two persons must differ in what is seen.
    """
    return _ACCOUNT.fullmatch(text) is not None


def person(text: str) -> str:
    """A person's name: one middle dot (U+00B7), whichever was typed, no blanks that only pad Chinese characters."""
    if _HAN_ALONE.fullmatch(text):
        return text
    plain = normal(text)
    if not _DOTS_AND_BLANKS.search(plain):
        return plain
    dotted = _FULL_STOP.sub("·", _DOT.sub("·", plain))
    return _BLANK.sub(" ", _PADDING.sub("", dotted))


def is_name(text: str) -> bool:
    """True where ``text`` can be a person's name: letters of any script, one of them at least, figures, and what stands
    between the parts of a name. Not a blank that is drawn, a radical, a mark by itself or a code point nobody assigned;
    those of private use are rare characters of names.
    """
    if _HAN_ALONE.fullmatch(text):
        return True
    letters = [unicodedata.category(c) in _LETTERS for c in text if c not in _BETWEEN and not c.isdecimal()]
    return bool(letters) and all(letters)


def unseen(text: str) -> str:
    """The marks in ``text`` that nobody sees, as "U+200B、U+202C"; empty where there are none.

    Controls (but for line feed and tab), directions, joiners, fillers, selectors of variants, line separators, what is
    no character, and a mark at the beginning, which has nothing to stand on.
    """
    if is_plain(text):
        return ""
    found = {c for c in text[:1] if unicodedata.category(c) in _MARKS}
    found |= {c for c in text if (unicodedata.category(c) in _UNSEEN and c not in "\n\t") or _IGNORABLE.match(c)}
    return "、".join(f"U+{ord(c):04X}" for c in sorted(found))


def figures(number: float) -> str | None:
    """A number cell as text: the figures of a whole number that was kept exactly, None for any other. A spreadsheet
    gives 5 as 5.0, keeps 15 figures of a number, and of 1985.10 only 1985.1."""
    whole = isinstance(number, int) or (number.is_integer() and abs(number) < _EXACT)
    return str(int(number)) if whole and not isinstance(number, bool) else None


def digits(text: str) -> bool:
    """True where ``text`` is of the digits 0 to 9 alone; ``str.isdigit`` would take those of every script."""
    return text.isascii() and text.isdigit()
