"""How a cadre behaves on the post, and the steps against it that a notice knows."""
