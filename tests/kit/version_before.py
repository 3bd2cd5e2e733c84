"""A system as the version before left it: its code is taken out of git and plays its demo, once for each checkout.

    with left_behind() as data:  # a stopped system, made by the version before
        with running(data): ...

What was played is kept under ``var/`` and never started. Each use gets it back at the very path where it was played,
since a broker writes down where its queues lie; whoever wants it meanwhile waits.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Final

from deploy.local.servers import given_broker, given_database

VERSION_BEFORE: Final = "906f8de6c0896655e4b47d2af59f80365a0e2753"
"""The last commit of version 0.1."""

ROOT: Final = Path(__file__).resolve().parents[2]
PLAYED_WITHIN: Final = 900.0  # seconds; it takes two minutes on two idle cores


class NotHere(Exception):
    """This checkout does not know the commit: a shallow clone, or no clone at all."""


@contextmanager
def left_behind() -> Iterator[Path]:
    """The data directory of a stopped system that the version before made; removed when the block ends.

    Raises:
        NotHere: where git cannot give its code.
    """
    home = ROOT / "var" / f"before-{VERSION_BEFORE[:7]}"
    home.mkdir(parents=True, exist_ok=True)
    data, kept = home / "system", home / "kept"
    with (home / "lock").open("w") as turn:
        flock(turn, LOCK_EX)
        shutil.rmtree(data, ignore_errors=True)
        if given_database() or given_broker():
            _play(data)  # a given server keeps what it was given, so there is nothing to bring back
        else:
            if not _was_played_at(data, kept):
                shutil.rmtree(kept, ignore_errors=True)
                _play(data)
                data.rename(kept)
            subprocess.run(["cp", "-a", "--reflink=auto", str(kept), str(data)], check=True)
        try:
            yield data
        finally:
            shutil.rmtree(data)


def _was_played_at(data: Path, kept: Path) -> bool:
    """Whether ``kept`` is a system that was played at ``data`` (a checkout may have been moved)."""
    try:
        found = json.loads((kept / "system.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return bool(found["keys"] == str(data / "keys"))


def _play(data: Path) -> None:
    """Play the demo of the version before into ``data``, with the packages of this checkout."""
    code = data.parent / "code"
    shutil.rmtree(code, ignore_errors=True)
    code.mkdir()
    try:
        _take_out(code)
        # Its own tree comes first on every path, so that no process of it takes a module of this checkout.
        subprocess.run(
            [sys.executable, "-m", "deploy.cli", "demo", "--data", str(data)],  # its own names of its modules
            cwd=code, env={**os.environ, "PYTHONPATH": str(code)}, timeout=PLAYED_WITHIN,
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        shutil.rmtree(code)


def _take_out(code: Path) -> None:
    """Write the tree of the version before to ``code``. Raises NotHere."""
    archive = code.with_suffix(".tar")
    try:
        subprocess.run(
            ["git", "-C", str(ROOT), "archive", f"--output={archive}", VERSION_BEFORE],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        shutil.unpack_archive(archive, code, filter="data")
    except FileNotFoundError:
        raise NotHere("there is no git on this machine") from None
    except subprocess.CalledProcessError as refused:
        raise NotHere(f"git does not give {VERSION_BEFORE[:7]}: {refused.stderr.strip()}") from None
    finally:
        archive.unlink(missing_ok=True)
