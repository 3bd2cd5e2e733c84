"""A channel's scheme comes before any nomination of its units, through the service on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast

OTHER = "省委高校工委"


@pytest.mark.req("PE-015")
def test_no_nomination_before_the_scheme_of_its_channel(office: Desk) -> None:
    asked = {"programme": "LN2018", "nominee": cast.row(1)}
    office.hear_of("allocation", said.unit_registered("U27", OTHER, "某校"))
    early = office.refused(cast.UNIT_OFFICE, "NominateCadre", "2018-04-17", **asked)
    assert (early["code"], early["notice"], early["clause"]) == ("scheme_missing", "辽组通字〔2018〕23号", "五.1")

    scheme = {"programme": "LN2018", "title": "方案"}
    foreign = {**scheme, "channel": OTHER, "units": ["U01"]}
    assert office.refused(cast.actor("channel", units=(OTHER,)), "FileChannelScheme", "2018-04-17", **foreign)
    theirs = {**scheme, "channel": OTHER, "units": ["U27"]}
    assert office.command(cast.actor("channel", units=(OTHER,)), "FileChannelScheme", "2018-04-17", **theirs)
    # The scheme of another channel opens nothing here.
    assert office.refused(cast.UNIT_OFFICE, "NominateCadre", "2018-04-17", **asked)["code"] == "scheme_missing"

    own = {**scheme, "channel": cast.CHANNEL, "units": ["U01"]}
    assert office.command(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **own) == {"ChannelSchemeFiled": 1}
    assert office.command(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", **asked)["CadreNominated"] == 1
