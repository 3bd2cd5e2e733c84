"""Who comes in: accounts that follow a post, sessions that the server ends, sign-in by password and code or by OIDC."""
