"""Solving: from who waits and what is free to a certified, explained plan; in a job, never in a decision."""
