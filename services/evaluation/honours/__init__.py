"""Honours: the commendation after a swap, by the steps of its notice, and what results are used for."""
