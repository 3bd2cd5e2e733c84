"""The care of active reserves: what is recorded of them, training, helpers, the library, vacancies."""
