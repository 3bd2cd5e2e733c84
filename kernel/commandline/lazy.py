"""A group of commands, each imported when it is called, so that `--help` needs nothing of what it lists."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from kernel.commandline import lang


class LazyGroup(click.Group):
    """``lazy`` has by name where the command stands, `module` or `module:name` where it is called otherwise there, and
    what it does, in a line. They are listed in that order."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        module, _, name = self.lazy[cmd_name][0].partition(":")
        return lang.spoken(getattr(importlib.import_module(module), name or cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(lang.said("Commands")):
            formatter.write_dl([(name, lang.said(self.lazy[name][1])) for name in self.list_commands(ctx)])
