"""The first secretaries of 2015: the 148 places of the fragment in their eleven counties, from the application on."""
