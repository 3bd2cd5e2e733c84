"""What every service stands on: the log, the bus, the decision loop and the words they share.

The kernel imports no service and knows no word of the domain. A service brings its commands, events, deciders and
tables; the kernel stores, orders, carries and replays them.
"""
