"""``paizhu contract``: the contract of the city feeds as files, and whether the files are what the code says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import yaml

from gateway.feeds import asyncapi, published

DOCUMENT = "asyncapi.yaml"
SCHEMAS = "schemas"


@click.command("contract")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("docs/contract"), show_default=True
)
@click.option("--check", is_flag=True, help="Write nothing; say what differs, exit code 1.")
def command(out: Path, check: bool) -> None:
    """Write the contract of the city feeds: an AsyncAPI 3 document and a JSON Schema for every event."""
    made = files()
    there = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} if out.is_dir() else set()
    if check:
        wrong = sorted(there ^ set(made)) + [
            name for name in sorted(there & set(made)) if (out / name).read_text(encoding="utf-8") != made[name]
        ]
        if wrong:
            raise click.ClickException(f"{out} is not what the code says; `paizhu contract` writes {', '.join(wrong)}")
        click.echo(f"{out}: {len(made)} files, as the code says")
        return
    for name, text in made.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    for name in there - set(made):
        (out / name).unlink()
    click.echo(f"{out}: {len(made)} files")


def files() -> dict[str, str]:
    """The text of every file by its path below the contract's folder."""
    made = {f"{SCHEMAS}/{kind}.json": _json(schema) for kind, schema in published.schemas().items()}
    return {DOCUMENT: _yaml(asyncapi.document()), **made}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


class _Plain(yaml.SafeDumper):  # type: ignore[misc]  # yaml has no types
    """Writes every value where it stands; references of YAML would only puzzle readers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=118)
    return text
