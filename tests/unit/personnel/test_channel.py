"""Dispatch schemes of channels."""

from __future__ import annotations

from typing import Any

from kernel.testing import given
from services.personnel.nomination.channel import CHANNEL as DECIDER
from services.personnel.nomination.channel import ChannelSchemeFiled, FileScheme
from tests.kit.personnel.cast import CHANNEL, CHANNEL_OFFICE, ENTERPRISE_OFFICE, UNIT, ctx


def scheme(by: Any = CHANNEL_OFFICE, units: tuple[str, ...] = (UNIT,), managed: str = CHANNEL) -> FileScheme:
    return FileScheme(
        context=ctx("2018-04-17", by), programme="LN2018", channel=CHANNEL, title="选派工作方案", units=units,
        managed_by={UNIT: managed},
    )  # fmt: skip


def test_a_channel_files_one_scheme_for_units_of_its_own() -> None:
    filed = ChannelSchemeFiled(
        occurred_on=scheme().context.occurred_on, programme="LN2018", channel=CHANNEL, title="选派工作方案",
        units=(UNIT,), document="",
    )  # fmt: skip
    given(DECIDER).when(scheme()).then(filed)
    given(DECIDER, filed).when(scheme()).rejected("scheme_already_filed", rule="nomination.scheme")
    given(DECIDER).when(scheme(managed="省委高校工委")).rejected("unit_not_of_channel", field="units")
    given(DECIDER).when(scheme(units=("U99",))).rejected("unit_not_of_channel")
    given(DECIDER).when(scheme(by=ENTERPRISE_OFFICE)).rejected("channel_not_yours", kind="forbidden")
