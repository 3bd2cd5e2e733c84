"""How far one may look for reserves: the village, after a finding the township, for use the whole county."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.testing import Given, actor, given
from programmes import loader
from services.personnel.reserves.reserve import (
    SOURCING,
    FallbackOpened,
    OpenFallback,
    Recommend,
    RecommendReserve,
)
from services.personnel.wiring import SERVICE
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel.cast import ctx

PROGRAMME = "QS2017"
VILLAGE, NEIGHBOUR, FAR = "511425101201", "511425101202", "511425102201"
TOWNSHIP = actor("township", areas=("511425101",))
COUNTY = actor("county_org", areas=("511425",))


def find(stage: Any, scope: str, by: Any = TOWNSHIP, finding: str = "本村没有合适人选") -> OpenFallback:
    return OpenFallback(
        context=ctx("2017-10-12", by, PROGRAMME), programme=PROGRAMME, village=VILLAGE, stage=stage, scope=scope,
        finding=finding,
    )  # fmt: skip


def recommend(home: str, *, registered: bool = True, by: Any = TOWNSHIP, channel: str = "self") -> Recommend:
    context = ctx("2017-10-13", by, PROGRAMME)
    asked = RecommendReserve(
        context=context, programme=PROGRAMME, village=VILLAGE, person="p-1", home=home, channel=channel
    )
    return Recommend(context=context, asked=asked, registered=registered)


def opened(stage: Any, scope: str) -> Given:
    return given(
        SOURCING, *(given(SOURCING).when(find(stage, scope, COUNTY if stage == "use" else TOWNSHIP)).events or [])
    )


@pytest.mark.req("AL-081")
def test_a_candidate_of_another_village_is_refused_before_the_finding() -> None:
    given(SOURCING).when(recommend(VILLAGE)).types("ReserveRecommended")
    given(SOURCING).when(recommend(NEIGHBOUR)).rejected(
        "finding_missing", rule="reserve.fallback_selection", field="home"
    )
    (event,) = given(SOURCING).when(find("selection", "township")).events or []
    assert isinstance(event, FallbackOpened)
    assert (event.scope, event.stage, event.village, event.areas) == ("township", "selection", VILLAGE, ("village",))
    after = opened("selection", "township")
    after.when(recommend(NEIGHBOUR)).types("ReserveRecommended")
    # The finding reaches the own township and not beyond it, and one made for use opens no selection.
    after.when(recommend(FAR)).rejected("home_out_of_reach", accepted="township")
    opened("use", "county").when(recommend(NEIGHBOUR)).rejected("finding_missing")


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


def test_a_recommendation_names_a_registered_person_a_printed_way_and_the_own_area() -> None:
    given(SOURCING).when(recommend(VILLAGE, registered=False)).rejected(
        "person_unknown", field="person", kind="unknown"
    )
    given(SOURCING).when(recommend(VILLAGE, channel="friend")).rejected("choice_unknown", rule="reserve.channels")
    given(SOURCING).when(recommend("5114251012")).rejected("not_a_village", field="home")
    once = given(SOURCING, *(given(SOURCING).when(recommend(VILLAGE)).events or []))
    assert once.when(recommend(VILLAGE)).events == []
