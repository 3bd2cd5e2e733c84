"""The pytest plugin of a run: notes the lines a marked test executes, or puts one mutant in the place of a module.

The mutant is compiled from the changed tree when its module is imported; no file is written. Environment: ``MUTANT`` is
``<path>:<number of the site>``, ``TRACE`` a file that gets, by mark, the executed lines of each source as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, Final

import pytest

from tests.mutants.mutation import mutated

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = tuple(f"{ROOT / room}{os.sep}" for room in ("services", "programmes", "kernel", "gateway", "audit"))
"""Where rules stand."""
TESTING: Final = str(ROOT / "kernel/testing.py")
"""Where none stands."""
MUTANT, TRACE = "PAIZHU_MUTANT", "PAIZHU_TRACE"

Lines = dict[str, set[int]]


class Mutant(SourceFileLoader):
    """Loads one module with one of its sites changed, past any bytecode on disk."""

    number: int

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.path).decode()
        code: CodeType = compile(mutated(source, self.number), self.path, "exec", dont_inherit=True)
        return code


class Finder:
    """Finds the mutant's module before anybody else finds the true one."""

    def __init__(self, path: Path, number: int) -> None:
        self.path, self.number = str(path), number

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """See ``importlib.abc.MetaPathFinder``."""
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin != self.path:
            return None
        spec.loader = loader = Mutant(fullname, self.path)
        loader.number = self.number
        return spec


class Trace:
    """The lines of the rooms that each marked test executes, those of the fixtures it uses included."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.marks: dict[str, Lines] = defaultdict(lambda: defaultdict(set))
        self.fixtures: dict[str, Lines] = {}
        self.into: Lines = {}

    def frame(self, frame: FrameType, event: str, argument: Any) -> Any:
        """The trace function of a call: of frames in the rooms, every line."""
        path = frame.f_code.co_filename
        if not path.startswith(ROOMS) or path == TESTING:
            return None
        into, room = self.into, path[len(str(ROOT)) + 1 :]

        def line(frame: FrameType, event: str, argument: Any) -> Any:
            into.setdefault(room, set()).add(frame.f_lineno)
            return line

        return line

    def _begin(self, into: Lines) -> None:
        self.into = into
        threading.settrace(self.frame)
        sys.settrace(self.frame)

    def _end(self) -> None:
        sys.settrace(None)
        threading.settrace(None)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """A fixture, which several tests may share."""
        outer, own = self.into, self.fixtures.setdefault(fixturedef.argname, {})
        self._begin(own)
        try:
            return (yield)
        finally:
            self._end()
            self.into = outer

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        """The test itself."""
        own: Lines = {}
        self._begin(own)
        try:
            return (yield)
        finally:
            self._end()
            fixtures = [self.fixtures[name] for name in pyfuncitem.fixturenames if name in self.fixtures]
            for mark in pyfuncitem.iter_markers("req"):
                for name in mark.args:
                    for lines in (own, *fixtures):
                        for path, found in lines.items():
                            self.marks[name][path] |= found

    def pytest_sessionfinish(self) -> None:
        """Write what was found."""
        found = {
            mark: {path: sorted(at) for path, at in sorted(lines.items())} for mark, lines in sorted(self.marks.items())
        }
        self.path.write_text(json.dumps(found), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Trace the run where that is asked."""
    if path := os.environ.get(TRACE):
        config.pluginmanager.register(Trace(Path(path)), "trace-of-marks")


if MUTANT in os.environ:
    _path, _, _number = os.environ[MUTANT].rpartition(":")
    sys.meta_path.insert(0, Finder(ROOT / _path, int(_number)))
