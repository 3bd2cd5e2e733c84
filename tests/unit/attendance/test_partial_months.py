"""A month that the posting did not fill: shown in proportion, and held against it only where the profile says so."""

from __future__ import annotations

import pytest

from kernel.testing import actor
from tests.kit.attendance.posts import SECRETARY
from tests.kit.attendance.wired import Wired


@pytest.mark.req("AT-010")
@pytest.mark.parametrize(
    ("setting", "assessed"), [("not_assessed", []), ("prorated", [(9, 10, False), (10, 10, True)])]
)
def test_a_part_of_a_month_is_held_against_its_share_where_the_profile_says_so(
    setting: str, assessed: list[tuple[int, int, bool]]
) -> None:
    """From 16 June on half of the month is left: ten of the twenty days."""
    found = []
    for days in (9, 10):
        wired = Wired({"attendance.partial_month": setting})
        village = "210727102299"
        about = {"posting": f"LN2018.{village}.1", "month": "2018-06"}
        cadre = {"programme": "LN2018", "posting": about["posting"], "person": "p-2", "target": village}
        wired.today = "2018-06-16"
        wired.hear("personnel", "CadreOnPost", {**cadre, "kind": "village", "role": "村党组织第一书记"})
        keeper = actor("village", areas=(village,), person="p-keeper")
        chosen = [f"2018-06-{day}" for day in range(16, 16 + days)]
        wired.command(keeper, "RegisterDays", "2018-06-30", **about, days=chosen)
        wired.command(keeper, "CompileMonth", "2018-07-02", **about)
        for name in ("SignMonth", "SealMonth"):
            wired.command(SECRETARY, name, "2018-07-03", **about)
        told = [line["data"] for line in wired.lines("MonthlyAttendanceAssessed")]
        found += [(one["days"], one["required"], one["met"]) for one in told]
        assert wired.lines("AttendanceSealed")[0]["data"]["prorated"] == 10
    assert found == assessed
