"""Help for a village: its plan, the measures for groups of poor households, and the households on file."""
