"""A candidate of a programme whose notice lays down the way: from the application to the village."""
