"""Names of roles: one for every role a token may carry, in one order."""

from __future__ import annotations

from programmes.roles import ROLE_NAMES, all_called, called


def test_every_role_of_a_token_has_a_name_of_its_own() -> None:
    assert len(set(ROLE_NAMES.values())) == len(ROLE_NAMES)
    assert not any(name.isascii() for name in ROLE_NAMES.values())


def test_roles_are_listed_in_the_order_of_the_table_and_strangers_last() -> None:
    assert all_called({"county_org", "stranger", "province_org"}) == "省委组织部、县委组织部、stranger"
    assert called("stranger") == "stranger"
