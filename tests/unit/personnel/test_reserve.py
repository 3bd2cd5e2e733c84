"""How far one may look for reserves: the village, after a finding the township, for use the whole county."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.testing import Given, actor, given
from programmes import loader
from services.personnel.reserves.reserve import (
    SOURCING,
    OpenFallback,
)
from services.personnel.wiring import SERVICE
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel.cast import ctx

PROGRAMME = "QS2017"
VILLAGE = "511425101201"
TOWNSHIP = actor("township", areas=("511425101",))
COUNTY = actor("county_org", areas=("511425",))


def find(stage: Any, scope: str, by: Any = TOWNSHIP, finding: str = "本村没有合适人选") -> OpenFallback:
    return OpenFallback(
        context=ctx("2017-10-12", by, PROGRAMME), programme=PROGRAMME, village=VILLAGE, stage=stage, scope=scope,
        finding=finding,
    )  # fmt: skip


def opened(stage: Any, scope: str) -> Given:
    return given(
        SOURCING, *(given(SOURCING).when(find(stage, scope, COUNTY if stage == "use" else TOWNSHIP)).events or [])
    )


@pytest.mark.req("AL-082")
def test_the_whole_county_is_accepted_for_use_and_refused_for_selection() -> None:
    desk = MemoryDesk(SERVICE, "2017-10-12")
    desk.hear("allocation", "ProfilePublished", loader.load(PROGRAMME).published())
    asked = {"programme": PROGRAMME, "village": VILLAGE, "finding": "本村没有合适人选"}
    wide = desk.refused(TOWNSHIP, "OpenFallback", "2017-10-12", **asked, stage="selection", scope="county")
    assert (wide.code, wide.rule, wide.field, wide.accepted) == (
        "fallback_too_wide", "reserve.fallback_selection", "scope", "township"
    )  # fmt: skip
    for scope in ("county", "township"):
        use = {**asked, "stage": "use", "scope": scope}
        assert desk.command(COUNTY, "OpenFallback", "2017-10-12", **use) == {"FallbackOpened": 1}
    wider = desk.refused(COUNTY, "OpenFallback", "2017-10-12", **asked, stage="use", scope="province")
    assert (wider.code, wider.accepted) == ("fallback_too_wide", "township、county")
    opened = [line["data"] for line in desk.lines("FallbackOpened")]
    assert [(e["stage"], e["scope"]) for e in opened] == [("use", "county"), ("use", "township")]


def test_a_finding_is_made_by_whom_it_is_for_and_once() -> None:
    given(SOURCING).when(find("selection", "township", COUNTY)).rejected("not_your_business", kind="forbidden")
    assert opened("selection", "township").when(find("selection", "township")).events == []
