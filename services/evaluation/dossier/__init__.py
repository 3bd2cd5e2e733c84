"""One bag a cadre: the papers that show the work, and the sheets of attendance once they are sealed."""
