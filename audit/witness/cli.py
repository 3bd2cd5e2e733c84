"""`paizhu witness …`: what a city's witness types, and what the province types about its witnesses."""

from __future__ import annotations

from typing import Final

import click

from kernel.commandline.lazy import LazyGroup

LAZY: Final = {
    "key": ("audit.witness.city_cli:key", "City: make or show this witness's key."),
    "pin": ("audit.witness.city_cli:pin", "City: trust the keys of the province's logs, after checking them."),
    "run": ("audit.witness.run_cli:run", "City: verify and co-sign, once or until stopped."),
    "endorse": ("audit.witness.city_cli:endorse", "City: sign a log's new key where the old one is lost or stolen."),
    "status": ("audit.witness.city_cli:status", "City: what was co-signed last, and what was refused."),
    "compare": ("audit.witness.run_cli:compare", "City: was another city shown the same history?"),
    "enrol": ("audit.witness.province_cli:enrol", "Province: take up a city's key into the policy."),
    "policy": ("audit.witness.province_cli:policy", "Province: who must co-sign, who has, who is missing."),
}
"""By command: where it is, and what it does."""


@click.group(cls=LazyGroup, lazy=LAZY)
def witness() -> None:
    """Co-sign the province's checkpoints with a city's own key, and refuse when history was changed.

    Ends with 0 where all is well, with 1 where something was refused, with 2 where it could not look or sign.
    """
