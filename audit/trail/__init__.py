"""The trail of one cadre, village, unit, pair or posting: its events in all logs, with causes and effects.

Nothing of a person but ids is taken over from the logs.
"""
