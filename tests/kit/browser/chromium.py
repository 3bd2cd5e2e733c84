"""Debian's Chromium, driven: it finds no host but this machine, and sets every page in the one face the project brings,
so that a picture is the same wherever it is taken."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
from playwright.sync_api import Browser, sync_playwright

from tests.kit.waiting import BOUND

PATIENCE: Final = BOUND * 1000
"""Milliseconds after which what the screen does not show is given up."""
_FLAGS: Final = (
    "--no-sandbox",  # the tests may run as root, and look at pages of their own alone
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{faces}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """The browser for the life of the block; its own files lie in ``folder``."""
    program = shutil.which("chromium")
    assert program, "no Chromium: deploy/local/setup.sh browser"
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts.conf"
    faces = Path(pylopdf_fonts_zh_cn.__file__).parent
    fonts.write_text(_FONTS.format(faces=faces, cache=folder / "fonts"), encoding="utf-8")
    env: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(folder)}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_FLAGS), env=env, timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()
