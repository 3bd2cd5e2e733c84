"""The auditor's tool: reads the logs themselves and asks no service.

It needs a database URL for each log and nothing else; what it finds it names by service and position.
"""
