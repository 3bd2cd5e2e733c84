"""The assignment of rows to columns at the least total cost: exact, certified, unique, explained.

Pure mathematics over integers: no event, no SQL, no clock. A row is a cadre, a column a target, an arc an allowed pair
with its cost. ``arcs`` puts a problem into its one order, ``solve`` gives the one plan of it with its duals, and
``checker``, which shares no code with the solver, proves from the duals that no plan costs less.
"""
