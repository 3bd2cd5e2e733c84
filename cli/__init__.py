"""The command line `paizhu`: its groups of commands, and the one client of the HTTP API.

The groups of the auditor, the witness and the subscriber stand in their own rooms, which work without this one. Only
the demo and tests import this room.
"""
