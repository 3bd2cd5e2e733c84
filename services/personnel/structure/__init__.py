"""The structure of the corps: who serves, counted; nobody is named."""
