"""How Paizhu is set up and run: command line, process entry points, one machine, containers.

The only room that may import every other one; nothing imports it except tests and the bench.
"""
