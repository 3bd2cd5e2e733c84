"""Whatever a province does and wherever the witness dies: what it signed is one history, and it is never locked out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.witness import witness
from audit.witness.province import Province
from kernel.proof import notes
from kernel.proof.checkpoint import read
from tests.kit.witness.bench import Bench
from tests.kit.witness.province import FakeProvince


class Killed(BaseException):
    """The witness dies here."""


class Pen:
    """The witness's signer, which remembers every history it signed, handed in or not."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self.verifier = bench, bench.signer.verifier
        self._signer, self.signed = bench.signer, list[tuple[bytes, ...]]()

    def signature(self, body: str, second: int) -> notes.Signature:
        assert read(body).size == len(self._bench.fake.lines)
        self.signed.append(tuple(self._bench.fake.lines))
        return self._signer.signature(body, second)


def dies_at(step: str, fake: Province) -> Any:
    """The step at which the witness dies, patched: before it, or (``after``) when it is done."""
    place: tuple[Any, str] = {
        "fsync": (os, "fsync"),
        "replace": (Path, "replace"),
        "proof": (fake, "proof"),
        "hand in": (fake, "cosign"),
    }[step.removeprefix("after ")]
    done: Callable[..., object] = getattr(*place)

    def killed(*given: Any) -> None:
        if step.startswith("after "):
            done(*given)
        raise Killed

    return mock.patch.object(*place, killed)


STEPS = [f"{when}{step}" for when in ("", "after ") for step in ("fsync", "replace", "proof", "hand in")]
ACTS = st.one_of(
    st.tuples(st.just("grow"), st.integers(1, 9)),
    st.tuples(st.just("change"), st.integers(0, 40)),
    st.tuples(st.just("cut"), st.integers(1, 9)),
    st.tuples(st.just("honest again"), st.just(0)),
    st.tuples(st.just("look"), st.just(0)),
    st.tuples(st.just("die"), st.sampled_from(STEPS)),
)


def act(fake: FakeProvince, honest: list[bytes], kind: str, how: int) -> None:
    """One thing a province may do to its log; whatever grows when nothing was changed is the honest history."""
    if kind == "grow":
        clean = fake.lines == honest
        fake.grow(how)
        if clean:
            honest[:] = fake.lines
    elif kind == "change" and fake.lines:
        fake.lines[how % len(fake.lines)] += b"'"
    elif kind == "cut":
        del fake.lines[-how:]
    elif kind == "honest again":
        fake.lines = list(honest)


@settings(max_examples=200)  # it waits for the disk
@given(st.lists(ACTS, min_size=2, max_size=24))
@example([("grow", 3), ("die", "after replace"), ("change", 1), ("look", 0)])
@example([("grow", 3), ("look", 0), ("grow", 1), ("die", "replace"), ("change", 0), ("grow", 5), ("look", 0)])
def test_what_is_signed_is_one_history(acts: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fake = FakeProvince()
        bench = Bench(fake, fake, Path(folder))
        bench.signer = pen = Pen(bench)  # type: ignore[assignment]
        honest: list[bytes] = []
        shown: dict[str, list[bytes]] = {}
        for kind, how in acts:
            act(fake, honest, kind, how)
            shown[notes.parse(fake.signed()).body] = list(fake.lines)
            if kind == "look":
                bench.look()
            elif kind == "die":
                with dies_at(how, fake), suppress(Killed):
                    bench.look()
        for earlier, later in pairwise(pen.signed):
            assert later[: len(earlier)] == earlier
        held = bench.state.seen(bench.log)
        fake.lines = [*(shown[held.checkpoint.body] if held else []), b"one more"]
        assert bench.look().end == witness.COSIGNED  # whoever goes on with what it holds is never locked out
