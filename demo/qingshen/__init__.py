"""The pool of reserves of 2017: every village of the county, from the announcement on."""
