"""Who may read of personnel, and how far: the province all rows, areas those of theirs, senders those of their own."""

from __future__ import annotations

from kernel.asking import Reach

EVERYWHERE = frozenset({"province_org", "auditor", "system"})
TERRITORY = frozenset({"city_org", "county_org", "township"})
SENDERS = frozenset({"channel", "unit", "enterprise"})
MANAGERS = frozenset({"city_org", "county_org"})
"""Departments that are the channel of the units of their own area, and see of what has no place yet what is theirs."""
READERS = EVERYWHERE | TERRITORY | SENDERS
REACH = Reach(EVERYWHERE, SENDERS)
PLACELESS = Reach(EVERYWHERE, SENDERS | MANAGERS)
"""Rows of a sending unit that no area applies to."""
