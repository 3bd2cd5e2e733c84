"""What an event cites where notices say the same at different places."""

from __future__ import annotations

import pytest

from kernel.rules import Profile, RuleBook
from tests.kit.golden import GOLDEN, decoded
from tests.kit.profiles import profile_of


@pytest.mark.parametrize(
    ("event", "programme", "clause"),
    [
        ("personnel/PlacementNoted.v1", "LN2018", "五.3"),
        ("personnel/PlacementNoted.v1", "SX2015", "三.4"),
        ("personnel/CadreOnPost.v1", "LN2018", "五.4"),
        ("personnel/CadreOnPost.v1", "SX2015", "三.5"),
        ("personnel/ReturnedToUnit.v1", "SX2015", "三.6"),
        ("personnel/ReturnedToUnit.v1", "LN2018", None),
        ("attendance/RegisterClosed.v1", "SX2015", "五.1"),
        ("allocation/TargetFilled.v1", "LN2018", "三.3"),
    ],
)
def test_an_event_cites_the_clause_its_own_programme_has(event: str, programme: str, clause: str | None) -> None:
    """What two notices say at different places; of the return the notice of 2018 has no word."""
    known = profile_of(programme)
    rules = RuleBook().adding(Profile.of(programme, known.version, known.base, known.scope, known.sha256, known.rules))
    in_force = rules.effective(programme, known.scope)
    assert in_force is not None
    paths = decoded(GOLDEN / f"{event}.json").rests_on()
    assert in_force.basis(*paths) == (known.notices[0].cited, clause)
    assert in_force.basis() == (None, None)
