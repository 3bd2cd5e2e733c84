"""The command line in Chinese: every text has its sentence, none is left over, and who asks for it gets it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from babel.messages import pofile

from cli.main import main
from kernel.commandline.lang import CATALOGUE, normal, of_locale
from kernel.commandline.lazy import LazyGroup

ROOT = Path(__file__).resolve().parents[3]


def texts(command: click.Command) -> Iterator[str]:
    """What the help of a command, and of all below it, has to say."""
    yield command.help or ""
    ctx = click.Context(command)
    yield from (one.help or "" for one in command.params if isinstance(one, click.Option) and not one.hidden)
    if isinstance(command, LazyGroup):
        yield from (line for _, line in command.lazy.values())
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            if found := command.get_command(ctx, name):
                yield from texts(found)


def catalogue() -> Mapping[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(one.id): str(one.string) for one in pofile.read_po(file, locale="zh") if one.id}


def test_every_text_has_its_chinese_sentence_and_no_other_is_kept() -> None:
    wanted, held = {normal(text) for text in texts(main)} - {""}, catalogue()
    assert wanted - set(held) == set()
    ours = {english for english in held if english.rstrip("?").endswith((".", ")", "]"))}
    source = "".join(path.read_text() for path in Path(click.__file__).parent.glob("*.py"))
    assert {english for english in ours - wanted if english.split("\n")[0] not in source} == set()


def test_no_sentence_is_empty_or_left_in_english() -> None:
    for english, chinese in catalogue().items():
        assert any("\u4e00" <= mark <= "\u9fff" for mark in chinese), english
        assert chinese.count("\n\n") == english.count("\n\n"), english


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
    ],
)
def test_the_locale_of_messages_says_which(environment: Mapping[str, str], language: str) -> None:
    assert of_locale(environment) == language


def told(*words: str, lang: str = "C.UTF-8") -> str:
    """What `paizhu` says, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LANG": lang},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_it_speaks_chinese_where_asked_and_english_where_not() -> None:
    asked = told("--lang", "zh", "witness", "key", "--help")
    assert asked == told("witness", "key", "--help", lang="zh_CN.UTF-8")
    assert "首次使用时生成本见证方的密钥" in asked
    assert "显示本说明后退出。" in asked
    assert "Make this witness's key" in told("witness", "key", "--help")
    assert "Make this witness's key" in told("--lang", "en", "witness", "key", "--help", lang="zh_CN.UTF-8")
    assert "没有 'nothing' 命令。" in told("--lang", "zh", "nothing")
    assert "没有 '--nothing' 选项。" in told("--lang", "zh", "demo", "--nothing")
