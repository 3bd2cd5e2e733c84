"""The console: the first page, which shows the system at work as far as its reader's token reaches.

It shows figures, places, posts, units and the names of events. Invariants: without a token there is no fact on the
page; with one there is no person on it, neither by name nor by id.
"""
