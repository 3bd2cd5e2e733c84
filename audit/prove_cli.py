"""`paizhu audit prove`: one event and why it is in the signed log, in one file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import click

from audit.counting import counted
from audit.options import where_options
from audit.proving import FORMAT, Proof, faults, prove
from audit.sources import Source, Unreadable
from kernel.proof import checkpoint, notes, policy, succession
from services import SERVICES

_EVENT = re.compile(rf"({'|'.join(SERVICES)}):([1-9][0-9]{{0,17}})")


@click.command("prove")
@click.argument("event", metavar="SERVICE:POSITION", required=False)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the proof here, not to the screen.")
@click.option("--check", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Check this proof.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The log's vkey to trust.")
@click.option(
    "--announced",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Where the log's key was replaced: the announcements, as in a bundle's keys/checkpoint-SERVICE.succession.",
)
@click.option(
    "--policy", "rules", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The policy to judge by."
)
@where_options
def command(
    opening: Callable[[], Source],
    event: str | None,
    out: Path | None,
    check: Path | None,
    key: Path | None,
    announced: Path | None,
    rules: Path | None,
) -> None:
    """Prove one event against the last checkpoint, or check such a proof.

    A check needs no system: it ends with 0 where the proof holds, with 1 where it does not, with 2 where it cannot be
    read.
    """
    if check is not None:
        sys.exit(0 if _holds(check, key, announced, rules) else 1)
    found = _EVENT.fullmatch(event or "")
    if found is None:
        raise click.UsageError("name an event as SERVICE:POSITION, such as personnel:17")
    with closing(opening()) as source:
        proof = prove(source, found[1], int(found[2]))
    text = json.dumps(proof.plain, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    click.echo(f"{event} is proved in {out}; `paizhu audit prove --check {out}` checks it")


def _holds(path: Path, key: Path | None, announced: Path | None, rules: Path | None) -> bool:
    """Say what holds of the proof in ``path``, and whether all of it does. Raises Unreadable."""
    try:
        proof = _read(path)
        judge = policy.parse(rules.read_text(encoding="utf-8")) if rules else None
        signer = notes.verifier((key.read_text(encoding="utf-8") if key else proof.key).strip())
        note = notes.parse(proof.note)
        texts = list(succession.split(announced.read_text(encoding="utf-8"))) if announced else []
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} or what to judge it by cannot be read: {error}") from None
    wrong = list(faults(proof))
    try:
        checkpoint.opened(proof.note, _since(signer, texts, judge))
    except ValueError as error:
        wrong.append(f"the checkpoint is not one of the log {signer.name}: {error}")
    if judge is not None and not judge.witnessed(note):
        if judge.quorum == policy.NONE:
            wrong.append("the policy names no quorum, so no checkpoint is witnessed by it")
        else:
            missing = ", ".join(judge.missing(note))
            wrong.append(f"the checkpoint is not witnessed as the policy asks ({judge.rule}); missing: {missing}")
    for sentence in wrong:
        click.echo(f"NOT PROVED: {sentence}")
    if wrong:
        return False
    size = checkpoint.read(note.body).size
    click.echo(
        f"{proof.service}:{proof.position} is in the log {signer.name} of {counted(size, 'event')}, by SHA-256 and SM3"
    )
    if key is None:
        click.echo(f"signed by the key in the file itself, {signer.vkey}: compare it with one you trust, or give --key")
    else:
        click.echo(f"signed by the key in {key}")
    if judge is not None:
        click.echo(f"witnessed as the policy asks ({judge.rule})")
    return True


def _since(trusted: notes.Verifier, announced: Sequence[str], judge: policy.Policy | None) -> checkpoint.LogKey:
    """The keys of the log over time, of which ``trusted`` must be one. Raises ValueError where none follow from it."""
    if not announced:
        return trusted
    newest = succession.read(announced[-1])[0].new
    keys = succession.chained(newest, announced, judge or policy.parse(f"quorum {policy.NONE}\n"))
    if trusted not in (newest, *(one.old for one in keys.past)):
        raise succession.Unannounced(f"{trusted.vkey} is none of the keys that were announced")
    return keys


def _read(path: Path) -> Proof:
    """The proof in ``path``. Raises OSError; ValueError where it is none of our form."""
    said = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(f"it is no proof of form {FORMAT}")
    try:
        return Proof(**said)
    except TypeError:
        raise ValueError(f"it does not have the fields of a proof of form {FORMAT}") from None
