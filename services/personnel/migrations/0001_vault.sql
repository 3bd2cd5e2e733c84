-- Data keys of subjects, each wrapped by the master key of the process. Outside the log, so that a key can be destroyed
-- one day without touching what was logged. The application writes a key once and reads it; it cannot change or drop one.
create schema vault;

create table vault.keys (
    subject text collate "C" primary key,
    wrapped bytea not null check (octet_length(wrapped) = 61),
    made_at timestamptz not null default now()
);

grant usage on schema vault to {app};
grant select, insert on vault.keys to {app};
