"""History: read models as of a day, and what changed between two.

A view as of a day holds what the projections make of the events up to that day, by date of fact or by date of record,
always in the order of the log: a later event corrects an earlier one, whenever its fact lies.
"""
