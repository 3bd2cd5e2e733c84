"""`paizhu audit recount`: do the ballots of the log give the counts that are stored?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Final

import click

from audit.counting import counted
from audit.options import json_option, source_options
from audit.recount import recounts
from audit.sources import Source

SERVICE: Final = "evaluation"


@click.command("recount")
@source_options
@json_option
def command(source: Source, as_json: bool) -> None:
    """Count every democratic appraisal again from its ballots, and compare counts, root and score.

    Ends with 1 where one does not come out again, with 2 where the log cannot be read.
    """
    found = list(recounts(source.rows(SERVICE)))
    wrong = [one for one in found if one.faults]
    if as_json:
        shown = [{**asdict(one), "stored": dict(one.stored)} for one in found]
        click.echo(json.dumps({"equal": not wrong, "ballots": shown}, ensure_ascii=False))
    else:
        for one in found:
            counts = ", ".join(f"{count['mark']} {count['number']}" for count in one.stored["counts"])
            verdict = "NOT AS STORED" if one.faults else "as stored"
            click.echo(f"{one.ballot}: {counts}; {one.stored['cast']} of {one.stored['issued']} slips; {verdict}")
            for fault in one.faults:
                click.echo(f"  {fault}")
        click.echo(f"{counted(len(found), 'ballot')} counted again, {len(wrong)} not as stored")
    sys.exit(1 if wrong else 0)
