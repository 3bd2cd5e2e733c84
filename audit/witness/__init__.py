"""The witness: what a city runs on a machine of its own, so that the province cannot have two histories.

Invariant: nothing is believed for having come over the wire. A checkpoint is co-signed where the log's pinned key
signed it and a proof shows that it extends the last one co-signed, which is on disk before the pen is taken up.
"""
