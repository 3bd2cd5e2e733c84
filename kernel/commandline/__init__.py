"""What every command line of the system stands on: groups whose commands are imported when called, two languages."""
