"""Money of postings, in whole fen: allowances by day and by quarter, payments, work funds."""
