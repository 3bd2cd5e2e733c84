"""The persons of the small demo as canaries: what is unmistakable of each, looked for in whatever a system wrote."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from demo.people import People, spoiled

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 400
"""More persons than the small demo makes; those it did not make are looked for in vain, which costs nothing."""
DIVISIONS = "".join(path.read_text() for path in (ROOT / "programmes" / "data" / "divisions").glob("*.csv"))


def canaries() -> list[str]:
    """What is unmistakable of each person: numbers, the career's mark, the photo, names that no place bears."""
    people, found = People(), []
    for _ in range(PEOPLE):
        person = people.next()
        names = [name for name in (person["name"], person["family"][0]["name"]) if len(name) > 2]
        found += [name for name in names if name not in DIVISIONS]
        found += [person["id_number"], person["mobile"], person["career"].split()[-1], person["photo"]]
        found.append(spoiled(person["id_number"]))  # the demo hands in some with a wrong check digit
    return found


def spelled(words: list[str]) -> list[bytes]:
    """Each word as it may stand in a file: UTF-8, and as JSON escapes it."""
    plain = [word.encode() for word in words]
    return plain + [json.dumps(word)[1:-1].encode() for word in words if not word.isascii()]


def found_in(folder: Path, patterns: list[bytes], *, but: str = "keys") -> dict[str, set[bytes]]:
    """By file below ``folder``, those patterns it holds; the directory of keys is another matter."""
    listed = folder.parent / "patterns"
    listed.write_bytes(b"\n".join(patterns) + b"\n")
    files = subprocess.run(
        ["grep", "-rlaF", f"--exclude-dir={but}", "-f", str(listed), str(folder)],
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]}, capture_output=True, check=False,
    ).stdout.decode().split("\n")  # fmt: skip
    held = {file: Path(file).read_bytes() for file in files if file}
    return {file: {pattern for pattern in patterns if pattern in content} for file, content in held.items()}
