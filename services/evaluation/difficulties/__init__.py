"""Difficulties of cadres at work and in life: a county hears them, says who solves them, and they are solved."""
