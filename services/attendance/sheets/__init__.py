"""The monthly sheet: compiled, signed, sealed, corrected."""
