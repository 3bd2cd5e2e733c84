"""Personnel hears what evaluation came to: a posting that has noted the results of its assessment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.messages import Context
from kernel.testing import Given
from services.personnel.parts import POSTING
from services.personnel.reactions import REACTIONS
from tests.kit.desk import Desk
from tests.kit.foreign import foreign
from tests.kit.personnel.following import Empty


def noted(posting: Given, desk: Desk, kind: str, on: str, at: Callable[[str], Context]) -> dict[str, Any]:
    """Let ``posting`` take in the last event of ``kind`` that evaluation stored; gives its data."""
    data = desk.stored(kind)[-1]
    received = foreign("evaluation", kind, on, data)
    (step,) = REACTIONS[f"evaluation.{kind}"](received, at(on), Empty())  # type: ignore[arg-type]
    assert step.stream == f"posting/{data['posting']}"
    for _ in range(2):  # heard of twice, it is noted once
        posting.state = POSTING.fold(posting.state, POSTING.decide(posting.state, step.command))
    return data
