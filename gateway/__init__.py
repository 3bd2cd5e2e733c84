"""The gateway: the only door from outside. HTTP in, commands and queries to the services, feeds of events to cities.

It knows the services by their contracts (``services.*.schemas``) and over RPC, never by their code. It decides nothing:
it checks the form of a request and the token, hands on, and translates the answer. Rooms: ``api`` and its neighbours
speak HTTP, ``feeds`` carries public events to cities, ``console`` shows the system at work.
"""
