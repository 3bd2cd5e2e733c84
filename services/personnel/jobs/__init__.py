"""Jobs of personnel: what takes longer than a request may wait."""
