"""`paizhu` asked many things in one process, whose rights the caller has taken: each line in is the words of one, each
line out how it ended and what it said."""

from __future__ import annotations

import json
import sys

from click.testing import CliRunner

from cli.main import main

for line in sys.stdin:
    done = CliRunner().invoke(main, json.loads(line))
    untold = done.exception is not None and not isinstance(done.exception, SystemExit)
    sys.stdout.write(json.dumps([done.exit_code, done.output, repr(done.exception) if untold else ""]) + "\n")
