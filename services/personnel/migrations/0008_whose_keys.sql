-- An auditor holds the vault against the log: who has a key, and whose was destroyed. Never a key, nor under what it is wrapped.
grant usage on schema vault to {auditor};
grant select (subject) on vault.keys, vault.destroyed to {auditor};
