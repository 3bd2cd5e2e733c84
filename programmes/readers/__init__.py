"""Readers of profiles: what each path holds, by noun. Services read by these declarations, publication checks by them.

Invariant: a path has one declaration: a ``Reader``, a ``Form`` that is only printed, or a clause without a value.
"""
