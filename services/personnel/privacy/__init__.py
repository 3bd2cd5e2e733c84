"""Personal data: who is shown it, when it must be kept, how its key is destroyed."""
