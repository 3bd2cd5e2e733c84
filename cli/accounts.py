"""Whose accounts are: an account that two persons are told apart by is bound to its holder, by the number under which
the holder's organ knows them.

Invariant: an account has one holder and a holder one account. No token says who its holder is, so whoever issues them
is the only one who can know that two accounts are not one human.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from kernel import personal, text

FILE: Final = "accounts.jsonl"
"""Beside the keys, readable by their owner only: one JSON object an account, {account, holder}."""


def bind(keys: Path, account: str, holder: str | None) -> None:
    """Bind ``account`` to ``holder``; it may be bound to that one already, and then need not be told of whom it is.

    Raises:
        ValueError: where no holder is known, it is another's, or the holder has another account.
    """
    held = read(keys)
    if holder is None:
        if account not in held:
            raise ValueError(
                f"whose account {account} is must be known: --holder, the number their organ knows them by"
            )
        return
    known = text.code(holder)
    if not known or text.unseen(known) or personal.holds_number(known):
        raise ValueError("a holder is told by the number their organ knows them by, and by no number of a person")
    if (found := held.get(account, known)) != known:
        raise ValueError(f"account {account} is bound to {found}")
    if other := next((one for one, whose in held.items() if whose == known and one != account), None):
        raise ValueError(f"{known} has the account {other}: two accounts of one person are no two persons")
    if account not in held:
        handle = os.open(keys / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, json.dumps({"account": account, "holder": known}, ensure_ascii=False).encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)


def read(keys: Path) -> dict[str, str]:
    """The holder of every bound account."""
    path = keys / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {row["account"]: row["holder"] for row in map(json.loads, lines)}
