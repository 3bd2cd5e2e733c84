"""The words a reader accepts are those the services know: neither knows one that the other does not."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from programmes import roster
from programmes.readers import attendance, demand, nomination, organs, placement, quota, recall, swap, words
from programmes.roles import AUDITOR, CALENDAR, DIGITS, ROLE_NAMES, SECURITY, SYSTEM
from services.allocation.apportionment import METHODS
from services.allocation.demand.demand_state import SOURCES
from services.allocation.planning.plan_rules import BY_NAME
from services.allocation.planning.plan_settings import PARTS
from services.allocation.swap.pair_plan import ACROSS, AREAS, DEPARTMENTS, WITHIN
from services.attendance.register.authority import ROLES as KEEPERS
from services.evaluation.clocks.obligation import CHANNEL, IDEA
from services.personnel.nomination.nomination import AREA_KINDS
from services.personnel.nomination.roster import KINDS
from services.personnel.postings.handover import HOST_ITEMS
from services.personnel.reserves.reserve import DIGITS as REACH

MACHINES = SYSTEM | CALENDAR


@pytest.mark.parametrize(
    ("accepted", "served"),
    [
        (
            get_args(words.Role),
            ROLE_NAMES.keys() - MACHINES - SECURITY - AUDITOR - {"system_admin", "witness"},
        ),
        (get_args(words.Kind), KINDS),
        (get_args(words.LocalTier), AREA_KINDS.values()),
        (set(get_args(words.Source)) - {"township"}, SOURCES),
        (set(get_args(placement.UnitLevel)) - {"enterprise"}, SOURCES),
        (get_args(placement.HardRule), BY_NAME),
        (placement.Weights.__struct_fields__, PARTS),
        (get_args(quota.Method), METHODS),
        (set(get_args(organs.Scope)) - {"channel", "unit", "posting", "host"}, DIGITS),
        (get_args(swap.Mode), (ACROSS, WITHIN)),
        (get_args(swap.Party), (*AREAS, *DEPARTMENTS)),
        ({*get_args(attendance.Keeper), *get_args(attendance.Granter)}, KEEPERS),
        (set(get_args(recall.Requirement)) - {"delisted"}, (IDEA, CHANNEL)),
        (get_args(nomination.Origin), roster.CHOICES["origin"]),
        (set(get_args(nomination.Item)) - {"party_relation", "escort"}, HOST_ITEMS),
        ({"village", *get_args(demand.FallbackScope)}, REACH),
    ],
)
def test_a_reader_accepts_the_words_that_are_served(accepted: Any, served: Any) -> None:
    assert set(accepted) == set(served)
