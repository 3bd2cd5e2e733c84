"""Personnel with the rules, the unit and the places that allocation would have told it of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.ciphers import CIPHERS
from tests.kit.desk import Desk
from tests.kit.personnel.told import told


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    return told(open_desk)


@pytest.fixture(scope="module", params=list(CIPHERS.values()), ids=list(CIPHERS))
def sealed_office(open_desk: Callable[..., Desk], request: pytest.FixtureRequest) -> Desk:
    """Personnel under each profile of sealing."""
    return told(open_desk, cipher=request.param)
