"""What superiors find when they look into certified sheets."""
