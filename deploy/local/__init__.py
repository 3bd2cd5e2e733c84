"""One machine: private PostgreSQL and RabbitMQ, databases, and the supervisor of all processes.

Invariant: everything started here belongs to one data directory, listens on 127.0.0.1 only, and is
stopped by whoever started it. Servers that already run on the machine are never touched.
"""
