-- The log of one service. Run by the owner of the service's database, again at every start: each statement makes only
-- what is missing. {app} stands for the service's application role, which must exist; where the owner is no superuser
-- he must be a member of it, because the schema "read" is made for it.
--
-- Invariant: nobody, the owner included, updates, deletes or truncates events, commands or claims. The grants say so for the
-- application, the triggers for everybody else; ENABLE ALWAYS keeps them firing under session_replication_role too.

create schema if not exists log;

-- One row, locked first by every append: it makes positions gap-free and puts them into the order of commits.
create table if not exists log.head (
    only_row    boolean primary key default true check (only_row),
    position    bigint not null,
    recorded_at bigint not null            -- microseconds since 1970 UTC, never less than that of an earlier event
) with (fillfactor = 10);
insert into log.head values (true, 0, 0) on conflict do nothing;

create table if not exists log.events (
    position bigint primary key check (position > 0),
    stream   text collate "C" not null,
    version  bigint not null check (version > 0),
    type     text collate "C" not null,
    line     text not null,                -- canonical JSON, the exact text that is hashed
    leaf     bytea not null,               -- SHA-256(0x00 || line), RFC 9162 section 2.1.1
    unique (stream, version)
);

-- Every command that took effect, with the answer it was given.
create table if not exists log.commands (
    id       text collate "C" primary key,
    digest   bytea not null,
    receipt  text not null,
    position bigint not null               -- of the log after the command
);

-- Names that one stream alone may hold, for ever.
create table if not exists log.claims (
    key    text collate "C" primary key,
    stream text collate "C" not null
);

-- For every foreign source the position up to which its events were taken in.
create table if not exists log.inbox (
    source   text collate "C" primary key,
    position bigint not null
);

-- Foreign events that were taken in but set aside, each with the reason.
create table if not exists log.parked (
    source    text collate "C" not null,
    position  bigint not null,
    command   text collate "C" not null,   -- the id under which the event would have been decided
    reason    text not null,
    parked_at bigint not null,             -- microseconds since 1970 UTC
    primary key (source, position)
);

-- How far each follower of this log (a relay, a feed) has come.
create table if not exists log.relay (
    name     text collate "C" primary key,
    position bigint not null
);

create or replace function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'log.% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'integrity_constraint_violation';
end $$;

create or replace trigger append_only before update or delete or truncate on log.events
    for each statement execute function log.refuse_change();
create or replace trigger append_only before update or delete or truncate on log.commands
    for each statement execute function log.refuse_change();
create or replace trigger append_only before update or delete or truncate on log.claims
    for each statement execute function log.refuse_change();
alter table log.events enable always trigger append_only;
alter table log.commands enable always trigger append_only;
alter table log.claims enable always trigger append_only;

revoke all on schema log from public;
revoke all on all tables in schema log from public, {app};
grant usage on schema log to {app};
grant select on all tables in schema log to {app};
grant insert on log.events, log.commands, log.claims, log.parked to {app};
grant update on log.head to {app};
grant insert, update on log.inbox, log.relay to {app};

-- Read models belong to the application: it makes, fills and rebuilds them from the log.
create schema if not exists read authorization {app};
