"""`paizhu audit …`: what an auditor types. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

LAZY: Final = {
    "as-of": ("audit.as_of_cli", "Show any read model as of a day, by date of fact or of record."),
    "diff": ("audit.diff_cli", "Show which rows of the read models changed between two days."),
    "trail": (
        "audit.trail_cli",
        "Show everything that happened to one person, village, unit, pair or posting, and why.",
    ),
    "export": ("audit.export_cli", "Write a bundle that anybody can check with nothing but Python."),
    "prove": ("audit.prove_cli", "Prove that one event is in the signed log, or check such a proof."),
    "recount": ("audit.recount_cli", "Count the ballots of every democratic appraisal again."),
    "replay": ("audit.replay_cli", "Rebuild every read model from its log and compare it with the live one."),
    "verify": ("audit.verify_cli", "Check every event, both trees, every checkpoint, and what services took in."),
}
"""By command: the module whose `command` it is, and what it does."""


class Commands(click.Group):
    """The commands of LAZY."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LAZY:
            return None
        found: click.Command = import_module(LAZY[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, LAZY[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=Commands)
def audit() -> None:
    """Read the logs themselves, live or exported, and judge them. Asks no service.

    Ends with 0 where all is well, with 1 where something was found, with 2 where it could not look.
    """
