"""Visits of a city that nobody in the village, township or county knows of before they are recorded."""
