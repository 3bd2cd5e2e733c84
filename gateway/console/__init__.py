"""The console: the first page, which shows the system at work to whoever stands before it.

It shows figures, places, posts, units and the names of events. Invariant: no person is on the page, neither by name nor
by id; so it needs no token, as a notice board needs none.
"""
