"""Why a system cannot be started or touched, for the person at the command line."""

from __future__ import annotations


class CannotRun(RuntimeError):
    """Base of what the command line answers with one sentence instead of a traceback."""
