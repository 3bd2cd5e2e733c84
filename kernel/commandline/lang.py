"""The language the command line speaks: English, or Chinese (``zh.po``) where ``--lang zh`` or the locale asks.

Help texts and what click itself says are looked up in one gettext catalogue, by the English sentence. What a system
answers is Chinese in either language.
"""

from __future__ import annotations

import atexit
import gettext
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

LANGUAGES: Final = ("en", "zh")
CATALOGUE: Final = Path(__file__).with_name("zh.po")
_DOMAIN: Final = "messages"
"""The domain click looks its own sentences up in."""


def of_locale(environment: Mapping[str, str]) -> str:
    """The language of the messages' locale, as gettext finds it: "zh" for any Chinese, else "en"."""
    named = (environment.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, named), "").startswith("zh") else "en"


def speak(language: str) -> None:
    """From now on everything is looked up in the catalogue of ``language``."""
    if language == "zh":
        gettext.bindtextdomain(_DOMAIN, _compiled())
        os.environ["LANGUAGE"] = "zh"
    else:
        os.environ["LANGUAGE"] = "en"


def said(text: str) -> str:
    """``text`` in the language spoken; as it stands where the catalogue lacks it."""
    return gettext.gettext(key) if (key := normal(text)) else text


def normal(text: str) -> str:
    """A help text by which it is looked up: one line a paragraph, whatever its indentation."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def spoken(command: click.Command, ctx: click.Context | None = None) -> click.Command:
    """The command with its texts in the language spoken, and those of all below it that stand ready.

    With ``ctx`` also those of the options that click gives every command.
    """
    command.help = said(command.help) if command.help else command.help
    for option in command.get_params(ctx) if ctx else command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = said(option.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            spoken(below)
    return command


def _compiled() -> str:
    """A directory with the catalogue as gettext reads it, until the program ends."""
    from babel.messages import mofile, pofile  # only where another language is spoken

    folder = tempfile.mkdtemp(prefix="paizhu-lang-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    place = Path(folder, "zh", "LC_MESSAGES")
    place.mkdir(parents=True)
    with CATALOGUE.open("rb") as source, (place / f"{_DOMAIN}.mo").open("wb") as made:
        mofile.write_mo(made, pofile.read_po(source, locale="zh"))
    return folder
