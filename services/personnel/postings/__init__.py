"""A cadre on a target: hand-over, post, recall, return."""
