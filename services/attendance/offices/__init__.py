"""Who may sign: terms of office as they were noted here."""
