"""`paizhu witness run` and `compare`: the two commands that ask the province."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import click

from audit.witness import evidence, rounds
from audit.witness.judge import Proof, Refusal, judge, opened
from audit.witness.options import (
    Stopped,
    gateway_option,
    json_option,
    province,
    state_option,
    token_option,
    usable,
)
from audit.witness.province import Away, Province
from audit.witness.state import State, Unusable
from audit.witness.witness import COSIGNED, CURRENT, NEW_KEY, REFUSED, WAITING, Look, Witness
from kernel.backoff import stop_on_signals
from kernel.proof import notes
from kernel.proof.checkpoint import Checkpoint

COLOURS = {REFUSED: "bright_red", COSIGNED: "green", CURRENT: None, WAITING: None}


@click.command()
@state_option
@gateway_option
@token_option
@json_option
@click.option("--city", help="The city's 4-digit code; makes the key where there is none yet.")
@click.option("--once", is_flag=True, help="Look at every log once and end.")
@click.option(
    "--every", type=click.FloatRange(min=0.1, max=60), default=5.0, show_default=True, help="Seconds between looks."
)
def run(folder: Path, url: str, token: str, as_json: bool, city: str | None, once: bool, every: float) -> None:
    """Verify what the province signed, and co-sign it where it extends what was co-signed before.

    Until SIGTERM or Ctrl-C, telling what changes. Ends with 1 where anything was refused.
    """
    asked, state = province(url, token), State(folder)

    def tell(look: Look) -> None:
        click.echo(_plain(look) if as_json else _readable(look))

    with usable(), state.alone():
        signer, logs = state.signer(city), state.logs()
        if not logs:
            raise Unusable(f"no log's key is pinned in {folder}: `paizhu witness pin` first")
        witness = Witness(state, asked, signer, tell=tell)
        if once:
            looks = []
            for look in rounds.once(witness, logs.values()):
                tell(look)
                looks.append(look)
            sys.exit(rounds.exit_code(looks))
        stop = stop_on_signals()
        if not as_json:
            click.echo(f"{signer.verifier.name} watches {len(logs)} logs at {url}")
        clean = rounds.forever(witness, logs.values(), stop, every, tell)
    sys.exit(0 if clean else 1)


@click.command()
@state_option
@gateway_option
@token_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def compare(folder: Path, url: str, token: str, file: Path) -> None:
    """Find out whether another city was shown the same history: FILE is its `seen/<service>.json`.

    The province is asked for the proof from the shorter to the longer. Ends with 1, and keeps evidence, where there
    are two histories.
    """
    asked, state = province(url, token), State(folder)
    with usable():
        theirs, log = _theirs(file, state.logs())
        seen = state.seen(log)
        if seen is None:
            raise Stopped(f"this witness has not co-signed {log.name} yet")
        ours = seen.checkpoint
        try:
            given = _compared(ours, theirs[0], asked)
        except Away as reason:
            raise Stopped(f"the province gives no proof: {reason}") from None
        if isinstance(given, tuple):
            refusal, proof = given
            kept = evidence.keep(folder / "evidence", refusal, log, seen, theirs[1], proof, int(time.time()))
            click.secho(f"TWO HISTORIES of {log.name}: {refusal}", fg="red", bold=True)
            click.echo(f"  evidence: {kept}")
            sys.exit(1)
    click.echo(f"one history of {log.name}: {ours.size:,} events here, {theirs[0].size:,} there")


def _theirs(file: Path, logs: dict[str, notes.Verifier]) -> tuple[tuple[Checkpoint, str], notes.Verifier]:
    """The other city's checkpoint with its note, and the log's key. Raises Stopped."""
    try:
        text = str(json.loads(file.read_text(encoding="utf-8"))["note"])
        log = logs[text.partition("\n")[0]]
        return (opened(text, log)[0], text), log
    except (ValueError, KeyError, TypeError, Refusal) as reason:
        raise Stopped(f"{file} holds no checkpoint of a log that is pinned here ({reason})") from None


def _compared(ours: Checkpoint, theirs: Checkpoint, asked: Province) -> tuple[Refusal, Proof | None] | None:
    """None where the longer extends the shorter, else why not, with the proof that was given. Raises Away."""
    given: list[Proof] = []

    def proof(first: int, second: int) -> Proof:
        given.append(asked.proof(ours.service, first, second))
        return given[0]

    shorter, longer = sorted((ours, theirs), key=lambda found: found.size)
    try:
        judge(shorter, longer, proof)
    except Refusal as refusal:
        return refusal, given[0] if given else None
    return None


def _plain(look: Look) -> str:
    shown = {name: str(value) if isinstance(value, Path) else value for name, value in vars(look).items()}
    return json.dumps({"at": datetime.now().astimezone().isoformat(timespec="seconds"), **shown}, ensure_ascii=False)


def _readable(look: Look) -> str:
    now = datetime.now().astimezone().strftime("%H:%M:%S")
    size = "" if look.size is None else f", {look.size:,} events"
    before = "" if look.before in (None, look.size) else f" ({look.before:,} before)"
    head = f"REFUSED {look.kind}" if look.end == REFUSED else look.end
    said = f"{now}  {look.service:<12} {head}: {look.sentence}{size}{before}"
    line = click.style(said, fg=COLOURS.get(look.end, "yellow"))
    if look.end == NEW_KEY:
        return f"{line}\n  announcement: {look.evidence}"
    if look.end != REFUSED:
        return line
    kept = look.evidence or "not kept: a hundred without the log's signature are there already"
    return f"{line}\n  evidence: {kept}\n  Nothing was signed. What this means and what to do: docs/witnessing.md"
