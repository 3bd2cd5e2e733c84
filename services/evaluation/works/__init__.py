"""The work of a cadre on post: plans, reports and summaries, projects on the notice board, a park's revenue."""
