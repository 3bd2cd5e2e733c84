-- The log of one service. Run by the owner of the service's database, again at every start: each statement makes only
-- what is missing. {app} stands for the service's application role, {signer} for that of its checkpointer, {auditor} for
-- whoever checks it; all must exist. Where the owner is no superuser he must be a member of {app}, because the schema
-- "read" is made for it.
--
-- Invariant: nobody, the owner included, updates, deletes or truncates events, commands, claims, parked events, intake
-- marks, subtrees, checkpoints or cosignatures. The grants say so for the three roles, the triggers for everybody else; ENABLE ALWAYS keeps them firing
-- under session_replication_role too.

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
-- A line stays in its row as long as it fits a page: what is sealed holds nothing to compress, and looking for it is a
-- quarter of the server's time for such a row.
alter table log.events set (toast_tuple_target = 8160);

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

-- Foreign events that were taken in but parked, each with the reason.
create table if not exists log.parked (
    source    text collate "C" not null,
    position  bigint not null,
    command   text collate "C" not null,   -- the id under which the event would have been decided
    reason    text not null,
    parked_at bigint not null,             -- microseconds since 1970 UTC
    primary key (source, position)
);

-- How the inbox moved: a mark of every transaction that took foreign events in, for each source it took from.
create table if not exists log.intake (
    record   bigint primary key check (record > 0),
    source   text collate "C" not null,
    position bigint not null,              -- of the last event taken in
    leaf     bytea not null
);

-- Commands, parked events and intake marks are the records of a log: numbered together from 1 without a gap, in the order
-- of commits, each with a leaf of what it says (kernel/log/records.py). What was there before they were numbered is
-- numbered here, once; a row without a number that comes later was put there by somebody else, and is left to be found.
do $$
begin
    if exists (select from pg_attribute where attrelid = 'log.commands'::regclass and attname = 'record') then
        return;
    end if;
    alter table log.head add column records bigint not null default 0;
    alter table log.commands add column record bigint, add column leaf bytea;
    alter table log.parked add column record bigint, add column leaf bytea;
    alter table log.commands disable trigger user;
    update log.commands c
       set record = n.record,
           leaf = sha256('\x00'::bytea || convert_to(concat_ws(e'\n', 'command', n.record, c.id, encode(c.digest, 'hex'),
                                                               c.position, c.receipt), 'UTF8'))
      from (select id, row_number() over (order by position, id) as record from log.commands) n where n.id = c.id;
    alter table log.commands enable trigger user;
    update log.head set records = (select count(*) from log.commands);
    update log.parked p
       set record = n.record,
           leaf = sha256('\x00'::bytea || convert_to(concat_ws(e'\n', 'parked', n.record, p.source, p.position, p.command,
                                                               p.parked_at, p.reason), 'UTF8'))
      from (select source, p.position, h.records + row_number() over (order by source, p.position) as record
              from log.parked p, log.head h) n where (n.source, n.position) = (p.source, p.position);
    update log.head set records = records + (select count(*) from log.parked);
    insert into log.intake
    select record, source, position,
           sha256('\x00'::bytea || convert_to(concat_ws(e'\n', 'intake', record, source, position), 'UTF8'))
      from (select h.records + row_number() over (order by source) as record, source, i.position
              from log.inbox i, log.head h) n;
    update log.head set records = records + (select count(*) from log.intake);
    create unique index commands_record on log.commands (record);
    create unique index parked_record on log.parked (record);
end $$;

-- How far each follower of this log (a relay, a feed) has come.
create table if not exists log.relay (
    name     text collate "C" primary key,
    position bigint not null
);

-- The Merkle tree over the leaves: the roots of its complete subtrees of 256 to the power of ``level`` leaves, counted
-- from 0 on each level. With them a proof of any event, and a checkpoint, reads a few rows however long the log is.
create table if not exists log.subtrees (
    level  int not null check (level > 0),
    number bigint not null check (number >= 0),
    sha256 bytea not null check (length(sha256) = 32),
    sm3    bytea not null check (length(sm3) = 32),
    primary key (level, number)
);

-- The same of the Merkle tree over the leaves of the records.
create table if not exists log.record_subtrees (
    level  int not null check (level > 0),
    number bigint not null check (number >= 0),
    sha256 bytea not null check (length(sha256) = 32),
    primary key (level, number)
);

-- Every signed checkpoint, for ever: the note as it was signed, over the first ``size`` events.
create table if not exists log.checkpoints (
    size      bigint primary key check (size > 0),
    signed_at bigint not null,             -- microseconds since 1970 UTC
    note      text not null
);

-- What witnesses signed under a checkpoint: the whole signature line.
create table if not exists log.cosignatures (
    size      bigint not null references log.checkpoints (size),
    witness   text collate "C" not null,
    signature text not null,
    primary key (size, witness)
);

-- Moves the head on from where its writer left it, or fails: so what he knows of the log still holds.
drop function if exists log.advance(bigint, bigint, bigint);
create or replace function log.advance(before bigint, after bigint, at bigint, written bigint, now_written bigint)
returns void language plpgsql as $$
begin
    update log.head set position = after, recorded_at = at, records = now_written
     where position = before and records = written;
    if not found then
        raise exception 'the head of the log has moved on from %', before using errcode = 'serialization_failure';
    end if;
end $$;

create or replace function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'log.% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'integrity_constraint_violation';
end $$;

do $$
declare name text;
begin
    foreach name in array array['events', 'commands', 'claims', 'parked', 'intake', 'subtrees', 'record_subtrees',
                                'checkpoints', 'cosignatures'] loop
        execute format('create or replace trigger append_only before update or delete or truncate on log.%I '
                       'for each statement execute function log.refuse_change()', name);
        execute format('alter table log.%I enable always trigger append_only', name);
    end loop;
end $$;

-- A function made here is nobody's to call but whom it is granted, whichever file makes it and when.
alter default privileges revoke execute on functions from public;
revoke all on schema public from public;
revoke all on schema log from public;
revoke all on all tables in schema log from public, {app}, {signer}, {auditor}, {security};
revoke all on all functions in schema log from public, {app}, {signer}, {auditor}, {security};
grant usage on schema log to {app}, {signer}, {auditor};
grant execute on function log.advance(bigint, bigint, bigint, bigint, bigint) to {app};
grant select on all tables in schema log to {app}, {auditor};
grant insert on log.events, log.commands, log.claims, log.parked, log.intake to {app};
grant update on log.head to {app};
grant insert, update on log.inbox, log.relay to {app};
grant insert on log.cosignatures to {app};
grant select on log.head, log.events to {signer};
grant select (record, leaf) on log.commands, log.parked, log.intake to {signer};
grant select, insert on log.subtrees, log.record_subtrees, log.checkpoints, log.cosignatures to {signer};

-- Read models belong to the application: it makes, fills and rebuilds them from the log.
create schema if not exists read authorization {app};
grant usage on schema read to {auditor};
grant select on all tables in schema read to {auditor};
alter default privileges for role {app} in schema read grant select on tables to {auditor};
