"""`paizhu audit …`: what an auditor types. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

from typing import Final

import click

from kernel.commandline.lazy import LazyGroup

LAZY: Final = {
    "as-of": ("audit.as_of_cli:command", "Show any read model as of a day, by date of fact or of record."),
    "diff": ("audit.diff_cli:command", "Show which rows of the read models changed between two days."),
    "trail": (
        "audit.trail_cli:command",
        "Show everything that happened to one person, village, unit, pair or posting, and why.",
    ),
    "export": ("audit.export_cli:command", "Write a bundle that anybody can check with nothing but Python."),
    "prove": ("audit.prove_cli:command", "Prove that one event is in the signed log, or check such a proof."),
    "recount": ("audit.recount_cli:command", "Count the ballots of every democratic appraisal again."),
    "replay": ("audit.replay_cli:command", "Rebuild every read model from its log and compare it with the live one."),
    "verify": (
        "audit.verify_cli:command",
        "Check every event, both trees, every checkpoint, and what services took in.",
    ),
}
"""By command: where it is, and what it does."""


@click.group(cls=LazyGroup, lazy=LAZY)
def audit() -> None:
    """Read the logs themselves, live or exported, and judge them. Asks no service.

    Ends with 0 where all is well, with 1 where something was found, with 2 where it could not look.
    """
