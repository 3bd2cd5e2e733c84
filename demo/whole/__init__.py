"""The whole batch of 2018: every place the province arranges in ten cities, at all three tiers, from roster to ledger.

Invariant: every office acts for itself (seven channels, ten cities, their counties), and every figure shown is read
back from the system.
"""
