"""Where a system lies: a directory of its own user alone, from the first moment.

Invariant: nothing is made, written or believed through a name that another user could have put there. A link counts as
ours where we or root made it, as the kernel's ``protected_symlinks`` has it.
"""

from __future__ import annotations

import grp
import os
import pwd
import shlex
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from deploy.faults import CannotRun

DATABASE_USER: Final = "postgres"
"""As whom PostgreSQL runs where we are root, as which it refuses to."""
_LINKS: Final = 40  # followed by the kernel too
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class Foreign(CannotRun):
    """Something on the way to a directory, or in it, is another user's."""


def made(path: Path) -> None:
    """Make the directory ``path`` where it is missing, for its owner alone.

    Raises:
        Foreign: where it is another user's, is reached by another's link, or holds what another put there.
        OSError: where it cannot be made or is no directory.
    """
    whole = Path(os.path.abspath(path))
    _links(whole)
    if not whole.is_dir():
        whole.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            whole.mkdir(mode=0o700)
        _links(whole)
    handle = os.open(whole, _FOLDER)
    try:
        if (owner := os.fstat(handle).st_uid) != os.geteuid():
            raise Foreign(f"{path} belongs to {_name(owner)}: act as that user, or name another place")
        for name in os.listdir(handle):
            found = os.stat(name, dir_fd=handle, follow_symlinks=False)
            if found.st_uid not in (0, os.geteuid()) and not _is_the_databases(name, found):
                whose = f"{path / name} was put there by {_name(found.st_uid)}"
                raise Foreign(f"{whose}: look at it and remove it, or name another place")
    finally:
        os.close(handle)


def closed(path: Path) -> str:
    """Take the directory ``path``, one of ours, from everybody else; gives what was mended in one sentence, or "".

    As root its group is that of PostgreSQL's user, who may walk through it and see nothing: no right of root need be
    lent to him.
    """
    group = database_group()
    others = 0 if group < 0 else 0o010
    handle = os.open(path, _FOLDER)
    try:
        was = stat.S_IMODE(os.fstat(handle).st_mode)
        os.fchown(handle, -1, group)
        os.fchmod(handle, now := was & 0o700 | others)
    finally:
        os.close(handle)
    if not was & 0o077 & ~others:
        return ""
    return f"{path} was open to others ({was:04o}); it is {now:04o} now. What they read until then is read."


def inside(path: Path, owner: int = -1, group: int = -1, mode: int = 0o700) -> Path:
    """A directory in a directory of ours, made where it is missing; its owner, group and mode. A link is refused."""
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    handle = os.open(path, _FOLDER | os.O_NOFOLLOW)
    try:
        os.fchown(handle, owner, group)
        os.fchmod(handle, mode)
    finally:
        os.close(handle)
    return path


def database_group() -> int:
    """The group of the user as whom PostgreSQL runs where that is not ourselves, -1 where it is."""
    if os.geteuid() == 0:
        with suppress(KeyError):
            return grp.getgrnam(DATABASE_USER).gr_gid
    return -1


def database_user() -> int:
    """That user's number, -1 where we are it."""
    return pwd.getpwnam(DATABASE_USER).pw_uid if database_group() >= 0 else -1


def _links(path: Path, left: int = _LINKS) -> None:
    walked = Path(path.anchor)
    for part in path.parts[1:]:
        walked /= part
        try:
            found = walked.lstat()
        except FileNotFoundError:
            return
        if not stat.S_ISLNK(found.st_mode):
            continue
        if found.st_uid not in (0, os.geteuid()):
            whose = f"{walked} is a link that {_name(found.st_uid)} put there, to {shlex.quote(os.readlink(walked))}"
            raise Foreign(f"{whose}: it is not followed; remove it, or name another place")
        if left:
            _links(Path(os.path.abspath(walked.parent / os.readlink(walked))), left - 1)


def _is_the_databases(name: str, found: os.stat_result) -> bool:
    """PostgreSQL's own directory, which before 0.3 was wholly its user's."""
    return name == "postgres" and stat.S_ISDIR(found.st_mode) and found.st_uid == database_user()


def _name(user: int) -> str:
    with suppress(KeyError):
        return f"user {pwd.getpwuid(user).pw_name}"
    return f"user {user}"
