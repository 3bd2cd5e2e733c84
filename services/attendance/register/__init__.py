"""The register of a posting: what it remembers, who keeps it, the days on post."""
