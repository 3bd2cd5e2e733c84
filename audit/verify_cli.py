"""`paizhu audit verify`: is the history the one that was recorded and signed?"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Shown

from audit.counting import counted
from audit.findings import Findings
from audit.live import Live
from audit.options import json_option, progress, service_option, source_options
from audit.sources import Source, Unreadable
from audit.verify import Verification, Verified
from audit.witnessed import by_service
from kernel.proof import policy


@click.command("verify")
@source_options
@service_option
@click.option(
    "--witnessed",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Notes somebody else kept: a file of notes, or a witness's directory (repeatable).",
)
@click.option(
    "--remembered",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Where the checkpointers keep what they signed last, with --database (--data knows it).",
)
@click.option(
    "--administrator",
    "administrators",
    metavar="ROLE",
    multiple=True,
    help="A role of the database server that may have power over all of it, beside the one it came with (repeatable).",
)
@json_option
def command(
    source: Source,
    names: tuple[str, ...],
    witnessed: tuple[Path, ...],
    remembered: Path | None,
    administrators: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check every event and record, the trees and checkpoints, what services took in of each other, and all rights.

    Ends with 1 where anything was found, with 2 where the system or bundle cannot be read.
    """
    if remembered is not None:
        if not isinstance(source, Live):
            raise click.UsageError("--remembered goes with --database or --data: a bundle has no checkpointer")
        source.remembering(remembered)
    try:
        rules = policy.parse(source.policy() or f"quorum {policy.NONE}\n")
    except policy.Unsound as error:
        raise Unreadable(f"policy.txt cannot be used: {error}") from None
    run = Verification(source, rules, by_service(witnessed), administrators=administrators)
    # What is read here makes no cycles; without the collector's rounds a page of events costs a fifth less.
    gc.disable()
    try:
        with progress(as_json) as shown:
            verified = run.run(names or source.services(), shown)
    finally:
        gc.enable()
    if as_json:
        click.echo(json.dumps(_plain(verified, run.findings), ensure_ascii=False))
    else:
        _show(Console(), verified, run.findings, rules)
        if isinstance(source, Live) and not source.has_feeds:
            click.secho("the feeds of the cities were not read: --database gateway=URL names them", fg="yellow")
    sys.exit(1 if len(run.findings) else 0)


def _plain(verified: Iterable[Verified], findings: Findings) -> dict[str, object]:
    return {
        "sound": not len(findings),
        "services": [asdict(found) for found in verified],
        "findings": [asdict(found) for found in findings],
        "counts": {f"{service} {code}": count for (service, code), count in findings.counts.items()},
    }


def _show(console: Console, verified: list[Verified], findings: Findings, rules: policy.Policy) -> None:
    shown = Shown("service")
    for title in ("events", "commands", "checkpoints", "signed", "witnessed"):
        shown.add_column(title, justify="right")
    for found in verified:
        signed = found.checkpoints
        sizes = (found.events, found.commands, signed.checkpoints, signed.signed, signed.witnessed)
        shown.add_row(found.service, *("–" if size is None else str(size) for size in sizes))
    console.print(shown)
    for found in verified:
        if found.sha256:
            console.print(f"{found.service}, roots of all its events", highlight=False)
            console.print(f"  SHA-256  {found.sha256}\n  SM3      {found.sm3}", highlight=False)
    for finding in findings:
        console.print(f"[bold red]{finding.code}[/]  {finding.where}  {finding.sentence}", highlight=False)
    for found in verified:
        signed = found.checkpoints
        if signed.signed < found.events:
            behind = found.events - signed.signed
            are = "the last event is" if behind == 1 else f"the last {behind} events are"
            console.print(f"{found.service}: {are} not signed yet")
        if rules.quorum != policy.NONE and signed.witnessed < signed.signed:
            missing = f"; missing under the last: {', '.join(signed.missing)}" if signed.missing else ""
            console.print(
                f"[bold yellow]{found.service}: signed up to {signed.signed}, witnessed ({rules.rule}) only up to "
                f"{signed.witnessed}{missing}"
            )
    if rules.quorum == policy.NONE:
        console.print(
            "[yellow]no witness is asked: the policy names no quorum, so the province's own key is all there is"
        )
    count = len(findings)
    console.print("nothing found: the history is whole" if not count else f"[bold red]{counted(count, 'finding')}")
