"""What every service stands on: the log, the bus, the decision loop and the words they share.

The kernel imports no service. A service brings its commands, events, parts and tables; the kernel stores, orders,
carries and replays them. Of the domain's words it knows a few that any such house would need (who acts, in which area,
by which clause): they are listed with the reason for each in tests/architecture/test_kernel_words.py, and no other may
come in.
"""
