"""Proofs that a log was never changed: notes, checkpoints and their policy, the checkpointer that signs them, and what
a service tells of the tree over its log (RFC 6962, C2SP). The tree itself is ``kernel.merkle``.
"""
