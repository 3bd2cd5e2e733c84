"""Attendance: who was on post on which day, who certified it, and what the month amounts to.

Owns the registers of postings, the days in them, leave, and the monthly sheets with signature and seal. What it records
stands in ``parts``. It knows persons by their ids only.

Reacts to allocation: a published profile brings the rules, a recorded office holder who may sign. Reacts to personnel:
a cadre on post opens a register; a recall, a withdrawal or the end of the term closes it.
Invariant: a month that is not sealed has no figure; it is never read as zero.
"""
