"""Counting a Chinese text the way its length is asked for.

Each Chinese character and each full-width mark counts 1, each unbroken run of other letters or digits counts 1, blanks
and other half-width marks count 0. Quotation marks, dashes and dots of Chinese print, which Unicode calls ambiguous
in width, are full-width marks here.
"""

from __future__ import annotations

from unicodedata import east_asian_width


def count(text: str) -> int:
    """The length of ``text`` in characters, as a notice means them."""
    total, running = 0, False
    for char in text:
        width = east_asian_width(char)
        wide = width in "WF" and not char.isspace()
        word = char.isalnum() and not wide
        if wide or (word and not running) or (width == "A" and not word):
            total += 1
        running = word
    return total
