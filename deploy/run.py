"""`paizhu run`: the entry point of every process.

The one place that knows which module stands behind which process; each is imported only when it is run.
"""

from __future__ import annotations

import click

from deploy.local.databases import SERVICES


@click.group()
def run() -> None:
    """Run one process of the system (what the supervisor and the containers start)."""


service_argument = click.argument("service", type=click.Choice(SERVICES))


if __name__ == "__main__":
    run()
