"""What names are shown in: the ledger and the form."""
