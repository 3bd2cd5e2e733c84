"""The ballots of a democratic appraisal: slips, what was cast on them, the count that anybody can repeat."""
