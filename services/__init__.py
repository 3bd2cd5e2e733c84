"""The services, each of which decides from its own log."""

from __future__ import annotations

from typing import Final

SERVICES: Final = ("allocation", "personnel", "attendance", "evaluation")
"""Their names, in the order in which they are started and shown."""

FOLLOWS: Final = {
    "allocation": ("evaluation", "personnel"),
    "personnel": ("allocation", "evaluation"),
    "attendance": ("allocation", "evaluation", "personnel"),
    "evaluation": ("allocation", "attendance", "personnel"),
}
"""Whose events each reacts to, as its reactions say: a relay must know it, and loads no service for that."""
