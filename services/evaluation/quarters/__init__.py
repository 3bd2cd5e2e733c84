"""The rhythm of a county's quarter."""
