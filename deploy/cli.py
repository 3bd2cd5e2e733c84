"""The command line `paizhu`.

Sub-commands of other rooms are imported when they are called, so that `paizhu --help` needs no service.
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
from pathlib import Path
from typing import Any, Final

import click

from deploy.local.faults import CannotRun

LAZY: Final = {
    "run": ("deploy.run", "Run one process of the system (what the supervisor and the containers start)."),
    "provision": ("deploy.provision", "Prepare given servers: databases, roles, tables, keys, broker users."),
    "token": ("deploy.token", "Issue a bearer token for this system."),
    "contract": ("gateway.feeds.contract_cli:command", "Write or check the contract of the city feeds."),
    "demo": ("deploy.demo.cli", "Play the dated scenario through the gateway and show its figures."),
    "bus": ("deploy.bus_cli", "Dead letters: list, show, replay and discard what was set aside."),
    "privacy": ("deploy.privacy.cli", "Erase personal data by two hands, legal holds, master keys."),
    "subscribe": ("gateway.feeds.cli:command", "Receive the public events of one city."),
    "witness": ("audit.witness.cli", "What a city runs: co-sign the province's checkpoints, refuse changed history."),
    "audit": ("audit.cli", "The auditor's tool: reads the logs themselves."),
}


class Commands(click.Group):
    """Its own commands and those of LAZY: `module` where the click command has the same name, else `module:name`."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotRun as reason:
            raise click.ClickException(str(reason)) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LAZY})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LAZY:
            return super().get_command(ctx, cmd_name)
        module, _, name = LAZY[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), name or cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name in self.list_commands(ctx):
            own = self.commands.get(name)
            rows.append((name, LAZY[name][1] if own is None else own.get_short_help_str(limit=100)))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/local"),
    show_default=True,
    help="The directory the system lives in.",
)


@click.group(cls=Commands)
def main() -> None:
    """Paizhu 派驻: the dispatched cadres of a province, as events."""


@main.command()
@data_option
@click.option("--foreground", is_flag=True, help="Stay and supervise until Ctrl-C.")
@click.option("--only", "services", multiple=True, help="Start only this service (repeatable; `gateway` is one).")
def up(data: Path, foreground: bool, services: tuple[str, ...]) -> None:
    """Start a system: private servers, services, relays, reactors, gateway."""
    from deploy.local import layout, screen, system
    from deploy.local.supervisor import Supervisor

    try:
        parts = layout.parts(services or None)
    except ValueError as unknown:
        raise click.UsageError(str(unknown)) from None
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise click.ClickException(f"cannot keep a system in {data}: {refused.strerror}") from None
    if foreground:
        supervisor = Supervisor(data, parts)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, supervisor.stop)
        supervisor.run()
        return
    with screen.starting() as progress:
        found = system.start(data, services or None, progress)
    screen.status(found)


@main.command()
@data_option
def down(data: Path) -> None:
    """Stop a system and everything it started."""
    from deploy.local import system

    click.echo(f"stopped {data}" if system.stop(data) else f"nothing runs in {data}")


@main.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="For programs: everything, addresses with passwords included.")
def status(data: Path, as_json: bool) -> None:
    """Show the processes with their health, and the addresses of gateway, broker and databases."""
    from deploy.local import screen, system

    found = system.System(data.resolve())
    if as_json:
        known: dict[str, Any] = found.state
        keys = ("status", "gateway", "broker", "subscribers", "databases", "auditors", "keys", "processes")
        click.echo(json.dumps({key: known.get(key) for key in keys}, ensure_ascii=False, indent=1))
    else:
        screen.status(found)
    if not found.is_up():
        sys.exit(3)


if __name__ == "__main__":
    main()
