"""Personnel: the persons of every programme and what becomes of them.

Owns persons (the only personal data of the system, sealed), channel schemes, nominations with their forms and checks,
postings from hand-over to return, legs of swap pairs with their submissions, archive items, promotions, and the
recommendation of village reserves. What it records stands in ``parts``.

Reacts to allocation (the rules of a profile, a unit and its quota, a confirmed placement, an agreed post of a swap) and
to evaluation (an interview held, a reviewed report of a secondment), each time by noting the fact in its own log first.
"""
