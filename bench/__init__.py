"""Bench: each thing the system must do fast, beside a bare counterpart, in interleaved rounds of one run."""
