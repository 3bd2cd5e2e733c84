"""Why a system cannot be started or touched, for the person at the command line."""

from __future__ import annotations

import errno
from typing import Final

_ADVICE: Final = {
    errno.EACCES: "act as the user it belongs to, or name another place",
    errno.EPERM: "act as the user it belongs to, or name another place",
    errno.EROFS: "name a place that can be written",
    errno.ENOSPC: "make room, or name another place",
    errno.EDQUOT: "make room, or name another place",
    errno.ENOENT: "name one that is there",
    errno.ENOTDIR: "name a directory",
    errno.EEXIST: "name another place",
    errno.EISDIR: "name a file",
    errno.ELOOP: "name another place",
    errno.ENAMETOOLONG: "name a shorter one",
}


class CannotRun(RuntimeError):
    """Base of what the command line answers with one sentence instead of a traceback."""


class Unusable(CannotRun):
    """A file or directory cannot be used as it was asked for."""


def unusable(error: OSError) -> Unusable | None:
    """What to say of a file or directory that cannot be used and what to do about it, None for any other error."""
    advice = _ADVICE.get(error.errno or 0)
    if advice is None or error.filename is None:
        return None
    return Unusable(f"{error.filename} cannot be used ({error.strerror}): {advice}")
