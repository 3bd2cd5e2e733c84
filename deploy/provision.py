"""`paizhu provision`: what the supervisor does on one machine before it starts a process, for containers and clusters.

Run again it changes nothing. It ends before any other process starts.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from deploy import broker_users, databases, layout
from deploy import keys as key_files
from deploy.passwords import password_of

path = click.Path(path_type=Path)


@click.command()
@click.option(
    "--database", "url", envvar="PAIZHU_DATABASE_URL", required=True, help="A role that may create the others."
)
@click.option(
    "--keys", envvar="PAIZHU_KEYS", type=click.Path(path_type=Path), required=True, help="Directory of the keys."
)
@click.option(
    "--signing",
    envvar="PAIZHU_SIGNING",
    type=click.Path(path_type=Path),
    help="Directory of the keys that sign checkpoints, which only checkpointers need; else that of the other keys.",
)
@click.option("--definitions", type=click.Path(path_type=Path), help="Write the broker's users to this file.")
def provision(url: str, keys: Path, signing: Path | None, definitions: Path | None) -> None:
    """Prepare given servers: databases, roles, tables, keys, broker users.

    Passwords come from the environment: PAIZHU_OWNER_PASSWORD for the owners of the databases,
    PAIZHU_<SERVICE>_PASSWORD for each application role, PAIZHU_SIGNER_PASSWORD for the checkpointers,
    PAIZHU_AUDITOR_PASSWORD for the auditors, PAIZHU_SECURITY_PASSWORD for whoever rewraps keys of personal data,
    PAIZHU_AMQP_PASSWORD for Paizhu's own broker user. The cities' broker passwords are generated and kept with the
    keys.
    """
    databases.provision(url, role_password)
    key_files.make(keys, layout.PROVINCE, signing)
    if definitions is not None:
        cities = [broker_users.of_city(city) for city in layout.cities()]
        passwords = {user: password_of(keys, f"amqp:{user}") for user in cities}
        passwords[broker_users.OWN] = given("PAIZHU_AMQP_PASSWORD")
        definitions.write_text(json.dumps(broker_users.definitions(passwords)), encoding="utf-8")
    click.echo("databases, keys and broker users are ready")


def role_password(role: str) -> str:
    """The password of `paizhu_<service>_<kind>`. Raises UsageError where it is not given."""
    _, service, kind = role.split("_")
    return given(f"PAIZHU_{service if kind == 'app' else kind}_PASSWORD".upper())


def given(name: str) -> str:
    """A value the environment must give. Raises UsageError."""
    value = os.environ.get(name)
    if not value:
        raise click.UsageError(f"{name} is not set")
    return value
