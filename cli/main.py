"""The command line `paizhu`: where every group of commands is gathered.

Each is imported when it is called, so that `paizhu --help` needs no service, and a container nothing of one machine.
"""

from __future__ import annotations

import os
from typing import Any, Final

import click

from deploy.faults import CannotRun, Unusable, unusable
from kernel.commandline import lang
from kernel.commandline.lazy import LazyGroup

LAZY: Final = {
    "up": ("cli.local", "Start a system: private servers, services, relays, reactors, gateway."),
    "down": ("cli.local", "Stop a system and everything it started."),
    "status": (
        "cli.local",
        "Show the processes with their health, and the addresses of gateway, broker and databases.",
    ),
    "run": ("deploy.run", "Run one process of the system (what the supervisor and the containers start)."),
    "provision": ("deploy.provision", "Prepare given servers: databases, roles, tables, keys, broker users."),
    "accounts": ("cli.sign_in", "Accounts of the console: enter, list, lock, reset, enrol."),
    "token": ("cli.token", "Issue a bearer token for this system."),
    "contract": ("gateway.feeds.contract_cli:command", "Write or check the contract of the city feeds."),
    "refusals": ("cli.catalogue:command", "Write or check the table of every refusal."),
    "rights": (
        "cli.rights:command",
        "Write or check what provisioning makes in every database: grants, owners.",
    ),
    "demo": ("demo.play", "Play the dated scenario through the gateway and show its figures."),
    "keys": ("cli.keys", "Replace the key with which a log signs its checkpoints, and announce it."),
    "due": ("cli.due", "List what the holder of a token owes: overdue first, with clause and last day."),
    "bus": ("cli.bus", "Dead letters: list, show, replay and discard what was set aside."),
    "privacy": ("cli.privacy.commands", "Erase personal data by two hands, legal holds, master keys."),
    "programmes": ("cli.programmes", "Check a programme profile, or write the plain form that is published."),
    "ledger": ("cli.files", "Ledgers as workbooks: export, fill in, hand in, statistics."),
    "form": ("cli.files", "The registration form of a nomination as PDF, docx or appointment form."),
    "appointment-forms": (
        "cli.appointment:appointment_forms",
        "Make a roster of appointment forms (.lrmx, .lrm), a row a file.",
    ),
    "structure": ("cli.structure", "Count the corps of a programme on a day, as figures or as a picture."),
    "city": ("cli.city", "Print one city's address, queue, user and password, and nothing of another's."),
    "subscribe": ("gateway.feeds.cli:command", "Receive the public events of one city."),
    "witness": ("audit.witness.cli", "What a city runs: co-sign the province's checkpoints, refuse changed history."),
    "audit": ("audit.cli", "The auditor's tool: reads the logs themselves."),
}


class Refused(click.ClickException):
    """One sentence instead of a traceback; ends with 2 where what was asked cannot be used, else with 1."""

    def __init__(self, reason: CannotRun) -> None:
        super().__init__(str(reason))
        self.exit_code: int = 2 if isinstance(reason, Unusable) else 1  # type: ignore[misc]


class Commands(LazyGroup):
    """All of them: what cannot be used is told in one sentence, in the language asked for."""

    def main(self, *args: Any, **extra: Any) -> Any:
        lang.speak(lang.of_locale(os.environ))
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotRun as reason:
            raise Refused(reason) from None
        except OSError as error:
            if (refused := unusable(error)) is None:
                raise
            raise Refused(refused) from None

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang.spoken(self, ctx)
        super().format_help(ctx, formatter)


def _speak(ctx: click.Context, option: click.Parameter, language: str | None) -> None:
    if language is not None:
        lang.speak(language)


@click.group(cls=Commands, lazy=dict(sorted(LAZY.items())))
@click.option(
    "--lang",
    type=click.Choice(lang.LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="The language of help and errors; otherwise that of the locale.",
)
@click.version_option(package_name="paizhu", message="paizhu %(version)s")
def main() -> None:
    """Paizhu 派驻: the dispatched cadres of a province, as events."""


if __name__ == "__main__":
    main()
