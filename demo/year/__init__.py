"""A year of one city: 锦州 with two programmes, from the first of January to the grades, day by day.

Invariant: what is planted is drawn by a seed that is stored, what is found is asked of the system alone; the two are
compared as sets, so nothing else may be found either.
"""
