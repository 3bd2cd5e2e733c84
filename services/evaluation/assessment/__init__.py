"""The assessment of a secondment and the review of its report."""
