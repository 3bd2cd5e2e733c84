"""Allocation: who sends how many, where to, and who stands on which place.

Owns notices, programme profiles, divisions, sending units with their help ties, office holders and county bodies;
batches (scope, plan, tiers, quotas), what villages and counties demand, and the quotas of cities and counties; targets
with their placements and reviews, plans with their jobs, nominees and reserve numbers, unit-village bindings and the
work groups of townships; the ledgers fed back to cities; the poor counties, swap pairs and later rounds of the swap.
What it records stands in ``parts``. It knows persons by their ids only.

Reacts to personnel: a check passed or failed lists a nominee or opens a unit's place; a cadre on post, recalled,
withdrawn, moved or at the end of the term fills or vacates a target and changes what a county or a bound unit owes; a
leg nominated, reporting or withdrawn changes the balance of a pair, and a submitted list gives its composition;
reserves are counted; a filed ledger is amended.
Reacts to evaluation: a village delisted or at its target releases its binding.
"""
