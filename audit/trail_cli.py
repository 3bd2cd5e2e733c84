"""`paizhu audit trail`: everything that happened to one cadre, village, unit, pair or posting, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import get_terminal_size

import click

from audit.counting import counted
from audit.history.streamed import Streamed
from audit.options import json_option, progress, source_options
from audit.sources import Source, Unreadable
from audit.trail.order import ordered
from audit.trail.picture import TooLong, picture
from audit.trail.search import Search, TooMuch
from audit.trail.trace import Trace
from audit.trail.words import lines, plain
from kernel.errors import Corrupt

_NARROWEST = 80


@click.command("trail")
@click.argument("subject", metavar="ID")
@source_options
@click.option("--picture", "drawn", type=click.Path(path_type=Path, dir_okay=False), help="Also draw it: FILE.svg.")
@click.option("--most", default=5_000, show_default=True, help="How many events a trail may have.")
@json_option
def command(source: Source, subject: str, drawn: Path | None, most: int, as_json: bool) -> None:
    """Show what all logs hold of ID, causes before effects: a person, village, unit, pair, posting, leg or case.

    Events that name it, what caused them, and what they caused in turn; of a person also what tells of its postings,
    legs, candidacies and nominations alone. Of persons only ids are shown. Ends with 2 where no log knows ID.
    """
    if drawn is not None and drawn.suffix.lower() != ".svg":
        raise click.BadParameter(f"a picture is drawn as SVG: {drawn.with_suffix('.svg')}", param_hint="--picture")
    search = _searched(source, subject, most, as_json)
    trail, follows = ordered(search.found.values()), [one for one in search.subjects if one != subject]
    if not trail:
        heads = ", ".join(f"{name} (to position {source.head(name).position})" for name in source.services())
        raise Unreadable(f"no event knows {subject}: looked at streams and fields of every event of {heads}")
    with Streamed(as_json) as out:
        out.members(id=subject, follows=follows)
        out.scope(source.city)
        for trace in out.each("events", trail):
            out.members(**plain(trace))
        services = sorted({trace.id[0] for trace in trail})
        out.say(f"{subject}: {counted(len(trail), 'event')} in {', '.join(services)}")
        for one in follows:
            out.say(f"with what tells of {one} alone")
        for line in lines(trail, max(_NARROWEST, get_terminal_size().columns)):
            out.say(line)
        if drawn is not None:
            _draw(drawn, subject, trail)
            out.say(f"picture: {drawn}")


def _searched(source: Source, subject: str, most: int, quiet: bool) -> Search:
    with progress(quiet) as started:

        def pages(service: str) -> Iterator[Sequence[bytes]]:
            advance, head, done = started(service), source.head(service).position, 0
            for page in source.lines(service):
                yield page
                done += len(page)
                advance(done, head)

        search = Search(subject, source.services(), pages, most)
        try:
            search.run()
        except TooMuch as error:
            raise Unreadable(f"{error}; name something narrower, or raise --most") from None
        except Corrupt as error:
            raise Unreadable(f"{error}; `paizhu audit verify` tells what is wrong with this log") from None
    return search


def _draw(path: Path, subject: str, trail: list[Trace]) -> None:
    try:
        path.write_text(picture(subject, trail), encoding="utf-8")
    except TooLong as error:
        raise Unreadable(str(error)) from None
    except OSError as error:
        raise Unreadable(f"the picture cannot be written: {error}") from None
