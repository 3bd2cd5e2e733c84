"""Placement: who is proposed for which target, reviewed, confirmed and fed back."""
