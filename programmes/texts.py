"""Texts that people type: stored in clear for ever, so that no number of a person may stand in them.

Invariant: which numbers are personal is told by ``kernel.personal`` alone; every service says so in
the same words.
"""

from __future__ import annotations

from kernel.personal import holds_number
from programmes.refusals import PERSONAL_NUMBER_IN_TEXT


def impersonal(text: str, field: str) -> str:
    """``text`` if it holds no id number and no mobile number, however written.

    Raises:
        Rejected: ``personal_number_in_text``, with the field that holds it.
    """
    if holds_number(text):
        raise PERSONAL_NUMBER_IN_TEXT(field=field)
    return text
