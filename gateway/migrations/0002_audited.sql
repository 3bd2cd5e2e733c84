-- An auditor holds the feeds against the logs they came from (audit/feeds.py): it reads them and changes nothing.

grant usage on schema feed to {auditor};
grant select on all tables in schema feed to {auditor};
