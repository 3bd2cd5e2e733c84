"""Programmes: notices as data.

One TOML file in ``profiles/`` is one programme profile: the notices it rests on, every value with its unit and origin
(printed, derived, assumed, unknown) and the clause it stands in. Tables shared by the profiles (deadlines, forms,
copies, aliases, missing text) and long ones (pairs, quota fragment, divisions) are CSV files in ``data/``.

Invariant: a fact stands in one place, nothing here depends on a clock or a network, and a file that contradicts itself
is refused with file, line and rule before anybody can publish it.
"""

from kernel.refusal import name_keys
from programmes.key_words import WORDS

name_keys(WORDS)
