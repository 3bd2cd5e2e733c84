"""``paizhu city``: what one city is given to follow its feed, and nothing of another's."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.reach import data_option
from deploy.local.system import System
from kernel import bus
from programmes.organs import organ_of


@click.command()
@data_option
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="As one object of JSON.")
def city(data: Path, code: str, as_json: bool) -> None:
    """Print the addresses, queues and broker user of the city CODE, with its password: for that city alone.

    The address goes to any AMQP 0.9.1 client as it is (the virtual host is written %2F).
    """
    system = System(data.resolve())
    subscribers = system.state.get("subscribers")
    if not subscribers:
        raise click.ClickException(f"no system has been started in {data}: `paizhu up --data {data}` first")
    if code not in subscribers:
        raise click.BadParameter(f"no city here: one of {', '.join(sorted(subscribers))}", param_hint="CODE")
    found = {
        "city": code,
        "organ": organ_of("city_org", [code], {}),
        "amqp": system.city_amqp_url(code),
        "queue": bus.city(code),
        "checkpoints": bus.city_checkpoints(code),
        "feed": f"{system.gateway_url}/feeds/{code}",
        "token": f"paizhu token --role city_org --area {code} --data {data}",
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{name:12} {value}" for name, value in found.items()))
