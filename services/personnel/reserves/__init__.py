"""Village reserves: recommended where nobody suitable is found, joint meetings."""
