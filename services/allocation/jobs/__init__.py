"""Jobs: what the planner works off; it solves, records one plan at most, and derives a recorded plan again."""
