"""What personnel takes in of others: their golden events become its own facts, read tolerantly."""

from __future__ import annotations

import pytest

from services.personnel.reactions import REACTIONS
from tests.kit.golden import told
from tests.kit.personnel.cast import SYSTEM, ctx
from tests.kit.personnel.following import decided, values
from tests.kit.personnel.legs import key, leg


def test_a_placement_opens_the_hand_over() -> None:
    received = told("allocation.PlacementConfirmed")
    noted = values(decided(received, area="210727"))
    assert noted.pop("type") == "PlacementNoted"
    assert noted.items() <= received.data.items()
    assert noted["posting"] == "LN2018.210727101208.1"


@pytest.mark.req("PE-014")
def test_a_village_with_the_role_of_a_township_is_refused() -> None:
    with pytest.raises(Exception, match="村党组织第一书记"):
        decided(told("allocation.PlacementConfirmed", role="乡镇党委第一副书记"), area="210727")


def test_a_unit_and_its_places_are_noted() -> None:
    assert values(decided(told("allocation.UnitRegistered"))) == {
        "type": "UnitNoted", "unit": "U01", "name": "合成单位01", "channel": "省直机关工委", "level": "province"
    }  # fmt: skip
    assert values(decided(told("allocation.UnitQuotaSet"))) == {
        "type": "UnitQuotaNoted", "programme": "LN2018", "unit": "U01", "channel": "省直机关工委", "townships": 1,
        "villages": 9,
    }  # fmt: skip


def test_a_profile_is_noted_whole_in_the_stream_of_its_base() -> None:
    received = told("allocation.ProfilePublished")
    noted = values(decided(received))
    assert noted.pop("type") == "ProfileNoted"
    assert noted["rules"] == received.data["rules"]
    assert noted.items() <= {**received.data, "base": received.data["base"]}.items()
    steps = list(REACTIONS["allocation.ProfilePublished"](received, ctx("2018-04-16", SYSTEM), None))  # type: ignore[arg-type]
    assert [step.stream for step in steps] == ["programme/LN2018"]


def test_an_agreed_post_lets_the_person_report() -> None:
    noted = values(decided(told("allocation.SecondmentPostAgreed", leg=key()), leg().state, "LN2002"))
    assert (noted["type"], noted["leg"], noted["post"]) == ("SecondmentPostNoted", key(), "合成职务")
