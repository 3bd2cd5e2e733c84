"""Evaluation: what is held against a cadre's work, and what follows from it.

Owns recall clocks, their triggers and cases; development ideas and income channels; the delisting of villages; the
assessment of secondments. What it records stands in ``parts``. It knows persons by their ids only.

Reacts to allocation: a published profile brings the rules. Reacts to personnel: a cadre on post starts a clock; a
recall, a withdrawal or the end of the term stops it; a secondment that was reported will be assessed.
Invariant: the machine only raises; every measure is decided by an organ, in the printed order, and an assumed rule
never starts a sanction.
"""
