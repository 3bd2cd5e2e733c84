"""Reserves as they are reviewed: by township and village each quarter, by the county each half-year."""
