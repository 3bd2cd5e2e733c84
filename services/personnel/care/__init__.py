"""What is recorded about a posting while it runs, and what of it is still open."""
