"""Feeds: the public events of the four services, carried to the cities they concern.

``contract`` says what may leave, ``item`` makes the CloudEvent, ``store`` gives every city its own gap-free sequence in
the transaction in which an event is taken in. From there an item goes two ways: over the broker (``process``) and over
HTTP (``door``); ``subscriber`` is a city's end of both. Invariant: what is not named in the contract does not leave,
and a city gets all that concerns it, once, in one order.
"""
