"""Another user of the same machine reads nothing of a system, plants nothing it follows, and keeps it from no port."""

from __future__ import annotations

import fcntl
import os
import socket
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main
from deploy.local import place, ports, state, system
from deploy.local.child import identity
from deploy.local.postgres import Postgres

STRANGER = 65534
OPEN = stat.S_IRWXG | stat.S_IRWXO
ENTERED = place.database_group()
"""As root the group of PostgreSQL's user may walk through a data directory; -1 where we are it."""
CLOSED = 0o700 if ENTERED < 0 else 0o710

Given = Callable[[Path], Path]


@pytest.fixture
def strangers(monkeypatch: pytest.MonkeyPatch) -> Given:
    """Makes something another user's. Who is not root cannot, and is himself another one instead."""

    def given(path: Path) -> Path:
        if os.geteuid() == 0:
            os.chown(path, STRANGER, STRANGER, follow_symlinks=False)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: STRANGER)
        return path

    return given


def test_nobody_else_reads_anything_of_running_servers(data: Path, postgres_server: Any, rabbit_server: Any) -> None:
    assert stat.S_IMODE(data.stat().st_mode) == CLOSED
    readable = []
    for path in (path for name in ("logs", "pids", "postgres", "rabbitmq") for path in (data / name).rglob("*")):
        found = path.lstat()
        allowed = 0o750 if ENTERED >= 0 and found.st_gid == ENTERED else 0
        if not stat.S_ISLNK(found.st_mode) and stat.S_IMODE(found.st_mode) & OPEN & ~allowed:
            readable.append((str(path.relative_to(data)), oct(found.st_mode)))
    assert readable == []
    if os.geteuid() == 0:
        stranger = ("setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups", "--")
        for name in ("logs", "secrets.json", "rabbitmq/home/.erlang.cookie", "postgres/run"):
            looked = subprocess.run([*stranger, "ls", str(data / name)], capture_output=True, text=True, cwd="/")
            assert (looked.returncode, "Permission denied" in looked.stderr) == (2, True)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_directory_is_closed_from_the_first_moment(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        made = tmp_path / "deep" / "system"
        assert state.claim(made) == ""
        with state.hold(tmp_path / "other"):
            pass
    finally:
        os.umask(before)
    for folder in (made, tmp_path / "other"):
        assert stat.S_IMODE(folder.stat().st_mode) == CLOSED
        assert stat.S_IMODE((folder / state.LOCK).stat().st_mode) == 0o600


def test_a_directory_that_was_open_is_closed_and_that_is_said(tmp_path: Path) -> None:
    state.claim(tmp_path / "old")
    (tmp_path / "old").chmod(0o755)
    said = state.claim(tmp_path / "old")
    assert said.startswith(f"{tmp_path}/old was open to others (0755); it is {CLOSED:04o} now")
    assert (state.claim(tmp_path / "old"), stat.S_IMODE((tmp_path / "old").stat().st_mode)) == ("", CLOSED)


def test_a_directory_of_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letters").touch()
    with pytest.raises(state.NotOurs):
        state.claim(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


@pytest.mark.parametrize("below", ["", "deeper", "deeper/still"])
def test_a_strangers_link_is_not_followed(tmp_path: Path, strangers: Given, below: str) -> None:
    target = tmp_path / "target"
    target.mkdir()
    link = tmp_path / "shared"
    link.symlink_to(target)
    strangers(link)
    for attempt in (state.claim, system.start):
        with pytest.raises(place.Foreign, match=r"shared is a link that .* put there, to .*target: it is not followed"):
            attempt(link / below)
    assert list(target.iterdir()) == []


def test_a_strangers_link_behind_ones_own_is_not_followed_and_ones_own_is(tmp_path: Path, strangers: Given) -> None:
    target, planted, own = tmp_path / "target", tmp_path / "planted", tmp_path / "own"
    target.mkdir()
    planted.symlink_to(target)
    own.symlink_to(target)
    state.claim(own)
    assert (target / state.LOCK).exists()
    (tmp_path / "chain").symlink_to("planted")
    strangers(planted)
    with pytest.raises(place.Foreign, match="planted is a link"):
        state.claim(tmp_path / "chain")


def test_a_strangers_directory_is_not_used(tmp_path: Path, strangers: Given) -> None:
    (tmp_path / "theirs").mkdir()
    strangers(tmp_path / "theirs")
    said = CliRunner().invoke(main, ["up", "--data", str(tmp_path / "theirs")])
    assert (said.exit_code, "act as that user, or name another place" in said.output) == (1, True)
    assert list((tmp_path / "theirs").iterdir()) == []


@pytest.mark.parametrize("planted", ["logs", "pids", "keys", "system.json", "postgres", "rabbitmq"])
def test_what_a_stranger_put_into_a_directory_ends_the_start(tmp_path: Path, strangers: Given, planted: str) -> None:
    state.claim(tmp_path / "system")
    (tmp_path / "victim").mkdir()
    link = tmp_path / "system" / planted
    link.symlink_to(tmp_path / "victim")
    strangers(link)
    with pytest.raises(place.Foreign):
        system.start(tmp_path / "system")
    assert list((tmp_path / "victim").iterdir()) == []


def test_whoever_plants_a_directory_does_not_choose_what_is_ended(tmp_path: Path, strangers: Given) -> None:
    victim = subprocess.Popen(["sleep", "600"])
    try:
        planted = tmp_path / "system"
        planted.mkdir()
        state.save(planted, {"supervisor": identity(victim.pid)})
        assert system.System(planted).is_up()
        strangers(planted)
        with pytest.raises(place.Foreign):
            system.stop(planted)
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


def test_nothing_is_written_through_what_the_databases_user_plants(tmp_path: Path) -> None:
    """Where we are root PostgreSQL's user is a stranger, and before 0.3 the directory was his."""
    victim, folder = tmp_path / "victim", tmp_path / "folder"
    victim.write_text("kept")
    folder.mkdir(mode=0o755)
    home = tmp_path / "system" / "postgres"
    home.mkdir(parents=True)
    for name in ("superuser", "postgresql.conf"):
        (home / name).symlink_to(victim)
    os.chown(home, place.database_user(), ENTERED)
    was = (victim.stat().st_uid, victim.stat().st_mode, folder.stat().st_uid, folder.stat().st_mode)
    Postgres(tmp_path / "system", {"postgres": 1}).prepare()
    assert (home / "cluster" / "PG_VERSION").exists()
    assert not (home / "postgresql.conf").is_symlink()
    (home / "run").rmdir()
    (home / "run").symlink_to(folder)
    with pytest.raises(OSError, match="run"):
        Postgres(tmp_path / "system", {"postgres": 1}).prepare()
    assert (victim.stat().st_uid, victim.stat().st_mode, folder.stat().st_uid, folder.stat().st_mode) == was
    assert victim.read_text() == "kept"


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shared temporary directory, full of lock files that somebody holds."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "paizhu-ports").mkdir()
    with ExitStack() as held:
        for base in range(ports.LOWEST, ports.HIGHEST, ports.WIDTH):
            lock = held.enter_context((tmp_path / "paizhu-ports" / f"{base}.lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_files_in_a_shared_directory_keep_nobody_from_his_ports(crowded: None) -> None:
    block = ports.reserve(["a"])
    block.close()


def test_a_block_is_one_holders_alone(tmp_path: Path) -> None:
    block = ports.reserve(["a"])
    try:
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with pytest.raises(OSError, match="in use"):
                other.bind(("127.0.0.1", block.base + ports.WIDTH - 1))
        second = ports.reserve(["a"], preferred=block.base)
        assert second.base != block.base
        second.close()
    finally:
        block.close()
    again = ports.reserve(["a"], preferred=block.base)
    assert again.base == block.base
    again.close()


def test_a_directory_of_others_that_is_named_by_mistake_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    (tmp_path / "theirs").touch()
    assert not system.stop(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
