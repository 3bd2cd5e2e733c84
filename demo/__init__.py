"""The main job: the dated steps of one programme year, played through the gateway's HTTP API alone.

The demo acts as the organs named in each step would, with a token of theirs; it knows no database and no service, and
every figure it shows at the end is read back from the running system.
"""
