"""Readers of profiles: what each path holds, by noun. Services read by these declarations, publication checks by them.

Invariant: a path has one declaration: a ``Reader``, a ``Form`` for information only, or a clause without a value.
"""
