"""Work groups of townships: the records they keep by rhythm."""
